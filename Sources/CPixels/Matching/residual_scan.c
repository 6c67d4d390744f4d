#include "CPixels.h"

#include <string.h>

#include "Matching/block_gradients.h"
#include "Matching/tiles.h"
#include "vectors.h"

/// A row of a picture: the residuals, and the variances that are explained, which are more than 0
/// where a sample is compared. Both are 0 elsewhere and after a row's last sample.
typedef struct {
  float *residuals, *variances;
} Row;

/// What three rows have in each column, or tiles in each: the residuals, the variances, the squared
/// residuals, and how many samples are compared.
typedef struct {
  float *residuals, *variances, *squares, *counts;
} Sums;

/// A scan from the top down.
typedef struct {
  int width, height;
  PixelsLimits limits;
  /// The rows seen last: that of number y is one of `y % TILE`.
  Row rows[TILE];
  Sums columns;
  /// The rows of tiles seen last, and one without anything.
  Sums tiles[2], nothing;
  float *variances, *means;
  PixelsWorst worst;
} Scan;

ptrdiff_t pixels_residual_scan_scratch(int width) {
  const ptrdiff_t line = line_of(width);
  // Six for rows, four for columns, twelve for tiles, two for windows, two for who makes rows.
  return 26 * line;
}

/// Begins a scan, with nothing in its rows, and leaves the lines of the scratch that it does not
/// take.
static Scan begin(int width, int height, const PixelsLimits *limits, float **scratch) {
  Scan scan = {.width = width, .height = height, .limits = *limits};
  const ptrdiff_t line = line_of(width);
  float *next = *scratch;
  memset(next, 0, sizeof(float) * 24 * line);
  for (int i = 0; i < TILE; i++, next += 2 * line) scan.rows[i] = (Row){next, next + line};
  Sums *const sums[] = {&scan.columns, &scan.tiles[0], &scan.tiles[1], &scan.nothing};
  for (int i = 0; i < 4; i++, next += 4 * line)
    *sums[i] = (Sums){next, next + line, next + 2 * line, next + 3 * line};
  scan.variances = next, scan.means = next + line;
  *scratch = next + 2 * line;
  return scan;
}

/// Leaves nothing in a row, whose two lines lie one after the other.
static void clear_row(Row row, int width) {
  memset(row.residuals, 0, sizeof(float) * 2 * line_of(width));
}

/// Adds up the residuals in columns of the three rows that end with one.
PART void add_columns(const Scan *scan, int y) {
  const float *a = scan->rows[(y + 1) % TILE].residuals;
  const float *b = scan->rows[(y + 2) % TILE].residuals;
  add_up(a, b, scan->rows[y % TILE].residuals, line_of(scan->width), scan->columns.residuals);
}

/// Looks at the box sums that end with a row.
PART void check_box_sums(Scan *scan, int y) {
  const float *restrict residuals = scan->columns.residuals;
  const float *a = scan->rows[(y + 1) % TILE].variances;
  const float *b = scan->rows[(y + 2) % TILE].variances, *c = scan->rows[y % TILE].variances;
  const float limit = scan->limits.box_sum_squared, slack = scan->limits.box_sum_slack;
  const int count = scan->width - (TILE - 1);
  PixelsFinding worst = scan->worst.box_sum;
  float nearly_worst = worst.normalized_residual * (1 - 0x1p-20f);
  for (int x = 0; x < count; x += LANES) {
    const Eight sum = LOAD_THREE(residuals + x), square = sum * sum;
    // Most boxes are for sure not worse than the worst so far, whatever is explained of them.
    if (!__builtin_reduce_or(square > slack * nearly_worst)) continue;
    Eight variance = {0};
    for (int i = x; i < x + TILE; i++) variance += LOAD(a + i) + LOAD(b + i) + LOAD(c + i);
    const Eight normalized_residual = square / (limit * variance + slack);
    for (int lane = 0; lane < LANES && x + lane < count; lane++)
      if (normalized_residual[lane] > worst.normalized_residual)
        worst = (PixelsFinding){normalized_residual[lane], x + lane, y - (TILE - 1)};
    nearly_worst = worst.normalized_residual * (1 - 0x1p-20f);
  }
  scan->worst.box_sum = worst;
}

/// Counts the samples of three rows that are compared.
PART void count_compared(
    const float *restrict a, const float *restrict b, const float *restrict c, ptrdiff_t line,
    float *restrict to) {
  for (ptrdiff_t x = 0; x < line; x++) to[x] = (float)((a[x] > 0) + (b[x] > 0) + (c[x] > 0));
}

/// Makes a row of tiles of the three rows that were seen last.
PART void add_tiles(const Scan *scan, const Sums *to) {
  const Row a = scan->rows[0], b = scan->rows[1], c = scan->rows[2];
  const Sums columns = scan->columns;
  const ptrdiff_t line = line_of(scan->width);
  add_squares(a.residuals, b.residuals, c.residuals, line, columns.squares);
  add_up(a.variances, b.variances, c.variances, line, columns.variances);
  count_compared(a.variances, b.variances, c.variances, line, columns.counts);
  const int count = tiles_of(scan->width);
  add_thirds(columns.residuals, count, to->residuals);
  add_thirds(columns.variances, count, to->variances);
  add_thirds(columns.squares, count, to->squares);
  add_thirds(columns.counts, count, to->counts);
}

