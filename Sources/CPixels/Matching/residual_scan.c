#include "CPixels.h"

#include <string.h>

#include "Matching/block_gradients.h"
#include "Matching/tiles.h"
#include "machine.h"

/// A row of a picture: the differences, and the variances that are explained, which are more than 0
/// where a sample is compared. Both are 0 elsewhere and after a row's last sample.
typedef struct {
  float *rests, *variances;
} Row;

/// What three rows have in each column, or cells in each: the differences, the variances, the
/// squared differences, and how many samples are compared.
typedef struct {
  float *rests, *variances, *squares, *counts;
} Sums;

/// A scan from the top down.
typedef struct {
  int width, height;
  PixelsLimits limits;
  /// The rows seen last: that of number y is one of `y % CELL`.
  Row rows[CELL];
  Sums columns;
  /// The rows of cells seen last, and one without anything.
  Sums cells[2], nothing;
  float *spreads, *offsets;
  PixelsWorst worst;
} Scan;

ptrdiff_t pixels_scan_scratch(int width) {
  const ptrdiff_t line = line_of(width);
  // Six for rows, four for columns, twelve for cells, two for squares, two for who makes rows.
  return 26 * line;
}

/// Begins a scan, with nothing in its rows, and leaves the lines of the scratch that it does not take.
static Scan begin(int width, int height, const PixelsLimits *limits, float **scratch) {
  Scan scan = {.width = width, .height = height, .limits = *limits};
  const ptrdiff_t line = line_of(width);
  float *next = *scratch;
  memset(next, 0, sizeof(float) * 24 * line);
  for (int i = 0; i < CELL; i++, next += 2 * line) scan.rows[i] = (Row){next, next + line};
  Sums *const sums[] = {&scan.columns, &scan.cells[0], &scan.cells[1], &scan.nothing};
  for (int i = 0; i < 4; i++, next += 4 * line)
    *sums[i] = (Sums){next, next + line, next + 2 * line, next + 3 * line};
  scan.spreads = next, scan.offsets = next + line;
  *scratch = next + 2 * line;
  return scan;
}

/// Leaves nothing in a row, whose two lines lie one after the other.
static void clear_row(Row row, int width) {
  memset(row.rests, 0, sizeof(float) * 2 * line_of(width));
}

/// Adds up the differences in columns of the three rows that end with one.
PART void add_columns(const Scan *scan, int y) {
  const float *a = scan->rows[(y + 1) % CELL].rests, *b = scan->rows[(y + 2) % CELL].rests;
  add_up(a, b, scan->rows[y % CELL].rests, line_of(scan->width), scan->columns.rests);
}

/// Looks at the strokes that end with a row.
PART void look_at_strokes(Scan *scan, int y) {
  const float *restrict rests = scan->columns.rests;
  const float *a = scan->rows[(y + 1) % CELL].variances;
  const float *b = scan->rows[(y + 2) % CELL].variances, *c = scan->rows[y % CELL].variances;
  const float limit = scan->limits.stroke_squared, slack = scan->limits.stroke_slack;
  const int count = scan->width - (CELL - 1);
  PixelsFinding worst = scan->worst.stroke;
  float nearly_worst = worst.excess * (1 - 0x1p-20f);
  for (int x = 0; x < count; x += LANES) {
    const Eight sum = LOAD_THREE(rests + x), square = sum * sum;
    // Most strokes are for sure not worse than the worst so far, whatever is explained of them.
    if (!__builtin_reduce_or(square > slack * nearly_worst)) continue;
    Eight variance = {0};
    for (int i = x; i < x + CELL; i++) variance += LOAD(a + i) + LOAD(b + i) + LOAD(c + i);
    const Eight excess = square / (limit * variance + slack);
    for (int lane = 0; lane < LANES && x + lane < count; lane++)
      if (excess[lane] > worst.excess)
        worst = (PixelsFinding){excess[lane], x + lane, y - (CELL - 1)};
    nearly_worst = worst.excess * (1 - 0x1p-20f);
  }
  scan->worst.stroke = worst;
}

/// Counts the samples of three rows that are compared.
PART void count_compared(
    const float *restrict a, const float *restrict b, const float *restrict c, ptrdiff_t line,
    float *restrict to) {
  for (ptrdiff_t x = 0; x < line; x++) to[x] = (float)((a[x] > 0) + (b[x] > 0) + (c[x] > 0));
}

