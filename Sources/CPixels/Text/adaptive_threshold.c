#include "CPixels.h"

#include <string.h>

#include "vectors.h"

static EACH_LEVEL(
    void, add_row,
    (const uint8_t *restrict row, int width, int sign, int32_t *restrict columns),
    (row, width, sign, columns)) {
  for (int x = 0; x < width; x++) columns[x] += sign * row[x];
}

/// Marks the samples from one column to another whose squares have `across` columns, the first of
/// which begins `left` columns before them.
static EACH_LEVEL(
    void, mark,
    (const uint8_t *restrict row, const int32_t *restrict prefix, int from, int to, int left,
     int across, int rows, int step, uint8_t *restrict bits),
    (row, prefix, from, to, left, across, rows, step, bits)) {
  const int32_t area = across * rows, limit = step * area;
  for (int x = from; x < to; x++) {
    const int32_t excess = row[x] * area - (prefix[x - left + across] - prefix[x - left]);
    bits[x] = (uint8_t)((excess > limit) | (excess < -limit) << 1);
  }
}

void pixels_adaptive_threshold(
    const uint8_t *plane, int width, int height, int reach, int step, uint8_t *bits,
    int32_t *scratch) {
  // Sums of the columns' samples within reach above and below, and the sums of these so far.
  int32_t *columns = scratch, *prefix = scratch + width;
  memset(columns, 0, sizeof(int32_t) * width);
  for (int y = 0; y < reach && y < height; y++)
    add_row(plane + (ptrdiff_t)y * width, width, 1, columns);
  for (int y = 0; y < height; y++) {
    if (y + reach < height) add_row(plane + (ptrdiff_t)(y + reach) * width, width, 1, columns);
    if (y > reach) add_row(plane + (ptrdiff_t)(y - reach - 1) * width, width, -1, columns);
    const int top = y > reach ? y - reach : 0;
    const int bottom = y + reach + 1 < height ? y + reach + 1 : height;
    int32_t sum = 0;
    prefix[0] = 0;
    for (int x = 0; x < width; x++) prefix[x + 1] = sum += columns[x];
    const uint8_t *row = plane + (ptrdiff_t)y * width;
    uint8_t *out = bits + (ptrdiff_t)y * width;
    // Near the sides the squares are cut.
    for (int x = 0; x < width; x++) {
      if (x == reach && width > 2 * reach) {
        mark(row, prefix, x, width - reach, reach, 2 * reach + 1, bottom - top, step, out);
        x = width - reach;
        if (x == width) break;
      }
      const int left = x < reach ? x : reach;
      const int right = x + reach + 1 < width ? x + reach + 1 : width;
      mark(row, prefix, x, x + 1, left, right - x + left, bottom - top, step, out);
    }
  }
}
