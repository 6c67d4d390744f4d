#include "CPixels.h"

#include <string.h>

#include "vectors.h"

EACH_LEVEL(
    void, pixels_filter,
    (const float *restrict from, float *restrict to, ptrdiff_t count, ptrdiff_t step, float before,
     float middle, float after),
    (from, to, count, step, before, middle, after)) {
  if (count < 2 * step) {
    memcpy(to, from, sizeof(float) * count);
    return;
  }
  memcpy(to, from, sizeof(float) * step);
  for (ptrdiff_t i = step; i < count - step; i++)
    to[i] = before * from[i - step] + middle * from[i] + after * from[i + step];
  memcpy(to + count - step, from + count - step, sizeof(float) * step);
}

#define MAGNITUDE(value) ((Eight)((EightInts)(value) & 0x7FFFFFFF))

/// How much eight levels stand out.
#define SLOPE(levels, width)                                                                   \
  (MAGNITUDE(LOAD((levels) + 1) - LOAD((levels) - 1)) +                                        \
   MAGNITUDE(LOAD((levels) + (width)) - LOAD((levels) - (width))))

EACH_LEVEL(
    int, pixels_edges,
    (const float *levels, int width, int height, int first_row, int row_step, float edge,
     PixelsEight *found),
    (levels, width, height, first_row, row_step, edge, found)) {
  int count = 0;
  if (width < 10) return 0;
  for (int y = first_row; y < height - 1; y += row_step) {
    for (int x = 1; x < width - 1; x += 8) {
      // The last eight end with the row; what was looked at already does not count again.
      const int from = x + 8 <= width - 1 ? x : width - 9;
      const float *here = levels + (ptrdiff_t)y * width + from;
      found[count] = (PixelsEight){y * width + from, x - from};
      // Without a branch: which eights have an edge can't be foretold.
      count += __builtin_reduce_or(SLOPE(here, width) >= edge) != 0;
    }
  }
  return count;
}

EACH_LEVEL(
    int, pixels_registration_sums,
    (const float *expected, const float *seen, const float *weights, const float *across,
     float across_sign, const float *down, float down_sign, int width, const PixelsEight *edges,
     int count, float edge, float sums[15]),
    (expected, seen, weights, across, across_sign, down, down_sign, width, edges, count, edge,
     sums)) {
  Eight totals[15], counted = {0};
  memset(totals, 0, sizeof totals);
  static const EightInts lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  for (int at = 0; at < count; at++) {
    const ptrdiff_t i = edges[at].start;
    const EightInts counts = (SLOPE(expected + i, width) >= edge) & (LOAD(weights + i) != 0.0f) &
                             (lanes >= edges[at].known);
    const Eight one = (Eight)((EightInts)(Eight){1, 1, 1, 1, 1, 1, 1, 1} & counts);
    const Eight left = LOAD(across + i - 1), right = LOAD(across + i + 1);
    const Eight above = LOAD(down + i - width), below = LOAD(down + i + width);
    const Eight a = across_sign * one * (left - right) * 0.5f;
    const Eight b = across_sign * one * (left + right - 2.0f * LOAD(across + i));
    const Eight c = down_sign * one * (above - below) * 0.5f;
    const Eight d = down_sign * one * (above + below - 2.0f * LOAD(down + i));
    const Eight residual = one * (LOAD(seen + i) - LOAD(expected + i));
    counted += one;
    totals[0] += a * a, totals[1] += a * b, totals[2] += a * c, totals[3] += a * d;
    totals[4] += b * b, totals[5] += b * c, totals[6] += b * d;
    totals[7] += c * c, totals[8] += c * d, totals[9] += d * d;
    totals[10] += a * residual, totals[11] += b * residual, totals[12] += c * residual;
    totals[13] += d * residual, totals[14] += residual * residual;
  }
  for (int i = 0; i < 15; i++) {
    sums[i] = 0;
    for (int lane = 0; lane < 8; lane++) sums[i] += totals[i][lane];
  }
  float pixels = 0;
  for (int lane = 0; lane < 8; lane++) pixels += counted[lane];
  return (int)pixels;
}
