#include "CPixels.h"

#include <math.h>

#include "counters.h"
#include "machine.h"

/// What a square of six by six shows: pixels that count, their differences, the squares of these, the
/// range of what is expected, and the differences of each cell of three by three.
typedef struct {
  float count, sum, squares, low, high;
  float cells[4], cell_counts[4];
} Square;

static Square square_at(
    const float *seen, const float *expected, const float *relief, const float *weights, int width,
    ptrdiff_t corner, float flat) {
  Square square = {.low = INFINITY, .high = -INFINITY};
  for (int y = 0; y < 6; y++) {
    for (int x = 0; x < 6; x++) {
      const ptrdiff_t i = corner + (ptrdiff_t)y * width + x;
      if (weights[i] == 0 || relief[i] >= flat) continue;
      const float rest = seen[i] - expected[i];
      const int cell = y / 3 * 2 + x / 3;
      square.count++, square.sum += rest, square.squares += rest * rest;
      square.cell_counts[cell]++, square.cells[cell] += rest;
      square.low = expected[i] < square.low ? expected[i] : square.low;
      square.high = expected[i] > square.high ? expected[i] : square.high;
    }
  }
  return square;
}

void pixels_flat_spreads(
    const float *seen, const float *expected, const float *relief, const float *weights, int width,
    int height, float flat, int32_t pixels[128], int32_t cells[128]) {
  for (int top = 1; top + 6 < height; top += 6) {
    for (int left = 1; left + 6 < width; left += 6) {
      const ptrdiff_t corner = (ptrdiff_t)top * width + left;
      const Square square = square_at(seen, expected, relief, weights, width, corner, flat);
      // Two grounds in one square may lie off by different amounts, which is no noise.
      if (square.count < 18 || square.high - square.low >= flat) continue;
      const float spread =
          (square.squares - square.sum * square.sum / square.count) / (square.count - 1);
      pixels[step_of(4 * sqrtf(spread > 0 ? spread : 0))]++;
      if (square.count < 36) continue;
      float between = 0;
      for (int cell = 0; cell < 4; cell++) {
        const float offset = square.cells[cell] / 9 - square.sum / 36;
        between += offset * offset / 3;
      }
      cells[step_of(4 * 3 * sqrtf(between))]++;
    }
  }
}
