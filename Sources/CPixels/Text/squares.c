#include "CPixels.h"

#include "vectors.h"

/// How much one row of samples, or two below each other, differ in each column.
static EACH_LEVEL(
    void, differ,
    (const uint8_t *restrict now, const uint8_t *restrict then, const uint8_t *restrict below,
     const uint8_t *restrict earlier, int width, uint16_t *restrict sums),
    (now, then, below, earlier, width, sums)) {
  for (int x = 0; x < width; x++) {
    const uint8_t step = MOST(now[x], then[x]) - LEAST(now[x], then[x]);
    const uint8_t other = MOST(below[x], earlier[x]) - LEAST(below[x], earlier[x]);
    sums[x] = (uint16_t)(step + other);
  }
}

/// Whether a row of squares, of which columns' sums are given for each two rows, differs by more.
static int is_beyond(
    const uint16_t *upper, const uint16_t *lower, int width, int rows, int most) {
  for (int left = 0; left == 0 || left < width - 2; left += 2) {
    const int right = left + 4 < width ? left + 4 : width;
    int sum = 0;
    for (int x = left; x < right; x++) sum += upper[x] + lower[x];
    if (sum > most * (right - left) * rows) return 1;
  }
  return 0;
}

int pixels_squares_are_alike(
    const uint8_t *now, ptrdiff_t stride, const uint8_t *then, int width, int height, int most,
    uint16_t *scratch) {
  if (width <= 0 || height <= 0) return 1;
  // Squares are two pairs of rows high, and each pair belongs to two of them.
  uint16_t *upper = scratch, *lower = scratch + width, *none = scratch + 2 * width;
  for (int x = 0; x < width; x++) none[x] = 0;
  for (int y = 0; y < height; y += 2) {
    const uint8_t *here = now + y * stride, *before = then + (ptrdiff_t)y * width;
    const int is_pair = y + 1 < height;
    // A last row that has none below it is compared with itself there.
    differ(
        here, before, is_pair ? here + stride : before, is_pair ? before + width : before, width,
        lower);
    if (y == 0 && height <= 2) return !is_beyond(none, lower, width, height, most);
    if (y > 0 && is_beyond(upper, lower, width, is_pair ? 4 : 3, most)) return 0;
    uint16_t *free = upper;
    upper = lower;
    lower = free;
  }
  return 1;
}
