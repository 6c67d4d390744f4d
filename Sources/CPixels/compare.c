#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "machine.h"

EACH_MACHINE
void pixels_widen(
    const uint8_t *restrict from, ptrdiff_t stride, int width, int height, float *restrict to) {
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) to[(ptrdiff_t)y * width + x] = from[y * stride + x];
}

EACH_MACHINE
void pixels_filter(
    const float *restrict from, float *restrict to, ptrdiff_t count, ptrdiff_t step, float before,
    float middle, float after) {
  if (count < 2 * step) {
    memcpy(to, from, sizeof(float) * count);
    return;
  }
  memcpy(to, from, sizeof(float) * step);
  for (ptrdiff_t i = step; i < count - step; i++)
    to[i] = before * from[i - step] + middle * from[i] + after * from[i + step];
  memcpy(to + count - step, from + count - step, sizeof(float) * step);
}

// Macros, not functions: what is given and returned in wide registers differs from kind to kind.
#define LOAD(from) (*(const Eight *)(from))
#define MAGNITUDE(value) ((Eight)((EightInts)(value) & 0x7FFFFFFF))

EACH_MACHINE
int pixels_warp_sums(
    const float *expected, const float *seen, const float *weights, const float *across,
    float across_sign, const float *down, float down_sign, int width, int height, int first_row,
    int row_step, float sums[15]) {
  Eight totals[15], counted = {0};
  memset(totals, 0, sizeof totals);
  static const EightInts lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  for (int y = first_row; y < height - 1; y += row_step) {
    for (int x = 1; x < width - 1; x += 8) {
      // The last eight end with the row; what was looked at already does not count again.
      const int from = x + 8 <= width - 1 ? x : width - 9;
      if (from < 1) return 0;
      const ptrdiff_t i = (ptrdiff_t)y * width + from;
      const Eight slope = MAGNITUDE(LOAD(expected + i + 1) - LOAD(expected + i - 1)) +
                          MAGNITUDE(LOAD(expected + i + width) - LOAD(expected + i - width));
      const EightInts counts = (slope >= 12.0f) & (LOAD(weights + i) != 0.0f) & (lanes >= x - from);
      const Eight one = (Eight)((EightInts)((Eight){1, 1, 1, 1, 1, 1, 1, 1}) & counts);
      const Eight left = LOAD(across + i - 1), right = LOAD(across + i + 1);
      const Eight above = LOAD(down + i - width), below = LOAD(down + i + width);
      const Eight a = across_sign * one * (left - right) * 0.5f;
      const Eight b = across_sign * one * (left + right - 2.0f * LOAD(across + i));
      const Eight c = down_sign * one * (above - below) * 0.5f;
      const Eight d = down_sign * one * (above + below - 2.0f * LOAD(down + i));
      const Eight rest = one * (LOAD(seen + i) - LOAD(expected + i));
      counted += one;
      totals[0] += a * a, totals[1] += a * b, totals[2] += a * c, totals[3] += a * d;
      totals[4] += b * b, totals[5] += b * c, totals[6] += b * d;
      totals[7] += c * c, totals[8] += c * d, totals[9] += d * d;
      totals[10] += a * rest, totals[11] += b * rest, totals[12] += c * rest;
      totals[13] += d * rest, totals[14] += rest * rest;
    }
  }
  for (int i = 0; i < 15; i++) {
    sums[i] = 0;
    for (int lane = 0; lane < 8; lane++) sums[i] += totals[i][lane];
  }
  float count = 0;
  for (int lane = 0; lane < 8; lane++) count += counted[lane];
  return (int)count;
}

EACH_MACHINE
void pixels_relief(
    const float *restrict levels, float *restrict relief, int width, int height,
    float *restrict scratch) {
  const ptrdiff_t count = (ptrdiff_t)width * height;
  float *restrict low = scratch;
  float *restrict high = scratch + count;
  if (height < 3 || count < 3) {
    memset(relief, 0, sizeof(float) * count);
    return;
  }
  low[0] = high[0] = levels[0];
  low[count - 1] = high[count - 1] = levels[count - 1];
  for (ptrdiff_t i = 1; i < count - 1; i++) {
    const float a = levels[i - 1], b = levels[i], c = levels[i + 1];
    const float least = a < b ? a : b, most = a > b ? a : b;
    low[i] = least < c ? least : c;
    high[i] = most > c ? most : c;
  }
  memset(relief, 0, sizeof(float) * width);
  for (ptrdiff_t i = width; i < count - width; i++) {
    const float a = low[i - width], b = low[i], c = low[i + width];
    const float d = high[i - width], e = high[i], f = high[i + width];
    const float least = a < b ? a : b, most = d > e ? d : e;
    relief[i] = (most > f ? most : f) - (least < c ? least : c);
  }
  memset(relief + count - width, 0, sizeof(float) * width);
}

EACH_MACHINE
static void add_squares(const float *restrict row, float sign, int width, float *restrict columns) {
  for (int x = 0; x < width; x++) columns[x] += sign * row[x] * row[x];
}

