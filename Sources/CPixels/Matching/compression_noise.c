#include "CPixels.h"

#include <math.h>

#include "Matching/block_gradients.h"
#include "Matching/histogram.h"
#include "vectors.h"

/// So many pixels' counters are worked out before they are raised.
enum { STEPS = 256 };

/// Counters for two kinds of pixels, and one more for those that don't count; four times, as one
/// that was just raised is slow to raise again.
typedef int32_t Tables[4][2 * COUNTERS + 1];
enum { UNCOUNTED = 2 * COUNTERS };

static void count_up(const int32_t *steps, int count, Tables tables) {
  int x = 0;
  for (; x + 4 <= count; x += 4)
    for (int i = 0; i < 4; i++) tables[i][steps[x + i]]++;
  for (; x < count; x++) tables[0][steps[x]]++;
}

/// Adds what was counted of a kind to counters, and returns how many pixels there were.
static int take_counts(Tables tables, int kind, int32_t counts[COUNTERS]) {
  int total = 0;
  for (int i = 0; i < COUNTERS; i++) {
    const int at = kind * COUNTERS + i;
    const int32_t sum = tables[0][at] + tables[1][at] + tables[2][at] + tables[3][at];
    counts[i] += sum, total += sum;
  }
  return total;
}

/// The counters of the residuals' steps to pixels from those before.
static EACH_LEVEL(
    void, noise_steps,
    (const float *restrict seen, const float *restrict expected, const float *restrict gradient,
     const float *restrict weights, int count, float flat, int32_t *restrict steps),
    (seen, expected, gradient, weights, count, flat, steps)) {
  const float *seen_before = APART(seen - 1), *expected_before = APART(expected - 1);
  const float *gradient_before = APART(gradient - 1), *weights_before = APART(weights - 1);
  for (int x = 0; x < count; x++) {
    const int passed = (weights[x] * weights_before[x] == 0) | (gradient[x] >= flat) |
                       (gradient_before[x] >= flat);
    const float step = (seen[x] - expected[x]) - (seen_before[x] - expected_before[x]);
    const int32_t counter = step_of(4 * fabsf(step));
    steps[x] = passed ? UNCOUNTED : counter;
  }
}

int pixels_noise_steps(
    const float *seen, const float *expected, const float *gradient, const float *weights,
    int width, int height, int row_step, float flat, int32_t counts[COUNTERS]) {
  Tables tables = {{0}};
  int32_t steps[STEPS];
  for (int y = 1; y < height; y += row_step) {
    for (int x = 1; x < width; x += STEPS) {
      const int count = width - x < STEPS ? width - x : STEPS;
      const ptrdiff_t i = (ptrdiff_t)y * width + x;
      noise_steps(seen + i, expected + i, gradient + i, weights + i, count, flat, steps);
      count_up(steps, count, tables);
    }
  }
  return take_counts(tables, 0, counts);
}

/// The counters of pixels at edges, and of those near them as the second kind.
static EACH_LEVEL(
    void, compression_steps,
    (const float *restrict seen, const float *restrict expected, const float *restrict gradient,
     const float *restrict rms_gradients, const float *restrict blocks,
     const float *restrict weights, int count, float variance, float edge, float calm,
     int32_t *restrict steps),
    (seen, expected, gradient, rms_gradients, blocks, weights, count, variance, edge, calm,
     steps)) {
  for (int x = 0; x < count; x++) {
    const int is_at_edge = gradient[x] >= edge;
    const float strongest = rms_gradients[x] > blocks[x] ? rms_gradients[x] : blocks[x];
    const int counts = (weights[x] != 0) & (is_at_edge | !(strongest < calm));
    const float offset = seen[x] - expected[x];
    const float square = offset * offset - variance;
    const float residual = sqrtf(square > 0 ? square : 0);
    const float whole = is_at_edge ? gradient[x] : strongest, scale = is_at_edge ? 256 : 512;
    const int32_t counter = step_of(scale * residual / whole) + (is_at_edge ? 0 : COUNTERS);
    steps[x] = counts ? counter : UNCOUNTED;
  }
}

void pixels_compression_noise(
    const PixelsLuma *luma, const PixelsBlockGradients *blocks, int row_step, float variance,
    float edge, float calm, int32_t edges[COUNTERS], int32_t near[COUNTERS]) {
  Tables tables = {{0}};
  int32_t steps[STEPS];
  float room[BLOCK + STEPS + BLOCK], *rms = room + BLOCK;
  for (int y = 1; y < luma->height - 1; y += row_step) {
    for (int x = 1; x < luma->width - 1; x += STEPS) {
      const int count = luma->width - 1 - x < STEPS ? luma->width - 1 - x : STEPS;
      const ptrdiff_t i = (ptrdiff_t)y * luma->width + x;
      spread_block_gradients(blocks, x, y, count, rms);
      compression_steps(
          luma->seen + i, luma->expected + i, luma->gradient + i, luma->rms_gradient + i, rms,
          luma->weights + i, count, variance, edge, calm, steps);
      count_up(steps, count, tables);
    }
  }
  take_counts(tables, 0, edges);
  take_counts(tables, 1, near);
}
