#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "counters.h"
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

/// How much eight levels stand out.
#define SLOPE(levels, width)                                                                   \
  (MAGNITUDE(LOAD((levels) + 1) - LOAD((levels) - 1)) +                                        \
   MAGNITUDE(LOAD((levels) + (width)) - LOAD((levels) - (width))))
/// From what slope on there is an edge.
static const float EDGE = 12;

EACH_MACHINE
int pixels_edges(
    const float *levels, int width, int height, int first_row, int row_step, PixelsEight *found) {
  int count = 0;
  if (width < 10) return 0;
  for (int y = first_row; y < height - 1; y += row_step) {
    for (int x = 1; x < width - 1; x += 8) {
      // The last eight end with the row; what was looked at already does not count again.
      const int from = x + 8 <= width - 1 ? x : width - 9;
      const float *here = levels + (ptrdiff_t)y * width + from;
      found[count] = (PixelsEight){y * width + from, x - from};
      // Without a branch: which eights have an edge can't be foretold.
      count += __builtin_reduce_or(SLOPE(here, width) >= EDGE) != 0;
    }
  }
  return count;
}

EACH_MACHINE
int pixels_warp_sums(
    const float *expected, const float *seen, const float *weights, const float *across,
    float across_sign, const float *down, float down_sign, int width, const PixelsEight *edges,
    int count, float sums[15]) {
  Eight totals[15], counted = {0};
  memset(totals, 0, sizeof totals);
  static const EightInts lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  for (int at = 0; at < count; at++) {
    const ptrdiff_t i = edges[at].start;
    const EightInts counts = (SLOPE(expected + i, width) >= EDGE) & (LOAD(weights + i) != 0.0f) &
                             (lanes >= edges[at].known);
    const Eight one = (Eight)((EightInts)(Eight){1, 1, 1, 1, 1, 1, 1, 1} & counts);
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
  for (int i = 0; i < 15; i++) {
    sums[i] = 0;
    for (int lane = 0; lane < 8; lane++) sums[i] += totals[i][lane];
  }
  float pixels = 0;
  for (int lane = 0; lane < 8; lane++) pixels += counted[lane];
  return (int)pixels;
}

/// The least and the most of each sample and its two neighbours in the order of the plane, which
/// goes on from row to row.
EACH_MACHINE
static void spans(
    const float *restrict levels, ptrdiff_t from, ptrdiff_t to, ptrdiff_t count,
    float *restrict low, float *restrict high) {
  const ptrdiff_t first = from > 1 ? from : 1, last = to < count - 1 ? to : count - 1;
  const float *before = APART(levels - 1), *after = APART(levels + 1);
  for (ptrdiff_t i = first; i < last; i++) {
    const float a = before[i], b = levels[i], c = after[i];
    const float least = a < b ? a : b, most = a > b ? a : b;
    low[i - from] = least < c ? least : c;
    high[i - from] = most > c ? most : c;
  }
  if (from == 0) low[0] = high[0] = levels[0];
  if (to == count) low[to - 1 - from] = high[to - 1 - from] = levels[count - 1];
}

EACH_MACHINE
static void span_of_spans(
    const float *const low[3], const float *const high[3], int width, float *restrict relief) {
  const float *restrict a = low[0], *restrict b = low[1], *restrict c = low[2];
  const float *restrict d = high[0], *restrict e = high[1], *restrict f = high[2];
  for (int x = 0; x < width; x++) {
    const float least = a[x] < b[x] ? a[x] : b[x], most = d[x] > e[x] ? d[x] : e[x];
    relief[x] = (most > f[x] ? most : f[x]) - (least < c[x] ? least : c[x]);
  }
}

void pixels_relief(
    const float *levels, float *relief, int width, int height, float *scratch) {
  const ptrdiff_t count = (ptrdiff_t)width * height;
  if (height < 3 || count < 3) {
    memset(relief, 0, sizeof(float) * count);
    return;
  }
  memset(relief, 0, sizeof(float) * width);
  for (int y = 0; y < height; y++) {
    // A ring of three rows.
    const ptrdiff_t slot = (ptrdiff_t)2 * width * (y % 3);
    const ptrdiff_t row = (ptrdiff_t)y * width;
    spans(levels, row, row + width, count, scratch + slot, scratch + slot + width);
    if (y < 2) continue;
    const float *low[3], *high[3];
    for (int i = 0; i < 3; i++) {
      low[i] = scratch + (ptrdiff_t)2 * width * ((y - 2 + i) % 3);
      high[i] = low[i] + width;
    }
    span_of_spans(low, high, width, relief + row - width);
  }
  memset(relief + count - width, 0, sizeof(float) * width);
}

/// The sums of squares of columns, moved down by a row: one enters, one leaves.
EACH_MACHINE
static void move_squares(
    const float *restrict entering, const float *restrict leaving, int width,
    float *restrict sums) {
  if (entering && leaving) {
    for (int x = 0; x < width; x++)
      sums[x] = sums[x] + entering[x] * entering[x] - leaving[x] * leaving[x];
  } else if (entering) {
    for (int x = 0; x < width; x++) sums[x] += entering[x] * entering[x];
  } else if (leaving) {
    for (int x = 0; x < width; x++) sums[x] -= leaving[x] * leaving[x];
  }
}

/// Adds up `across` numbers from each on, eight such sums at a time, and takes the roots of their
/// means; `shares` are one by how many columns there are around each place.
#define TAKE_ROOTS(across)                                                                     \
  for (; x + 8 <= width; x += 8) {                                                             \
    Eight sum = LOAD(columns + x);                                                             \
    for (int next = 1; next < (across); next++) sum += LOAD(columns + x + next);               \
    const Eight mean = sum * LOAD(shares + x) * share;                                         \
    const EightInts counts = mean > 0.0f;                                                      \
    *(Eight *)(to + x) = __builtin_elementwise_sqrt((Eight)((EightInts)mean & counts));        \
  }

EACH_MACHINE
static void take_roots(
    const float *restrict columns, const float *restrict shares, float share, int width, int across,
    float *restrict to) {
  int x = 0;
  // The usual numbers are known here, so that the inner loop goes.
  if (across == 13) {
    TAKE_ROOTS(13)
  } else if (across == 9) {
    TAKE_ROOTS(9)
  } else {
    TAKE_ROOTS(across)
  }
  for (; x < width; x++) {
    float sum = columns[x];
    for (int next = 1; next < across; next++) sum += columns[x + next];
    const float mean = sum * shares[x] * share;
    to[x] = sqrtf(mean > 0 ? mean : 0);
  }
}

void pixels_root_mean_squares(
    const float *from, float *to, int width, int height, int reach, float *scratch) {
  // Sums of columns with zeros beside them.
  float *padded = scratch, *columns = padded + reach, *shares = columns + width + reach;
  memset(padded, 0, sizeof(float) * (width + 2 * reach));
  for (int x = 0; x < width; x++) {
    const int left = x < reach ? x : reach;
    const int right = width - 1 - x < reach ? width - 1 - x : reach;
    shares[x] = 1 / (float)(left + right + 1);
  }
  for (int row = 0; row < reach && row < height; row++)
    move_squares(from + (ptrdiff_t)row * width, NULL, width, columns);
  for (int y = 0; y < height; y++) {
    const float *entering = y + reach < height ? from + (ptrdiff_t)(y + reach) * width : NULL;
    const float *leaving = y > reach ? from + (ptrdiff_t)(y - reach - 1) * width : NULL;
    move_squares(entering, leaving, width, columns);
    const int highest = y > reach ? y - reach : 0;
    const int lowest = y + reach < height ? y + reach : height - 1;
    take_roots(
        padded, shares, 1 / (float)(lowest - highest + 1), width, 2 * reach + 1,
        to + (ptrdiff_t)y * width);
  }
}

/// The squared range of three by three pixels, added to what columns have so far.
EACH_MACHINE
static void add_reliefs(
    const uint8_t *restrict middle, ptrdiff_t stride, int count, uint32_t *restrict columns) {
  uint8_t low[258], high[258];
  for (int x = 0; x < count + 2; x++) {
    const uint8_t a = middle[x - 1 - stride], b = middle[x - 1], c = middle[x - 1 + stride];
    low[x] = LEAST(LEAST(a, b), c);
    high[x] = MOST(MOST(a, b), c);
  }
  const uint8_t *a = low, *b = APART(low + 1), *c = APART(low + 2);
  const uint8_t *d = high, *e = APART(high + 1), *f = APART(high + 2);
  for (int x = 0; x < count; x++) {
    const uint8_t lowest = LEAST(LEAST(a[x], b[x]), c[x]);
    const uint16_t range = (uint8_t)(MOST(MOST(d[x], e[x]), f[x]) - lowest);
    columns[x] += (uint16_t)(range * range);
  }
}

EACH_MACHINE
static void larger_of(
    const float *restrict row, const float *restrict least, int count, float *restrict to) {
  for (int x = 0; x < count; x++) to[x] = row[x] > least[x] ? row[x] : least[x];
}

/// How many columns of pixels are looked at together: whole blocks.
enum { STRIP = 256 };

/// The root of the mean of squares in a block, less a variance; 0 for an empty block.
static float root_of_block(const uint32_t *columns, int width, int height, float variance) {
  if (width <= 0 || height <= 0) return 0;
  uint32_t sum = 0;
  for (int x = 0; x < width; x++) sum += columns[x];
  const float rest = (float)sum / (float)(width * height) - variance;
  return sqrtf(rest > 0 ? rest : 0);
}

void pixels_raise_activity(
    const uint8_t *plane, ptrdiff_t stride, int plane_width, int plane_height, int left, int top,
    int width, int height, float variance, const float *around, float *activity) {
  const int right = left + width, bottom = top + height;
  for (int block_y = top / 8 * 8; block_y < bottom; block_y += 8) {
    const int first = block_y > 1 ? block_y : 1;
    const int last = block_y + 8 < plane_height - 1 ? block_y + 8 : plane_height - 1;
    for (int start = left / 8 * 8; start < right; start += STRIP) {
      uint32_t columns[STRIP] = {0};
      const int end = right - start < STRIP ? (right + 7) / 8 * 8 : start + STRIP;
      const int from = start > 1 ? start : 1;
      const int to = end < plane_width - 1 ? end : plane_width - 1;
      for (int y = first; y < last && to > from; y++)
        add_reliefs(plane + y * stride + from, stride, to - from, columns + (from - start));
      float roots[STRIP];
      for (int block_x = start; block_x < end; block_x += 8) {
        const int low = block_x > from ? block_x : from;
        const int high = block_x + 8 < to ? block_x + 8 : to;
        const float root =
            root_of_block(columns + (low - start), high - low, last - first, variance);
        for (int x = 0; x < 8; x++) roots[block_x - start + x] = root;
      }
      const int a = start > left ? start : left, b = end < right ? end : right;
      for (int y = block_y > top ? block_y : top; y < block_y + 8 && y < bottom; y++) {
        const ptrdiff_t i = (ptrdiff_t)(y - top) * width + (a - left);
        larger_of(around + i, roots + (a - start), b - a, activity + i);
      }
    }
  }
}

/// So many pixels' counters are worked out before they are raised.
enum { STEPS = 256 };

/// Counters for two kinds of pixels, and one more for those that don't count; four times, as one that
/// was just raised is slow to raise again.
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

/// The counters of steps to pixels from those before.
EACH_MACHINE
static void noise_steps(
    const float *restrict seen, const float *restrict expected, const float *restrict relief,
    const float *restrict weights, int count, float flat, int32_t *restrict steps) {
  const float *seen_before = APART(seen - 1), *expected_before = APART(expected - 1);
  const float *relief_before = APART(relief - 1), *weights_before = APART(weights - 1);
  for (int x = 0; x < count; x++) {
    const int passed = (weights[x] * weights_before[x] == 0) | (relief[x] >= flat) |
                       (relief_before[x] >= flat);
    const float step = (seen[x] - expected[x]) - (seen_before[x] - expected_before[x]);
    const int32_t counter = step_of(4 * fabsf(step));
    steps[x] = passed ? UNCOUNTED : counter;
  }
}

int pixels_noise_steps(
    const float *seen, const float *expected, const float *relief, const float *weights, int width,
    int height, int row_step, float flat, int32_t counts[COUNTERS]) {
  Tables tables = {{0}};
  int32_t steps[STEPS];
  for (int y = 1; y < height; y += row_step) {
    for (int x = 1; x < width; x += STEPS) {
      const int count = width - x < STEPS ? width - x : STEPS;
      const ptrdiff_t i = (ptrdiff_t)y * width + x;
      noise_steps(seen + i, expected + i, relief + i, weights + i, count, flat, steps);
      count_up(steps, count, tables);
    }
  }
  return take_counts(tables, 0, counts);
}

/// The counters of pixels at edges, and of those near them as the second kind.
EACH_MACHINE
static void compression_steps(
    const float *restrict seen, const float *restrict expected, const float *restrict relief,
    const float *restrict activity, const float *restrict weights, int count, float variance,
    float edge, float calm, int32_t *restrict steps) {
  for (int x = 0; x < count; x++) {
    const int is_at_edge = relief[x] >= edge;
    const int counts = (weights[x] != 0) & (is_at_edge | !(activity[x] < calm));
    const float offset = seen[x] - expected[x];
    const float square = offset * offset - variance;
    const float rest = sqrtf(square > 0 ? square : 0);
    const float whole = is_at_edge ? relief[x] : activity[x], scale = is_at_edge ? 256 : 512;
    const int32_t counter = step_of(scale * rest / whole) + (is_at_edge ? 0 : COUNTERS);
    steps[x] = counts ? counter : UNCOUNTED;
  }
}

void pixels_compression(
    const float *seen, const float *expected, const float *relief, const float *activity,
    const float *weights, int width, int height, int row_step, float variance, float edge,
    float calm, int32_t edges[COUNTERS], int32_t near[COUNTERS]) {
  Tables tables = {{0}};
  int32_t steps[STEPS];
  for (int y = 1; y < height - 1; y += row_step) {
    for (int x = 1; x < width - 1; x += STEPS) {
      const int count = width - 1 - x < STEPS ? width - 1 - x : STEPS;
      const ptrdiff_t i = (ptrdiff_t)y * width + x;
      compression_steps(
          seen + i, expected + i, relief + i, activity + i, weights + i, count, variance, edge, calm,
          steps);
      count_up(steps, count, tables);
    }
  }
  take_counts(tables, 0, edges);
  take_counts(tables, 1, near);
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
