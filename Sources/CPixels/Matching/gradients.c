#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "Matching/block_gradients.h"
#include "vectors.h"

/// The least and the most of each sample and its two neighbours in the order of the plane, which
/// goes on from row to row.
static EACH_LEVEL(
    void, spans,
    (const float *restrict levels, ptrdiff_t from, ptrdiff_t to, ptrdiff_t count,
     float *restrict low, float *restrict high),
    (levels, from, to, count, low, high)) {
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

static EACH_LEVEL(
    void, span_of_spans,
    (const float *const low[3], const float *const high[3], int width, float *restrict gradient),
    (low, high, width, gradient)) {
  const float *restrict a = low[0], *restrict b = low[1], *restrict c = low[2];
  const float *restrict d = high[0], *restrict e = high[1], *restrict f = high[2];
  for (int x = 0; x < width; x++) {
    const float least = a[x] < b[x] ? a[x] : b[x], most = d[x] > e[x] ? d[x] : e[x];
    gradient[x] = (most > f[x] ? most : f[x]) - (least < c[x] ? least : c[x]);
  }
}

void pixels_morphological_gradient(
    const float *levels, float *gradient, int width, int height, float *scratch) {
  const ptrdiff_t count = (ptrdiff_t)width * height;
  if (height < 3 || count < 3) {
    memset(gradient, 0, sizeof(float) * count);
    return;
  }
  memset(gradient, 0, sizeof(float) * width);
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
    span_of_spans(low, high, width, gradient + row - width);
  }
  memset(gradient + count - width, 0, sizeof(float) * width);
}

/// The sums of squares of columns, moved down by a row: one enters, one leaves.
static EACH_LEVEL(
    void, move_squares,
    (const float *restrict entering, const float *restrict leaving, int width,
     float *restrict sums),
    (entering, leaving, width, sums)) {
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

static EACH_LEVEL(
    void, take_roots,
    (const float *restrict columns, const float *restrict shares, float share, int width,
     int across, float *restrict to),
    (columns, shares, share, width, across, to)) {
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

EACH_LEVEL(
    void, pixels_raise,
    (const float *restrict numbers, const float *restrict others, float share, ptrdiff_t count,
     float *restrict to),
    (numbers, others, share, count, to)) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const float other = share * others[i];
    to[i] = numbers[i] > other ? numbers[i] : other;
  }
}

/// How many columns of pixels are looked at together: whole blocks.
enum { STRIP = 32, BLOCKS = STRIP / BLOCK };

typedef uint8_t StripBytes __attribute__((vector_size(STRIP), aligned(1)));
typedef uint8_t EightBytes __attribute__((vector_size(8), aligned(1)));
typedef uint32_t Sums __attribute__((vector_size(STRIP)));

/// The least and the most of each pixel of a strip and its two neighbours.
#define LOW_OF(from) LEAST(LEAST(BYTES((from) - 1), BYTES(from)), BYTES((from) + 1))
#define HIGH_OF(from) MOST(MOST(BYTES((from) - 1), BYTES(from)), BYTES((from) + 1))
#define BYTES(from) (*(const StripBytes *)(from))

/// The sums of the squared gradients of three by three pixels in blocks side by side.
static EACH_LEVEL(
    void, strip_sums,
    (const uint8_t *first, ptrdiff_t stride, int rows, uint32_t sums[BLOCKS]),
    (first, stride, rows, sums)) {
  StripBytes low_above = LOW_OF(first - stride), high_above = HIGH_OF(first - stride);
  StripBytes low = LOW_OF(first), high = HIGH_OF(first);
  Sums columns[BLOCKS] = {{0}};
  for (int y = 0; y < rows; y++) {
    const uint8_t *below = first + (y + 1) * stride;
    const StripBytes low_below = LOW_OF(below), high_below = HIGH_OF(below);
    const StripBytes ranges = MOST(MOST(high_above, high), high_below) -
                              LEAST(LEAST(low_above, low), low_below);
    for (int block = 0; block < BLOCKS; block++) {
      EightBytes range;
      memcpy(&range, (const uint8_t *)&ranges + BLOCK * block, BLOCK);
      const Sums wide = __builtin_convertvector(range, Sums);
      columns[block] += wide * wide;
    }
    low_above = low, high_above = high, low = low_below, high = high_below;
  }
  for (int block = 0; block < BLOCKS; block++) sums[block] = __builtin_reduce_add(columns[block]);
}

/// The sum of the squared ranges of three by three pixels in a part of a block.
static uint32_t sum_of_part(const uint8_t *first, ptrdiff_t stride, int width, int rows) {
  uint32_t sum = 0;
  for (int y = 0; y < rows; y++) {
    for (int x = 0; x < width; x++) {
      uint8_t low = 255, high = 0;
      for (int at = -1; at <= 1; at++) {
        for (int row = y - 1; row <= y + 1; row++) {
          const uint8_t level = first[row * stride + x + at];
          low = LEAST(low, level), high = MOST(high, level);
        }
      }
      sum += (uint32_t)(high - low) * (uint32_t)(high - low);
    }
  }
  return sum;
}

/// The root of the mean of so many squares, less a variance; 0 where there are none.
static float root_of(uint32_t sum, int count, float variance) {
  if (count <= 0) return 0;
  const float square = (float)sum / (float)count - variance;
  return sqrtf(square > 0 ? square : 0);
}

void pixels_block_rms_gradients(
    const uint8_t *plane, ptrdiff_t stride, int plane_width, int plane_height, int left, int top,
    int width, int height, float variance, float *rms) {
  const int end = (left + width + BLOCK - 1) / BLOCK * BLOCK;
  for (int y = top / BLOCK * BLOCK; y < top + height; y += BLOCK) {
    const int first = y > 1 ? y : 1;
    const int rows = (y + BLOCK < plane_height - 1 ? y + BLOCK : plane_height - 1) - first;
    for (int start = left / BLOCK * BLOCK; start < end; start += STRIP) {
      const uint8_t *row = plane + first * stride;
      const int blocks = end - start < STRIP ? (end - start) / BLOCK : BLOCKS;
      uint32_t sums[BLOCKS];
      const int is_inside = start > 0 && start + STRIP < plane_width && rows > 0;
      if (is_inside) strip_sums(row + start, stride, rows, sums);
      for (int block = 0; block < blocks; block++) {
        const int x = start + BLOCK * block, from = x > 1 ? x : 1;
        const int columns = (x + BLOCK < plane_width - 1 ? x + BLOCK : plane_width - 1) - from;
        const int count = columns > 0 && rows > 0 ? columns * rows : 0;
        const uint32_t sum =
            is_inside ? sums[block] : sum_of_part(row + from, stride, columns, rows);
        *rms++ = root_of(sum, count, variance);
      }
    }
  }
}
