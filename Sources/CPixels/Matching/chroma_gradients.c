#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "vectors.h"

// All sums are whole numbers below 2^24 as long as squares reach no further than seven samples:
// single floats hold them without rounding, in whatever order they are added up.

/// The least and the most of each sample and its two neighbours in the order of the plane, which
/// goes on from row to row.
static EACH_LEVEL(
    void, spans,
    (const uint8_t *restrict plane, ptrdiff_t count, uint8_t *restrict low, uint8_t *restrict high),
    (plane, count, low, high)) {
  const uint8_t *before = APART(plane - 1), *after = APART(plane + 1);
  for (ptrdiff_t i = 1; i < count - 1; i++) {
    const uint8_t a = before[i], b = plane[i], c = after[i];
    low[i] = LEAST(LEAST(a, b), c);
    high[i] = MOST(MOST(a, b), c);
  }
  low[0] = high[0] = plane[0];
  low[count - 1] = high[count - 1] = plane[count - 1];
}

/// The ranges of three by three samples, row by row but for the outermost.
static EACH_LEVEL(
    void, take_ranges,
    (const uint8_t *restrict low, const uint8_t *restrict high, ptrdiff_t width, ptrdiff_t count,
     uint8_t *restrict ranges),
    (low, high, width, count, ranges)) {
  for (ptrdiff_t i = width; i < count - width; i++) {
    const uint8_t a = low[i - width], b = low[i], c = low[i + width];
    const uint8_t d = high[i - width], e = high[i], f = high[i + width];
    ranges[i] = (uint8_t)(MOST(MOST(d, e), f) - LEAST(LEAST(a, b), c));
  }
}

static EACH_LEVEL(
    void, add_squares,
    (const uint8_t *restrict ranges, int count, int32_t sign, int32_t *restrict sums),
    (ranges, count, sign, sums)) {
  for (int x = 0; x < count; x++) {
    const uint16_t range = ranges[x];
    sums[x] += sign * (int32_t)(uint16_t)(range * range);
  }
}

/// Adds up `across` numbers from each on, eight such sums at a time: there is room for seven more.
#define SUM_UP(across)                                                                         \
  for (int x = 0; x < count; x += 8) {                                                         \
    EightInts sum = *(const EightInts *)(numbers + x);                                         \
    for (int next = 1; next < (across); next++) sum += *(const EightInts *)(numbers + x + next); \
    *(EightInts *)(sums + x) = sum;                                                            \
  }

static EACH_LEVEL(
    void, sum_up,
    (const int32_t *restrict numbers, int count, int across, int32_t *restrict sums),
    (numbers, count, across, sums)) {
  // The usual number is known here, so that the inner loop goes.
  if (across == 13) {
    SUM_UP(13)
  } else {
    SUM_UP(across)
  }
}

/// The roots of means of so many squares, less a variance; `shares` are one by how many columns
/// there are around each place.
static EACH_LEVEL(
    void, take_roots,
    (const int32_t *restrict sums, const float *restrict shares, int count, float share,
     float variance, float *restrict to),
    (sums, shares, count, share, variance, to)) {
  for (int x = 0; x < count; x++) {
    const float square = (float)sums[x] * (shares[x] * share) - variance;
    to[x] = sqrtf(square > 0 ? square : 0);
  }
}

/// So many numbers may be touched after a row's last.
enum { ROOM = 8 };

ptrdiff_t pixels_chroma_rms_gradients_scratch(int width, int height, int reach) {
  const ptrdiff_t numbers = 3 * (ptrdiff_t)width + 2 * reach + 2 * ROOM;
  return (ptrdiff_t)sizeof(int32_t) * numbers + 4 * (ptrdiff_t)width * height;
}

void pixels_chroma_rms_gradients(
    const uint8_t *samples, ptrdiff_t stride, int width, int height, PixelsPart part, int reach,
    float variance, float *to, void *scratch) {
  const ptrdiff_t count = (ptrdiff_t)width * height;
  // Sums of columns with nothing beside them.
  int32_t *padded = scratch, *columns = padded + reach;
  int32_t *sums = columns + width + reach + ROOM;
  float *shares = (float *)(sums + width + ROOM);
  uint8_t *plane = (uint8_t *)(shares + width), *low = plane + count, *high = low + count;
  uint8_t *ranges = high + count;
  memset(padded, 0, sizeof(int32_t) * (width + 2 * reach + ROOM));
  memset(ranges, 0, count);
  if (height >= 3 && count >= 3) {
    for (int y = 0; y < height; y++)
      memcpy(plane + (ptrdiff_t)y * width, samples + y * stride, width);
    spans(plane, count, low, high);
    take_ranges(low, high, width, count, ranges);
  }
  for (int x = 0; x < part.width; x++) {
    const int left = part.left + x < reach ? part.left + x : reach;
    const int after = width - 1 - part.left - x;
    shares[x] = 1 / (float)(left + (after < reach ? after : reach) + 1);
  }
  for (int y = 0; y < reach && y < height; y++)
    add_squares(ranges + (ptrdiff_t)y * width, width, 1, columns);
  for (int y = 0; y < part.top + part.height; y++) {
    if (y + reach < height)
      add_squares(ranges + (ptrdiff_t)(y + reach) * width, width, 1, columns);
    if (y > reach) add_squares(ranges + (ptrdiff_t)(y - reach - 1) * width, width, -1, columns);
    if (y < part.top) continue;
    const int top = y > reach ? y - reach : 0;
    const int bottom = y + reach < height ? y + reach : height - 1;
    sum_up(padded + part.left, part.width, 2 * reach + 1, sums);
    take_roots(
        sums, shares, part.width, 1 / (float)(bottom - top + 1), variance,
        to + (ptrdiff_t)(y - part.top) * part.width);
  }
}
