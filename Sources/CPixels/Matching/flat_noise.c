#include "CPixels.h"

#include <math.h>

#include "Matching/histogram.h"
#include "machine.h"

/// The side of a square; one is looked at as rows of eight pixels, the last two of which don't count.
enum { SIDE = 6 };

/// Planes of a place, from one of its pixels on.
typedef struct {
  const float *seen, *expected, *relief, *weights;
} Planes;

/// The sum of the six lanes that count.
#define SUM(eight)                                                                             \
  (((eight)[0] + (eight)[1] + (eight)[2]) + ((eight)[3] + (eight)[4] + (eight)[5]))

/// Counts how far the differences of a square spread, if it lies on one flat ground, and returns
/// whether it does.
EACH_MACHINE
static int count_square(
    Planes from, ptrdiff_t width, float flat, int32_t pixels[COUNTERS], int32_t cells[COUNTERS]) {
  static const EightInts inside = {-1, -1, -1, -1, -1, -1, 0, 0};
  const Eight highest = {INFINITY, INFINITY, INFINITY, INFINITY,
                         INFINITY, INFINITY, INFINITY, INFINITY};
  EightInts counted = {0};
  Eight squares = {0}, low = highest, high = -highest, halves[2] = {{0}, {0}};
  for (int y = 0; y < SIDE; y++) {
    const ptrdiff_t row = y * width;
    const EightInts counts = (LOAD(from.weights + row) != 0.0f) &
                             ~(LOAD(from.relief + row) >= flat) & inside;
    const Eight level = LOAD(from.expected + row);
    const Eight rest = (Eight)((EightInts)(LOAD(from.seen + row) - level) & counts);
    counted -= counts;
    squares += rest * rest;
    halves[y / 3] += rest;
    low = EITHER(counts & (level < low), level, low);
    high = EITHER(counts & (level > high), level, high);
  }
  const float number = (float)__builtin_reduce_add(counted);
  if (number < SIDE * SIDE / 2) return 0;
  // Two grounds in one square may lie off by different amounts, which is no noise.
  if (__builtin_reduce_max(high) - __builtin_reduce_min(low) >= flat) return 0;
  const Eight sums = halves[0] + halves[1];
  const float sum = SUM(sums);
  const float spread = (SUM(squares) - sum * sum / number) / (number - 1);
  pixels[step_of(4 * sqrtf(spread > 0 ? spread : 0))]++;
  if (number < SIDE * SIDE) return 1;
  float between = 0;
  for (int half = 0; half < 2; half++) {
    for (int x = 0; x < SIDE; x += 3) {
      const float cell = halves[half][x] + halves[half][x + 1] + halves[half][x + 2];
      const float offset = cell / 9 - sum / 36;
      between += offset * offset / 3;
    }
  }
  cells[step_of(4 * 3 * sqrtf(between))]++;
  return 1;
}

/// A number that shares no divisor with another: steps of it lead once to each of so many places, and
/// soon to all parts of them.
static int stride_of(int count) {
  int stride = (int)((float)count * 0.618f) | 1;
  for (int a = stride, b = count;;) {
    while (b != 0) {
      const int rest = a % b;
      a = b, b = rest;
    }
    if (a == 1) return stride;
    a = stride += 2, b = count;
  }
}

void pixels_flat_spreads(
    const float *seen, const float *expected, const float *relief, const float *weights, int width,
    int height, int enough, float flat, int32_t pixels[COUNTERS], int32_t cells[COUNTERS]) {
  const int across = width > 7 ? (width - 2) / SIDE : 0;
  const int count = across * ((height - 2) / SIDE);
  if (count <= 0) return;
  const int stride = stride_of(count);
  int found = 0;
  for (int i = 0, square = 0; i < count && found < enough; i++, square = (square + stride) % count) {
    const ptrdiff_t first =
        (ptrdiff_t)(1 + square / across * SIDE) * width + 1 + square % across * SIDE;
    const Planes from = {seen + first, expected + first, relief + first, weights + first};
    found += count_square(from, width, flat, pixels, cells);
  }
}
