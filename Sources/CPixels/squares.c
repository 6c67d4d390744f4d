#include "CPixels.h"

#include <string.h>

#include "machine.h"

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

/// The sum of eight lanes.
#define TOTAL(eight)                                                                           \
  (((double)(eight)[0] + (eight)[1] + (eight)[2] + (eight)[3]) +                               \
   ((double)(eight)[4] + (eight)[5] + (eight)[6] + (eight)[7]))

EACH_MACHINE
PixelsUnlikeness pixels_unlikeness(
    const float *rest, const float *allowed, const float *expected, const float *relief, int width,
    int height, float edge) {
  PixelsUnlikeness sums = {0};
  const Eight ones = {1, 1, 1, 1, 1, 1, 1, 1};
  for (int y = 0; y < height; y++) {
    const ptrdiff_t row = (ptrdiff_t)y * width;
    // Row by row: single floats hold no more.
    Eight count = {0}, levels = {0}, squares = {0}, edges = {0}, differences = {0};
    int x = 0;
    for (; x + 8 <= width; x += 8) {
      const EightInts counts = LOAD(allowed + row + x) >= 0.0f;
      const EightInts stands = counts & (LOAD(relief + row + x) >= edge);
      const Eight one = (Eight)((EightInts)ones & counts), out = (Eight)((EightInts)ones & stands);
      const Eight level = one * LOAD(expected + row + x), left = out * LOAD(rest + row + x);
      count += one, levels += level, squares += level * level;
      edges += out, differences += left * left;
    }
    sums.count += TOTAL(count), sums.levels += TOTAL(levels);
    sums.squared_levels += TOTAL(squares);
    sums.edge_count += TOTAL(edges), sums.squared_rest += TOTAL(differences);
    for (; x < width; x++) {
      if (allowed[row + x] < 0) continue;
      const double level = expected[row + x], left = rest[row + x];
      sums.count++, sums.levels += level, sums.squared_levels += level * level;
      if (relief[row + x] < edge) continue;
      sums.edge_count++, sums.squared_rest += left * left;
    }
  }
  return sums;
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
    const float nearly_worst = worst.excess * (1 - 0x1p-20f);
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
      const Eight square = sum * sum, unit = limit_squared * variance + slack;
      // Divisions take longest, and most squares are for sure not worse than the worst so far.
      if (!__builtin_reduce_or(square > unit * nearly_worst)) {
        *(Eight *)(excesses + x) = (Eight){0};
        continue;
      }
      const Eight excess = square / unit;
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

/// A row of cells of three by three pixels, with room for one more: how many pixels count, their
/// differences, the squares of these, the variances.
typedef struct {
  float *counts;
  float *rests;
  float *squares;
  float *variances;
} Cells;

static Cells cells_at(float *start, int columns) {
  const ptrdiff_t line = columns + 1;
  return (Cells){start, start + line, start + 2 * line, start + 3 * line};
}

/// Adds a row of pixels to a row of cells, three pixels each.
EACH_MACHINE
static void add_cells(const float *restrict r, const float *restrict v, int width, const Cells *to) {
  float *restrict counts = to->counts, *restrict rests = to->rests;
  float *restrict squares = to->squares, *restrict variances = to->variances;
  const int whole = width / 3;
  for (int at = 0; at < whole; at++) {
    const float a = r[3 * at], b = r[3 * at + 1], c = r[3 * at + 2];
    const float d = v[3 * at], e = v[3 * at + 1], f = v[3 * at + 2];
    const float g = d < 0 ? 0 : 1, h = e < 0 ? 0 : 1, i = f < 0 ? 0 : 1;
    counts[at] = counts[at] + g + h + i;
    rests[at] = rests[at] + a + b + c;
    squares[at] = squares[at] + a * a + b * b + c * c;
    variances[at] = variances[at] + g * d + h * e + i * f;
  }
  for (int x = 3 * whole; x < width; x++) {
    const float here = v[x] < 0 ? 0 : 1;
    counts[whole] += here;
    rests[whole] += r[x];
    squares[whole] += r[x] * r[x];
    variances[whole] += here * v[x];
  }
}

/// What is too much in squares of two by two cells.
EACH_MACHINE
static void weigh_squares(
    const Cells *upper, const Cells *lower, int count, float structure, float level_squared,
    float noise_share, float *restrict spreads, float *restrict offsets) {
  const float *restrict a = upper->counts, *restrict b = lower->counts;
  const float *restrict c = upper->rests, *restrict d = lower->rests;
  const float *restrict e = upper->squares, *restrict f = lower->squares;
  const float *restrict g = upper->variances, *restrict h = lower->variances;
  for (int at = 0; at < count; at++) {
    const float pixels = a[at] + a[at + 1] + b[at] + b[at + 1];
    const float rest = c[at] + c[at + 1] + d[at] + d[at + 1];
    const float squares = e[at] + e[at + 1] + f[at] + f[at + 1];
    const float variance = g[at] + g[at + 1] + h[at] + h[at + 1];
    const float middle = rest / pixels;
    const float spread = (squares - rest * middle) / (variance * structure);
    // The mean of correlated samples still carries part of the noise.
    const float tolerance = level_squared + noise_share * variance / (pixels * pixels);
    const float offset = middle * middle / tolerance;
    spreads[at] = pixels < 9 ? 0 : spread;
    offsets[at] = pixels < 9 ? 0 : offset;
  }
}

/// Takes the first of the largest values of a row, if it is larger than what was found.
EACH_MACHINE
static void take_largest(const float *values, int count, int y, PixelsFinding *found) {
  Eight most = {0};
  int x = 0;
  for (; x + 8 <= count; x += 8) {
    const Eight value = LOAD(values + x);
    const EightInts more = value > most;
    most = (Eight)(((EightInts)value & more) | ((EightInts)most & ~more));
  }
  float largest = 0;
  for (int lane = 0; lane < 8; lane++) largest = most[lane] > largest ? most[lane] : largest;
  for (; x < count; x++) largest = values[x] > largest ? values[x] : largest;
  if (!(largest > found->excess)) return;
  for (x = 0; values[x] != largest; x++) {}
  *found = (PixelsFinding){largest, 3 * x, y};
}

void pixels_squares(
    const float *rest, const float *allowed, int width, int height, float structure,
    float level_squared, float noise_share, float *scratch, PixelsFinding *variance, PixelsFinding *mean) {
  const int columns = (width + 2) / 3, rows = (height + 2) / 3;
  const ptrdiff_t line = 4 * ((ptrdiff_t)columns + 1);
  // The row of cells before, this one, and one without anything.
  memset(scratch, 0, sizeof(float) * 3 * line);
  const Cells lines[2] = {cells_at(scratch, columns), cells_at(scratch + line, columns)};
  const Cells none = cells_at(scratch + 2 * line, columns);
  float *spreads = scratch + 3 * line, *offsets = spreads + columns;
  const int squares = columns > 1 ? columns - 1 : 1;
  *variance = *mean = (PixelsFinding){0, 0, 0};
  for (int row = 0; row < rows; row++) {
    const Cells *cells = &lines[row % 2];
    memset(cells->counts, 0, sizeof(float) * line);
    for (int y = 3 * row; y < 3 * row + 3 && y < height; y++)
      add_cells(rest + (ptrdiff_t)y * width, allowed + (ptrdiff_t)y * width, width, cells);
    if (row == 0 && rows > 1) continue;
    const Cells *upper = rows > 1 ? &lines[(row + 1) % 2] : cells;
    weigh_squares(
        upper, rows > 1 ? cells : &none, squares, structure, level_squared, noise_share, spreads,
        offsets);
    const int top = rows > 1 ? 3 * (row - 1) : 0;
    take_largest(spreads, squares, top, variance);
    take_largest(offsets, squares, top, mean);
  }
}
