#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "machine.h"

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

void pixels_block_roots(
    const uint8_t *plane, ptrdiff_t stride, int plane_width, int plane_height, int left, int top,
    int width, int height, float variance, float *roots) {
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
      for (int block_x = start; block_x < end; block_x += 8) {
        const int low = block_x > from ? block_x : from;
        const int high = block_x + 8 < to ? block_x + 8 : to;
        *roots++ = root_of_block(columns + (low - start), high - low, last - first, variance);
      }
    }
  }
}
