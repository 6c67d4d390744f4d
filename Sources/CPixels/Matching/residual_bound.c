#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "Matching/tiles.h"
#include "vectors.h"

ptrdiff_t pixels_chroma_bound_scratch(int width) {
  // Three for rows, two for columns, four for tiles, one for how many columns a window has.
  return 10 * line_of(width);
}

/// How many of so many samples from one on are neither the first nor the last of all.
static int inner(int from, int count, int all) {
  const int first = from > 1 ? from : 1;
  const int end = from + count < all - 1 ? from + count : all - 1;
  return end - first;
}

/// Writes the residuals of a row; the outermost do not count.
PART void make_row(const PixelsChroma *chroma, int y, float *restrict to) {
  const uint8_t *seen = chroma->seen + y * chroma->stride;
  const float *expected = chroma->expected + (ptrdiff_t)y * chroma->width;
  const int width = chroma->width;
  for (int x = 0; x < width; x++) to[x] = (float)seen[x] - expected[x];
  to[0] = to[width - 1] = 0;
}

/// Whether a box of three rows, whose columns were added up, goes further than so many times what
/// is allowed; `rows` of them count.
PART int has_box_sum(
    const PixelsChroma *chroma, const PixelsLimits *limits, const float *columns, int rows,
    float times) {
  const int width = chroma->width, count = width - (TILE - 1);
  const float column = limits->box_sum_squared * (float)rows * chroma->floor;
  // Those at either side have a column that does not count.
  const float left = columns[1] + columns[2], right = columns[width - 3] + columns[width - 2];
  const float aside = times * (2 * column + limits->box_sum_slack);
  if (left * left > aside || right * right > aside) return 1;
  const float allowed = times * (TILE * column + limits->box_sum_slack);
  EightInts found = {0};
  for (int x = 0; x < count; x += LANES) {
    // The last eight end with the row.
    const Eight sum = LOAD_THREE(columns + (x + LANES <= count ? x : count - LANES));
    found |= sum * sum > allowed;
  }
  return __builtin_reduce_or(found) != 0;
}

/// What a row of tiles holds: the residuals and their squares.
typedef struct {
  float *residuals, *squares;
} Tiles;

/// Whether a window of two rows of tiles goes further than so many times what is allowed; `rows` of
/// it count, and of its columns, as many as `across` says.
PART int has_window(
    const PixelsChroma *chroma, const PixelsLimits *limits, Tiles upper, Tiles lower,
    const float *across, int rows, float times) {
  const float *a = upper.residuals, *b = lower.residuals, *c = upper.squares, *d = lower.squares;
  const int count = tiles_of(chroma->width) - 1;
  const float spread = times * chroma->floor * limits->variance;
  const float level = times * limits->mean_squared;
  const float noise = times * limits->noise_share * chroma->floor;
  EightInts found = {0};
  for (int at = 0; at < count; at += LANES) {
    const Eight samples = LOAD(across + at) * (float)rows;
    const Eight residual = LOAD(a + at) + LOAD(a + at + 1) + LOAD(b + at) + LOAD(b + at + 1);
    const Eight square = LOAD(c + at) + LOAD(c + at + 1) + LOAD(d + at) + LOAD(d + at + 1);
    // Both sides times the number of samples, squared: divisions take long.
    found |= square * samples - residual * residual > spread * samples * samples;
    found |= residual * residual > (level * samples + noise) * samples;
  }
  return __builtin_reduce_or(found) != 0;
}

EACH_LEVEL(
    int, pixels_chroma_may_exceed,
    (const PixelsChroma *chroma, const PixelsLimits *limits, float bound, float *scratch),
    (chroma, limits, bound, scratch)) {
  const int width = chroma->width, height = chroma->height;
  if (width < LANES + TILE - 1 || height < 2 * TILE) return 1;
  const ptrdiff_t line = line_of(width);
  memset(scratch, 0, sizeof(float) * pixels_chroma_bound_scratch(width));
  float *const rows[TILE] = {scratch, scratch + line, scratch + 2 * line};
  float *const columns = scratch + 3 * line, *const squares = scratch + 4 * line;
  const Tiles tiles[2] = {
    {scratch + 5 * line, scratch + 6 * line}, {scratch + 7 * line, scratch + 8 * line}};
  const int tiles_across = tiles_of(width), tiles_down = tiles_of(height);
  float *const across = scratch + 9 * line;
  for (int at = 0; at < tiles_across - 1; at++)
    across[at] = (float)inner(TILE * at, 2 * TILE, width);
  // No window begins in the last tile: nothing is too much there.
  across[tiles_across - 1] = INFINITY;
  // Whoever adds up in another order rounds differently.
  const float times = bound * (1 - 0x1p-10f);
  for (int y = 0; y < TILE * tiles_down; y++) {
    float *const row = rows[y % TILE];
    if (y > 0 && y < height - 1) {
      make_row(chroma, y, row);
    } else {
      memset(row, 0, sizeof(float) * width);
    }
    if (y < TILE - 1) continue;
    add_up(rows[0], rows[1], rows[2], line, columns);
    const int inside = inner(y - (TILE - 1), TILE, height);
    if (y < height && has_box_sum(chroma, limits, columns, inside, times)) return 1;
    if (y % TILE < TILE - 1) continue;
    const Tiles upper = tiles[(y / TILE + 1) % 2], lower = tiles[y / TILE % 2];
    add_squares(rows[0], rows[1], rows[2], line, squares);
    add_thirds(columns, tiles_across, lower.residuals);
    add_thirds(squares, tiles_across, lower.squares);
    if (y < 2 * TILE - 1) continue;
    const int rows_inside = inner(y - (2 * TILE - 1), 2 * TILE, height);
    if (has_window(chroma, limits, upper, lower, across, rows_inside, times)) return 1;
  }
  return 0;
}