/// Makes a row of cells of the three rows that were seen last.
PART void add_cells(const Scan *scan, const Sums *to) {
  const Row a = scan->rows[0], b = scan->rows[1], c = scan->rows[2];
  const Sums columns = scan->columns;
  const ptrdiff_t line = line_of(scan->width);
  add_squares(a.rests, b.rests, c.rests, line, columns.squares);
  add_up(a.variances, b.variances, c.variances, line, columns.variances);
  count_compared(a.variances, b.variances, c.variances, line, columns.counts);
  const int count = cells_of(scan->width);
  add_thirds(columns.rests, count, to->rests);
  add_thirds(columns.variances, count, to->variances);
  add_thirds(columns.squares, count, to->squares);
  add_thirds(columns.counts, count, to->counts);
}

/// What is too much in squares of two by two cells.
PART void weigh_squares(
    const Sums *upper, const Sums *lower, int count, const PixelsLimits *limits,
    float *restrict spreads, float *restrict offsets) {
  const float *restrict a = upper->counts, *restrict b = lower->counts;
  const float *restrict c = upper->rests, *restrict d = lower->rests;
  const float *restrict e = upper->squares, *restrict f = lower->squares;
  const float *restrict g = upper->variances, *restrict h = lower->variances;
  const float structure = limits->structure, level_squared = limits->level_squared;
  const float noise_share = limits->noise_share;
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
PART void take_largest(const float *values, int count, int y, PixelsFinding *found) {
  Eight most = {0};
  int x = 0;
  for (; x + LANES <= count; x += LANES) {
    const Eight value = LOAD(values + x);
    most = EITHER(value > most, value, most);
  }
  float largest = LARGEST(most);
  for (; x < count; x++) largest = values[x] > largest ? values[x] : largest;
  if (!(largest > found->excess)) return;
  for (x = 0; values[x] != largest; x++) {}
  *found = (PixelsFinding){largest, CELL * x, y};
}

/// Looks at the squares of two rows of cells, the lower of which is the one of a number.
PART void look_at_squares(Scan *scan, int number, const Sums *upper, const Sums *lower) {
  const int columns = cells_of(scan->width);
  const int count = columns > 1 ? columns - 1 : 1;
  const int y = number > 0 ? CELL * (number - 1) : 0;
  weigh_squares(upper, lower, count, &scan->limits, scan->spreads, scan->offsets);
  take_largest(scan->spreads, count, y, &scan->worst.variance);
  take_largest(scan->offsets, count, y, &scan->worst.mean);
}

/// Looks at what ends with a row, which was written in its place.
PART void take_row(Scan *scan, int y) {
  const int is_last = y == scan->height - 1;
  if (y >= CELL - 1) {
    add_columns(scan, y);
    look_at_strokes(scan, y);
  }
  if (y % CELL < CELL - 1 && !is_last) return;
  if (y % CELL < CELL - 1) {
    // The last row of cells has fewer rows of samples.
    for (int row = y % CELL + 1; row < CELL; row++) clear_row(scan->rows[row], scan->width);
    add_columns(scan, y / CELL * CELL + CELL - 1);
  }
  const int number = y / CELL;
  const Sums *cells = &scan->cells[number % 2];
  add_cells(scan, cells);
  if (number > 0) {
    look_at_squares(scan, number, &scan->cells[(number + 1) % 2], cells);
  } else if (is_last) {
    look_at_squares(scan, number, cells, &scan->nothing);
  }
}

/// Writes a row of luma, and adds up what is expected and what differs in it.
PART void make_light_row(
    const PixelsLight *light, int y, const float *blocks, const EightInts *inside, Row to,
    PixelsUnlikeness *sums) {
  const ptrdiff_t row = (ptrdiff_t)y * light->width;
  const float *seen = light->seen + row, *expected = light->expected + row;
  const float *relief = light->relief + row, *around = light->around + row;
  const float *weights = light->weights + row;
  const float floor = light->floor, edge = light->edge, ring = light->ring;
  const float stands = light->stands;
  const Eight ones = {1, 1, 1, 1, 1, 1, 1, 1};
  // Row by row: single floats hold no more.
  Eight count = {0}, levels = {0}, squares = {0}, edges = {0}, differences = {0};
  int x = 0;
  for (; x + LANES <= light->width; x += LANES) {
    const Eight here = LOAD(around + x), block = LOAD(blocks + x), level = LOAD(expected + x);
    const Eight activity = EITHER(here > block, here, block);
    const Eight a = edge * LOAD(relief + x), b = ring * activity;
    const EightInts counts = (LOAD(weights + x) != 0.0f) & inside[x / LANES];
    const EightInts outstanding = counts & (LOAD(relief + x) >= stands);
    const Eight rest = (Eight)((EightInts)(LOAD(seen + x) - level) & counts);
    const Eight one = (Eight)((EightInts)ones & counts);
    *(Eight *)(to.rests + x) = rest;
    *(Eight *)(to.variances + x) = (Eight)((EightInts)(floor + a * a + b * b) & counts);
    const Eight here_expected = (Eight)((EightInts)level & counts);
    const Eight left = (Eight)((EightInts)rest & outstanding);
    count += one, levels += here_expected, squares += here_expected * here_expected;
    edges += (Eight)((EightInts)ones & outstanding), differences += left * left;
  }
  sums->count += TOTAL(count), sums->levels += TOTAL(levels);
  sums->squared_levels += TOTAL(squares);
  sums->edge_count += TOTAL(edges), sums->squared_rest += TOTAL(differences);
  for (; x < light->width; x++) {
    const float activity = around[x] > blocks[x] ? around[x] : blocks[x];
    const float a = edge * relief[x], b = ring * activity;
    const int counts = weights[x] != 0 && x > 0 && x < light->width - 1;
    to.rests[x] = counts ? seen[x] - expected[x] : 0;
    to.variances[x] = counts ? floor + a * a + b * b : 0;
    if (!counts) continue;
    const double level = expected[x], left = to.rests[x];
    sums->count++, sums->levels += level, sums->squared_levels += level * level;
    if (relief[x] < stands) continue;
    sums->edge_count++, sums->squared_rest += left * left;
  }
}

EACH_MACHINE
PixelsWorst pixels_scan_light(
    const PixelsLight *light, const PixelsBlocks *blocks, const PixelsLimits *limits,
    float *scratch, PixelsUnlikeness *sums) {
  const int width = light->width, height = light->height;
  Scan scan = begin(width, height, limits, &scratch);
  float *roots = scratch + BLOCK;
  int32_t *inside = (int32_t *)(scratch + line_of(width));
  for (int x = 0; x < width; x++) inside[x] = x > 0 && x < width - 1 ? -1 : 0;
  *sums = (PixelsUnlikeness){0};
  for (int y = 0; y < height; y++) {
    const Row row = scan.rows[y % CELL];
    if (y > 0 && y < height - 1) {
      if (y == 1 || (blocks->top + y) % BLOCK == 0) spread_roots(blocks, 0, y, width, roots);
      make_light_row(light, y, roots, (const EightInts *)inside, row, sums);
    } else {
      clear_row(row, width);
    }
    take_row(&scan, y);
  }
  return scan.worst;
}

/// Writes a row of chroma.
PART void make_tint_row(const PixelsTint *tint, int y, Row to) {
  const int width = tint->width;
  const ptrdiff_t row = (ptrdiff_t)y * width;
  const uint8_t *seen = tint->seen + y * tint->stride;
  const float *expected = tint->expected + row, *relief = tint->relief + row;
  const float *around = tint->around + row, *activity = tint->activity + row;
  const float *other = tint->other_activity + row;
  const float *upper = tint->weights + 2 * y * tint->weights_stride;
  const float *lower = upper + tint->weights_stride;
  const float floor = tint->floor, edge = tint->edge, ring = tint->ring, share = tint->share;
  float *restrict rests = to.rests, *restrict variances = to.variances;
  for (int x = 0; x < width; x++) {
    const float of_other = share * other[x];
    const float most = activity[x] > of_other ? activity[x] : of_other;
    const float a = edge * relief[x], b = ring * (around[x] > most ? around[x] : most);
    const int counts = (upper[2 * x] != 0) & (upper[2 * x + 1] != 0) & (lower[2 * x] != 0) &
                       (lower[2 * x + 1] != 0);
    const float difference = (float)seen[x] - expected[x];
    rests[x] = counts ? difference : 0;
    variances[x] = counts ? floor + a * a + b * b : 0;
  }
  rests[0] = variances[0] = 0;
  rests[width - 1] = variances[width - 1] = 0;
}

EACH_MACHINE
PixelsWorst pixels_scan_tint(const PixelsTint *tint, const PixelsLimits *limits, float *scratch) {
  const int width = tint->width, height = tint->height;
  Scan scan = begin(width, height, limits, &scratch);
  for (int y = 0; y < height; y++) {
    const Row row = scan.rows[y % CELL];
    if (y > 0 && y < height - 1) {
      make_tint_row(tint, y, row);
    } else {
      clear_row(row, width);
    }
    take_row(&scan, y);
  }
  return scan.worst;
}
