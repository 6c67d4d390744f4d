#include "CPixels.h"

#include <math.h>

#include "Matching/histogram.h"
#include "vectors.h"

/// The side of a window; one is looked at as rows of eight pixels, the last two of which don't
/// count.
enum { SIDE = 6 };

/// Planes of a place, from one of its pixels on.
typedef struct {
  const float *seen, *expected, *gradient, *weights;
} Planes;

/// The sum of the six lanes that count.
#define SUM(eight)                                                                             \
  (((eight)[0] + (eight)[1] + (eight)[2]) + ((eight)[3] + (eight)[4] + (eight)[5]))

/// Counts how far the residuals of a window spread, if it lies on one flat ground, and returns
/// whether it does.
static EACH_LEVEL(
    int, count_window,
    (Planes from, ptrdiff_t width, float flat, int32_t pixels[COUNTERS], int32_t tiles[COUNTERS]),
    (from, width, flat, pixels, tiles)) {
  static const EightInts inside = {-1, -1, -1, -1, -1, -1, 0, 0};
  const Eight highest = {INFINITY, INFINITY, INFINITY, INFINITY,
                         INFINITY, INFINITY, INFINITY, INFINITY};
  EightInts counted = {0};
  Eight squares = {0}, low = highest, high = -highest, halves[2] = {{0}, {0}};
  for (int y = 0; y < SIDE; y++) {
    const ptrdiff_t row = y * width;
    const EightInts counts = (LOAD(from.weights + row) != 0.0f) &
                             ~(LOAD(from.gradient + row) >= flat) & inside;
    const Eight level = LOAD(from.expected + row);
    const Eight residual = (Eight)((EightInts)(LOAD(from.seen + row) - level) & counts);
    counted -= counts;
    squares += residual * residual;
    halves[y / 3] += residual;
    low = EITHER(counts & (level < low), level, low);
    high = EITHER(counts & (level > high), level, high);
  }
  const float number = (float)__builtin_reduce_add(counted);
  if (number < SIDE * SIDE / 2) return 0;
  // Two grounds in one window may lie off by different amounts, which is no noise.
  if (__builtin_reduce_max(high) - __builtin_reduce_min(low) >= flat) return 0;
  const Eight sums = halves[0] + halves[1];
  const float sum = SUM(sums);
  const float spread = (SUM(squares) - sum * sum / number) / (number - 1);
  pixels[step_of(4 * sqrtf(spread > 0 ? spread : 0))]++;
  if (number < SIDE * SIDE) return 1;
  float between = 0;
  for (int half = 0; half < 2; half++) {
    for (int x = 0; x < SIDE; x += 3) {
      const float tile = halves[half][x] + halves[half][x + 1] + halves[half][x + 2];
      const float offset = tile / 9 - sum / 36;
      between += offset * offset / 3;
    }
  }
  tiles[step_of(4 * 3 * sqrtf(between))]++;
  return 1;
}

/// A number that shares no divisor with another: steps of it lead once to each of so many places,
/// and soon to all parts of them.
static int stride_of(int count) {
  int stride = (int)((float)count * 0.618f) | 1;
  for (int a = stride, b = count;;) {
    while (b != 0) {
      const int remainder = a % b;
      a = b, b = remainder;
    }
    if (a == 1) return stride;
    a = stride += 2, b = count;
  }
}

void pixels_flat_spreads(
    const float *seen, const float *expected, const float *gradient, const float *weights,
    int width, int height, int enough, float flat, int32_t pixels[COUNTERS],
    int32_t tiles[COUNTERS]) {
  const int across = width > 7 ? (width - 2) / SIDE : 0;
  const int count = across * ((height - 2) / SIDE);
  if (count <= 0) return;
  const int stride = stride_of(count);
  int found = 0;
  for (int i = 0, window = 0; i < count && found < enough;
       i++, window = (window + stride) % count) {
    const ptrdiff_t first =
        (ptrdiff_t)(1 + window / across * SIDE) * width + 1 + window % across * SIDE;
    const Planes from = {seen + first, expected + first, gradient + first, weights + first};
    found += count_window(from, width, flat, pixels, tiles);
  }
}