EACH_MACHINE
static void take_roots(float *restrict row, int width, int reach, int rows) {
  for (int x = 0; x < width; x++) {
    const int left = x < reach ? x : reach;
    const int right = width - 1 - x < reach ? width - 1 - x : reach;
    const float mean = row[x] / (float)((left + right + 1) * rows);
    row[x] = sqrtf(mean > 0 ? mean : 0);
  }
}

void pixels_root_mean_squares(
    const float *from, float *to, int width, int height, int reach, float *columns) {
  memset(columns, 0, sizeof(float) * width);
  for (int y = 0; y < height; y++) {
    const int top = y > reach ? y - reach : 0;
    const int bottom = y + reach < height ? y + reach : height - 1;
    if (y == 0) {
      for (int row = top; row <= bottom; row++)
        add_squares(from + (ptrdiff_t)row * width, 1, width, columns);
    } else if (y + reach < height) {
      add_squares(from + (ptrdiff_t)bottom * width, 1, width, columns);
    }
    if (y - reach - 1 >= 0)
      add_squares(from + (ptrdiff_t)(y - reach - 1) * width, -1, width, columns);
    float *out = to + (ptrdiff_t)y * width;
    float sum = 0;
    for (int x = 0; x < reach && x < width; x++) sum += columns[x];
    for (int x = 0; x < width; x++) {
      if (x + reach < width) sum += columns[x + reach];
      if (x - reach - 1 >= 0) sum -= columns[x - reach - 1];
      out[x] = sum;
    }
    take_roots(out, width, reach, bottom - top + 1);
  }
}

EACH_MACHINE
static int32_t row_relief(const uint8_t *restrict middle, ptrdiff_t stride, int left, int right) {
  int32_t sum = 0;
  for (int x = left; x < right; x++) {
    uint8_t low = 255, high = 0;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        const uint8_t level = middle[dy * stride + x + dx];
        low = level < low ? level : low;
        high = level > high ? level : high;
      }
    }
    sum += (int32_t)(high - low) * (high - low);
  }
  return sum;
}

float pixels_mean_square_relief(
    const uint8_t *plane, ptrdiff_t stride, int left, int top, int right, int bottom) {
  if (right <= left || bottom <= top) return 0;
  int64_t sum = 0;
  for (int y = top; y < bottom; y++) sum += row_relief(plane + y * stride, stride, left, right);
  return (float)sum / (float)((right - left) * (bottom - top));
}

/// A counter's number.
static inline int step_of(float value) { return value < 127 ? (int)value : 127; }

int pixels_noise_steps(
    const float *seen, const float *expected, const float *relief, const float *weights, int width,
    int height, int row_step, float flat, int32_t counts[128]) {
  int total = 0;
  for (int y = 1; y < height; y += row_step) {
    for (int x = 1; x < width; x++) {
      const ptrdiff_t i = (ptrdiff_t)y * width + x;
      if (weights[i] * weights[i - 1] == 0 || relief[i] >= flat || relief[i - 1] >= flat) continue;
      counts[step_of(4 * fabsf((seen[i] - expected[i]) - (seen[i - 1] - expected[i - 1])))]++;
      total++;
    }
  }
  return total;
}

void pixels_compression(
    const float *seen, const float *expected, const float *relief, const float *activity,
    const float *weights, int width, int height, int row_step, float variance, float edge,
    float calm, int32_t edges[128], int32_t near[128]) {
  for (int y = 1; y < height - 1; y += row_step) {
    for (int x = 1; x < width - 1; x++) {
      const ptrdiff_t i = (ptrdiff_t)y * width + x;
      const int at_edge = relief[i] >= edge;
      if (weights[i] == 0 || (!at_edge && activity[i] < calm)) continue;
      const float square = (seen[i] - expected[i]) * (seen[i] - expected[i]) - variance;
      const float rest = sqrtf(square > 0 ? square : 0);
      if (at_edge) {
        edges[step_of(256 * rest / relief[i])]++;
      } else {
        near[step_of(512 * rest / activity[i])]++;
      }
    }
  }
}

EACH_MACHINE
void pixels_rest(
    const float *restrict seen, const float *restrict expected, const float *restrict relief,
    const float *restrict activity, const float *restrict weights, int width, int height,
    float floor, float edge, float ring, float *restrict rest, float *restrict allowed) {
  for (int y = 0; y < height; y++) {
    const ptrdiff_t row = (ptrdiff_t)y * width;
    if (y == 0 || y == height - 1) {
      for (int x = 0; x < width; x++) rest[row + x] = 0, allowed[row + x] = -1;
      continue;
    }
    for (ptrdiff_t i = row; i < row + width; i++) {
      const float a = edge * relief[i], b = ring * activity[i];
      const float explained = floor + a * a + b * b;
      const int counts = weights[i] != 0;
      rest[i] = counts ? seen[i] - expected[i] : 0;
      allowed[i] = counts ? explained : -1;
    }
    rest[row] = rest[row + width - 1] = 0;
    allowed[row] = allowed[row + width - 1] = -1;
  }
}