/// The normalised residuals of windows of two by two tiles: of their variances and their means.
PART void weigh_windows(
    const Sums *upper, const Sums *lower, int count, const PixelsLimits *limits,
    float *restrict variances, float *restrict means) {
  const float *restrict a = upper->counts, *restrict b = lower->counts;
  const float *restrict c = upper->residuals, *restrict d = lower->residuals;
  const float *restrict e = upper->squares, *restrict f = lower->squares;
  const float *restrict g = upper->variances, *restrict h = lower->variances;
  const float variance_limit = limits->variance, mean_squared = limits->mean_squared;
  const float noise_share = limits->noise_share;
  for (int at = 0; at < count; at++) {
    const float pixels = a[at] + a[at + 1] + b[at] + b[at + 1];
    const float residual = c[at] + c[at + 1] + d[at] + d[at + 1];
    const float squares = e[at] + e[at + 1] + f[at] + f[at + 1];
    const float variance = g[at] + g[at + 1] + h[at] + h[at + 1];
    const float middle = residual / pixels;
    const float normalized_variance = (squares - residual * middle) / (variance * variance_limit);
    // The mean of correlated samples still carries part of the noise.
    const float tolerance = mean_squared + noise_share * variance / (pixels * pixels);
    const float normalized_mean = middle * middle / tolerance;
    variances[at] = pixels < 9 ? 0 : normalized_variance;
    means[at] = pixels < 9 ? 0 : normalized_mean;
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
  if (!(largest > found->normalized_residual)) return;
  for (x = 0; values[x] != largest; x++) {}
  *found = (PixelsFinding){largest, TILE * x, y};
}

/// Looks at the windows of two rows of tiles, the lower of which is the one of a number.
PART void check_windows(Scan *scan, int number, const Sums *upper, const Sums *lower) {
  const int columns = tiles_of(scan->width);
  const int count = columns > 1 ? columns - 1 : 1;
  const int y = number > 0 ? TILE * (number - 1) : 0;
  weigh_windows(upper, lower, count, &scan->limits, scan->variances, scan->means);
  take_largest(scan->variances, count, y, &scan->worst.variance);
  take_largest(scan->means, count, y, &scan->worst.mean);
}

/// Looks at what ends with a row, which was written in its place.
PART void take_row(Scan *scan, int y) {
  const int is_last = y == scan->height - 1;
  if (y >= TILE - 1) {
    add_columns(scan, y);
    check_box_sums(scan, y);
  }
  if (y % TILE < TILE - 1 && !is_last) return;
  if (y % TILE < TILE - 1) {
    // The last row of tiles has fewer rows of samples.
    for (int row = y % TILE + 1; row < TILE; row++) clear_row(scan->rows[row], scan->width);
    add_columns(scan, y / TILE * TILE + TILE - 1);
  }
  const int number = y / TILE;
  const Sums *tiles = &scan->tiles[number % 2];
  add_tiles(scan, tiles);
  if (number > 0) {
    check_windows(scan, number, &scan->tiles[(number + 1) % 2], tiles);
  } else if (is_last) {
    check_windows(scan, number, tiles, &scan->nothing);
  }
}

/// Writes a row of luma, and adds up what is expected and what differs in it.
PART void make_luma_row(
    const PixelsLuma *luma, int y, const float *blocks, const EightInts *inside, Row to,
    PixelsLumaSums *sums) {
  const ptrdiff_t row = (ptrdiff_t)y * luma->width;
  const float *seen = luma->seen + row, *expected = luma->expected + row;
  const float *gradient = luma->gradient + row, *rms_gradient = luma->rms_gradient + row;
  const float *weights = luma->weights + row;
  const float floor = luma->floor, edge = luma->edge_noise, compression = luma->compression_noise;
  const float least_gradient = luma->least_gradient;
  const Eight ones = {1, 1, 1, 1, 1, 1, 1, 1};
  // Row by row: single floats hold no more.
  Eight count = {0}, levels = {0}, squares = {0}, edges = {0}, differences = {0};
  int x = 0;
  for (; x + LANES <= luma->width; x += LANES) {
    const Eight here = LOAD(rms_gradient + x), block = LOAD(blocks + x);
    const Eight level = LOAD(expected + x);
    const Eight strongest = EITHER(here > block, here, block);
    const Eight a = edge * LOAD(gradient + x), b = compression * strongest;
    const EightInts counts = (LOAD(weights + x) != 0.0f) & inside[x / LANES];
    const EightInts at_edge = counts & (LOAD(gradient + x) >= least_gradient);
    const Eight residual = (Eight)((EightInts)(LOAD(seen + x) - level) & counts);
    const Eight one = (Eight)((EightInts)ones & counts);
    *(Eight *)(to.residuals + x) = residual;
    *(Eight *)(to.variances + x) = (Eight)((EightInts)(floor + a * a + b * b) & counts);
    const Eight here_expected = (Eight)((EightInts)level & counts);
    const Eight left = (Eight)((EightInts)residual & at_edge);
    count += one, levels += here_expected, squares += here_expected * here_expected;
    edges += (Eight)((EightInts)ones & at_edge), differences += left * left;
  }
  sums->count += TOTAL(count), sums->levels += TOTAL(levels);
  sums->squared_levels += TOTAL(squares);
  sums->edge_count += TOTAL(edges), sums->squared_residual += TOTAL(differences);
  for (; x < luma->width; x++) {
    const float strongest = rms_gradient[x] > blocks[x] ? rms_gradient[x] : blocks[x];
    const float a = edge * gradient[x], b = compression * strongest;
    const int counts = weights[x] != 0 && x > 0 && x < luma->width - 1;
    to.residuals[x] = counts ? seen[x] - expected[x] : 0;
    to.variances[x] = counts ? floor + a * a + b * b : 0;
    if (!counts) continue;
    const double level = expected[x], left = to.residuals[x];
    sums->count++, sums->levels += level, sums->squared_levels += level * level;
    if (gradient[x] < least_gradient) continue;
    sums->edge_count++, sums->squared_residual += left * left;
  }
}

EACH_LEVEL(
    PixelsWorst, pixels_scan_luma_residuals,
    (const PixelsLuma *luma, const PixelsBlockGradients *blocks, const PixelsLimits *limits,
     float *scratch, PixelsLumaSums *sums),
    (luma, blocks, limits, scratch, sums)) {
  const int width = luma->width, height = luma->height;
  Scan scan = begin(width, height, limits, &scratch);
  float *block_gradients = scratch + BLOCK;
  int32_t *inside = (int32_t *)(scratch + line_of(width));
  for (int x = 0; x < width; x++) inside[x] = x > 0 && x < width - 1 ? -1 : 0;
  *sums = (PixelsLumaSums){0};
  for (int y = 0; y < height; y++) {
    const Row row = scan.rows[y % TILE];
    if (y > 0 && y < height - 1) {
      if (y == 1 || (blocks->top + y) % BLOCK == 0)
        spread_block_gradients(blocks, 0, y, width, block_gradients);
      make_luma_row(luma, y, block_gradients, (const EightInts *)inside, row, sums);
    } else {
      clear_row(row, width);
    }
    take_row(&scan, y);
  }
  return scan.worst;
}

/// Writes a row of chroma.
PART void make_chroma_row(const PixelsChroma *chroma, int y, Row to) {
  const int width = chroma->width;
  const ptrdiff_t row = (ptrdiff_t)y * width;
  const uint8_t *seen = chroma->seen + y * chroma->stride;
  const float *expected = chroma->expected + row, *gradient = chroma->gradient + row;
  const float *rms_gradient = chroma->rms_gradient + row;
  const float *seen_rms_gradient = chroma->seen_rms_gradient + row;
  const float *other = chroma->other_rms_gradient + row;
  const float *upper = chroma->weights + 2 * y * chroma->weights_stride;
  const float *lower = upper + chroma->weights_stride;
  const float floor = chroma->floor, edge = chroma->edge_noise, share = chroma->share;
  const float compression = chroma->compression_noise;
  float *restrict residuals = to.residuals, *restrict variances = to.variances;
  for (int x = 0; x < width; x++) {
    const float of_other = share * other[x];
    const float in_frame =
        seen_rms_gradient[x] > of_other ? seen_rms_gradient[x] : of_other;
    const float strongest = rms_gradient[x] > in_frame ? rms_gradient[x] : in_frame;
    const float a = edge * gradient[x], b = compression * strongest;
    const int counts = (upper[2 * x] != 0) & (upper[2 * x + 1] != 0) & (lower[2 * x] != 0) &
                       (lower[2 * x + 1] != 0);
    const float difference = (float)seen[x] - expected[x];
    residuals[x] = counts ? difference : 0;
    variances[x] = counts ? floor + a * a + b * b : 0;
  }
  residuals[0] = variances[0] = 0;
  residuals[width - 1] = variances[width - 1] = 0;
}

EACH_LEVEL(
    PixelsWorst, pixels_scan_chroma_residuals,
    (const PixelsChroma *chroma, const PixelsLimits *limits, float *scratch),
    (chroma, limits, scratch)) {
  const int width = chroma->width, height = chroma->height;
  Scan scan = begin(width, height, limits, &scratch);
  for (int y = 0; y < height; y++) {
    const Row row = scan.rows[y % TILE];
    if (y > 0 && y < height - 1) {
      make_chroma_row(chroma, y, row);
    } else {
      clear_row(row, width);
    }
    take_row(&scan, y);
  }
  return scan.worst;
}
