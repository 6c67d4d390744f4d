#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "counters.h"
#include "machine.h"

/// How many squares are looked at side by side, and how many pixels that makes.
enum { SIDE = 6, SQUARES = 40, PIXELS = SIDE * SQUARES };

/// What columns of pixels show, six rows of them: pixels that count, and the range of what is
/// expected there.
typedef struct {
  int32_t counts[PIXELS];
  float lows[PIXELS], highs[PIXELS];
} Columns;

/// What squares of six by six show: the differences of the pixels that count, their squares, and the
/// differences of each cell of three by three.
typedef struct {
  float sums[SQUARES], squares[SQUARES];
  float cells[4][SQUARES];
} Squares;

EACH_MACHINE
static void add_row(
    const float *restrict seen, const float *restrict expected, const float *restrict relief,
    const float *restrict weights, int count, float flat, Columns *restrict to,
    float *restrict rests) {
  for (int x = 0; x < count; x++) {
    const int32_t counts = (weights[x] != 0) & !(relief[x] >= flat);
    const float level = expected[x], rest = seen[x] - level;
    const float low = counts ? level : INFINITY, high = counts ? level : -INFINITY;
    rests[x] = counts ? rest : 0;
    to->counts[x] += counts;
    to->lows[x] = low < to->lows[x] ? low : to->lows[x];
    to->highs[x] = high > to->highs[x] ? high : to->highs[x];
  }
}

/// Adds a row of differences to squares, one after the other in each: sums of floating point depend
/// on the order.
EACH_MACHINE
static void add_rests(
    const float *restrict rests, int count, float *restrict sums, float *restrict squares,
    float *restrict left, float *restrict right) {
  for (int at = 0; at < count; at++) {
    const float a = rests[6 * at], b = rests[6 * at + 1], c = rests[6 * at + 2];
    const float d = rests[6 * at + 3], e = rests[6 * at + 4], f = rests[6 * at + 5];
    sums[at] = sums[at] + a + b + c + d + e + f;
    squares[at] = squares[at] + a * a + b * b + c * c + d * d + e * e + f * f;
    left[at] = left[at] + a + b + c;
    right[at] = right[at] + d + e + f;
  }
}

/// Which counters the squares belong to, in quarters of a level; `COUNTERS` where they don't count.
EACH_MACHINE
static void weigh(
    const Columns *restrict columns, const Squares *restrict found, int count, float flat,
    int32_t *restrict pixels, int32_t *restrict cells) {
  for (int at = 0; at < count; at++) {
    int32_t pixels_counted = 0;
    float low = INFINITY, high = -INFINITY;
    for (int x = SIDE * at; x < SIDE * at + SIDE; x++) {
      pixels_counted += columns->counts[x];
      low = columns->lows[x] < low ? columns->lows[x] : low;
      high = columns->highs[x] > high ? columns->highs[x] : high;
    }
    // Two grounds in one square may lie off by different amounts, which is no noise.
    const int counts = (pixels_counted >= 18) & !(high - low >= flat);
    const float number = (float)pixels_counted, sum = found->sums[at];
    const float spread = (found->squares[at] - sum * sum / number) / (number - 1);
    pixels[at] = counts ? step_of(4 * sqrtf(spread > 0 ? spread : 0)) : COUNTERS;
    float between = 0;
    for (int cell = 0; cell < 4; cell++) {
      const float offset = found->cells[cell][at] / 9 - sum / 36;
      between += offset * offset / 3;
    }
    const int is_whole = counts & (pixels_counted == SIDE * SIDE);
    cells[at] = is_whole ? step_of(4 * 3 * sqrtf(between)) : COUNTERS;
  }
}

void pixels_flat_spreads(
    const float *seen, const float *expected, const float *relief, const float *weights, int width,
    int height, float flat, int32_t pixels[COUNTERS], int32_t cells[COUNTERS]) {
  const int across = width > 7 ? (width - 2) / SIDE : 0;
  for (int top = 1; top + SIDE < height; top += SIDE) {
    for (int first = 0; first < across; first += SQUARES) {
      const int count = across - first < SQUARES ? across - first : SQUARES;
      Columns columns;
      Squares found;
      float rests[PIXELS];
      memset(columns.counts, 0, sizeof columns.counts);
      memset(&found, 0, sizeof found);
      for (int x = 0; x < SIDE * count; x++)
        columns.lows[x] = INFINITY, columns.highs[x] = -INFINITY;
      for (int y = 0; y < SIDE; y++) {
        const ptrdiff_t i = (ptrdiff_t)(top + y) * width + 1 + SIDE * first;
        add_row(
            seen + i, expected + i, relief + i, weights + i, SIDE * count, flat, &columns, rests);
        add_rests(
            rests, count, found.sums, found.squares, found.cells[y / 3 * 2],
            found.cells[y / 3 * 2 + 1]);
      }
      int32_t steps[SQUARES], cell_steps[SQUARES];
      weigh(&columns, &found, count, flat, steps, cell_steps);
      for (int at = 0; at < count; at++) {
        if (steps[at] < COUNTERS) pixels[steps[at]]++;
        if (cell_steps[at] < COUNTERS) cells[cell_steps[at]]++;
      }
    }
  }
}