EACH_MACHINE
PixelsFinding pixels_strokes(
    const float *restrict rest, const float *restrict allowed, int width, int height,
    float limit_squared, float slack, float *restrict scratch) {
  PixelsFinding worst = {0, 0, 0};
  float *restrict sums = scratch;
  float *restrict variances = scratch + width;
  float *restrict excesses = scratch + 2 * width;
  for (int y = 0; y + 3 <= height; y++) {
    const float *restrict r = rest + (ptrdiff_t)y * width;
    const float *restrict v = allowed + (ptrdiff_t)y * width;
    for (int x = 0; x < width; x++) {
      const float a = v[x], b = v[x + width], c = v[x + 2 * width];
      sums[x] = r[x] + r[x + width] + r[x + 2 * width];
      variances[x] = (a > 0 ? a : 0) + (b > 0 ? b : 0) + (c > 0 ? c : 0);
    }
    Eight most = {0};
    int x = 0;
    for (; x + 8 <= width - 2; x += 8) {
      const Eight sum = LOAD(sums + x) + LOAD(sums + x + 1) + LOAD(sums + x + 2);
      const Eight variance = LOAD(variances + x) + LOAD(variances + x + 1) + LOAD(variances + x + 2);
      const Eight excess = sum * sum / (limit_squared * variance + slack);
      *(Eight *)(excesses + x) = excess;
      const EightInts more = excess > most;
      most = (Eight)(((EightInts)excess & more) | ((EightInts)most & ~more));
    }
    float highest = 0;
    for (int lane = 0; lane < 8; lane++) highest = most[lane] > highest ? most[lane] : highest;
    for (; x < width - 2; x++) {
      const float sum = sums[x] + sums[x + 1] + sums[x + 2];
      const float variance = variances[x] + variances[x + 1] + variances[x + 2];
      excesses[x] = sum * sum / (limit_squared * variance + slack);
      highest = excesses[x] > highest ? excesses[x] : highest;
    }
    if (highest <= worst.excess) continue;
    for (x = 0; excesses[x] != highest; x++) {}
    worst = (PixelsFinding){highest, x, y};
  }
  return worst;
}

/// Adds up a row of cells of three by three: how many pixels count, their differences, the squares
/// of these, the variances.
static void add_cells(
    const float *rest, const float *allowed, int width, int columns, int rows, float *cells) {
  for (int row = 0; row < rows; row++) {
    const float *r = rest + (ptrdiff_t)row * width, *v = allowed + (ptrdiff_t)row * width;
    for (int column = 0; column < columns; column++) {
      float *cell = cells + 4 * column;
      const int last = 3 * column + 3 < width ? 3 * column + 3 : width;
      for (int x = 3 * column; x < last; x++) {
        const float counts = v[x] < 0 ? 0 : 1;
        cell[0] += counts;
        cell[1] += r[x];
        cell[2] += r[x] * r[x];
        cell[3] += counts * v[x];
      }
    }
  }
}

void pixels_squares(
    const float *rest, const float *allowed, int width, int height, float structure,
    float level_squared, float noise_share, float *cells, PixelsFinding *variance, PixelsFinding *mean) {
  const int columns = (width + 2) / 3, rows = (height + 2) / 3;
  memset(cells, 0, sizeof(float) * 4 * columns * rows);
  for (int row = 0; row < rows; row++) {
    const int count = 3 * row + 3 < height ? 3 : height - 3 * row;
    const ptrdiff_t at = (ptrdiff_t)3 * row * width;
    add_cells(rest + at, allowed + at, width, columns, count, cells + (ptrdiff_t)4 * columns * row);
  }
  *variance = *mean = (PixelsFinding){0, 0, 0};
  for (int row = 0; row < (rows > 1 ? rows - 1 : 1); row++) {
    for (int column = 0; column < (columns > 1 ? columns - 1 : 1); column++) {
      float sums[4] = {0};
      for (int dy = 0; dy < 2 && row + dy < rows; dy++)
        for (int dx = 0; dx < 2 && column + dx < columns; dx++)
          for (int i = 0; i < 4; i++)
            sums[i] += cells[4 * ((ptrdiff_t)(row + dy) * columns + column + dx) + i];
      if (sums[0] < 9) continue;
      const float middle = sums[1] / sums[0];
      const float spread = (sums[2] - sums[1] * middle) / (sums[3] * structure);
      if (spread > variance->excess) *variance = (PixelsFinding){spread, 3 * column, 3 * row};
      // The mean of correlated samples still carries part of the noise.
      const float tolerance = level_squared + noise_share * sums[3] / (sums[0] * sums[0]);
      const float offset = middle * middle / tolerance;
      if (offset > mean->excess) *mean = (PixelsFinding){offset, 3 * column, 3 * row};
    }
  }
}
