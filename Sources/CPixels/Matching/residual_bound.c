#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "Matching/tiles.h"
#include "machine.h"

ptrdiff_t pixels_tint_excess_scratch(int width) {
  // Three for rows, two for columns, four for cells, one for how many columns a square has.
  return 10 * line_of(width);
}

/// How many of so many samples from one on are neither the first nor the last of all.
static int inner(int from, int count, int all) {
  const int first = from > 1 ? from : 1;
  const int end = from + count < all - 1 ? from + count : all - 1;
  return end - first;
}

/// Writes the differences of a row; the outermost do not count.
PART void make_row(const PixelsTint *tint, int y, float *restrict to) {
  const uint8_t *seen = tint->seen + y * tint->stride;
  const float *expected = tint->expected + (ptrdiff_t)y * tint->width;
  const int width = tint->width;
  for (int x = 0; x < width; x++) to[x] = (float)seen[x] - expected[x];
  to[0] = to[width - 1] = 0;
}

/// Whether a stroke of three rows, whose columns were added up, goes further than so many times what
/// is allowed; `rows` of them count.
PART int has_stroke(
    const PixelsTint *tint, const PixelsLimits *limits, const float *columns, int rows,
    float times) {
  const int width = tint->width, count = width - (CELL - 1);
  const float column = limits->stroke_squared * (float)rows * tint->floor;
  // Those at either side have a column that does not count.
  const float left = columns[1] + columns[2], right = columns[width - 3] + columns[width - 2];
  const float aside = times * (2 * column + limits->stroke_slack);
  if (left * left > aside || right * right > aside) return 1;
  const float allowed = times * (CELL * column + limits->stroke_slack);
  EightInts found = {0};
  for (int x = 0; x < count; x += LANES) {
    // The last eight end with the row.
    const Eight sum = LOAD_THREE(columns + (x + LANES <= count ? x : count - LANES));
    found |= sum * sum > allowed;
  }
  return __builtin_reduce_or(found) != 0;
}

/// What a row of cells holds: the differences and their squares.
typedef struct {
  float *rests, *squares;
} Cells;

/// Whether a square of two rows of cells goes further than so many times what is allowed; `rows` of
/// it count, and of its columns, as many as `across` says.
PART int has_square(
    const PixelsTint *tint, const PixelsLimits *limits, Cells upper, Cells lower,
    const float *across, int rows, float times) {
  const float *a = upper.rests, *b = lower.rests, *c = upper.squares, *d = lower.squares;
  const int count = cells_of(tint->width) - 1;
  const float spread = times * tint->floor * limits->structure;
  const float level = times * limits->level_squared;
  const float noise = times * limits->noise_share * tint->floor;
  EightInts found = {0};
  for (int at = 0; at < count; at += LANES) {
    const Eight samples = LOAD(across + at) * (float)rows;
    const Eight rest = LOAD(a + at) + LOAD(a + at + 1) + LOAD(b + at) + LOAD(b + at + 1);
    const Eight square = LOAD(c + at) + LOAD(c + at + 1) + LOAD(d + at) + LOAD(d + at + 1);
    // Both sides times the number of samples, squared: divisions take long.
    found |= square * samples - rest * rest > spread * samples * samples;
    found |= rest * rest > (level * samples + noise) * samples;
  }
  return __builtin_reduce_or(found) != 0;
}

EACH_MACHINE
int pixels_tint_exceeds(
    const PixelsTint *tint, const PixelsLimits *limits, float excess, float *scratch) {
  const int width = tint->width, height = tint->height;
  if (width < LANES + CELL - 1 || height < 2 * CELL) return 1;
  const ptrdiff_t line = line_of(width);
  memset(scratch, 0, sizeof(float) * pixels_tint_excess_scratch(width));
  float *const rows[CELL] = {scratch, scratch + line, scratch + 2 * line};
  float *const columns = scratch + 3 * line, *const squares = scratch + 4 * line;
  const Cells cells[2] = {
    {scratch + 5 * line, scratch + 6 * line}, {scratch + 7 * line, scratch + 8 * line}};
  const int cells_across = cells_of(width), cells_down = cells_of(height);
  float *const across = scratch + 9 * line;
  for (int at = 0; at < cells_across - 1; at++)
    across[at] = (float)inner(CELL * at, 2 * CELL, width);
  // No square begins in the last cell: nothing is too much there.
  across[cells_across - 1] = INFINITY;
  // Whoever adds up in another order rounds differently.
  const float times = excess * (1 - 0x1p-10f);
  for (int y = 0; y < CELL * cells_down; y++) {
    float *const row = rows[y % CELL];
    if (y > 0 && y < height - 1) {
      make_row(tint, y, row);
    } else {
      memset(row, 0, sizeof(float) * width);
    }
    if (y < CELL - 1) continue;
    add_up(rows[0], rows[1], rows[2], line, columns);
    const int inside = inner(y - (CELL - 1), CELL, height);
    if (y < height && has_stroke(tint, limits, columns, inside, times)) return 1;
    if (y % CELL < CELL - 1) continue;
    const Cells upper = cells[(y / CELL + 1) % 2], lower = cells[y / CELL % 2];
    add_squares(rows[0], rows[1], rows[2], line, squares);
    add_thirds(columns, cells_across, lower.rests);
    add_thirds(squares, cells_across, lower.squares);
    if (y < 2 * CELL - 1) continue;
    const int rows_inside = inner(y - (2 * CELL - 1), 2 * CELL, height);
    if (has_square(tint, limits, upper, lower, across, rows_inside, times)) return 1;
  }
  return 0;
}
