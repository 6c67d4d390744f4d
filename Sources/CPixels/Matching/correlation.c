#include "CPixels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/// Two bytes as one number, whose order does not matter where they are summed up: no bytes have to
/// be moved to be beside each other.
static inline uint16_t pair_at(const uint8_t *from) {
  uint16_t pair;
  memcpy(&pair, from, sizeof pair);
  return pair;
}

#if defined(__x86_64__)
/// The rounded means of sixteen blocks of two by two bytes.
__attribute__((target("avx2"), always_inline)) static inline __m256i sixteen_means(
    const uint8_t *top, const uint8_t *bottom) {
  const __m256i ones = _mm256_set1_epi8(1);
  const __m256i upper = _mm256_maddubs_epi16(_mm256_loadu_si256((const __m256i *)top), ones);
  const __m256i lower = _mm256_maddubs_epi16(_mm256_loadu_si256((const __m256i *)bottom), ones);
  const __m256i sums = _mm256_add_epi16(upper, lower);
  return _mm256_srli_epi16(_mm256_add_epi16(sums, _mm256_set1_epi16(2)), 2);
}

/// Averages blocks of two by two, 32 at a time, and returns how many that makes.
__attribute__((target("avx2"))) static int halve_wide(
    const uint8_t *top, const uint8_t *bottom, int width, uint8_t *to) {
  int x = 0;
  for (; x + 32 <= width; x += 32) {
    const __m256i left = sixteen_means(top + 2 * x, bottom + 2 * x);
    const __m256i right = sixteen_means(top + 2 * x + 32, bottom + 2 * x + 32);
    // The halves of registers are packed apart.
    const __m256i packed = _mm256_permute4x64_epi64(_mm256_packus_epi16(left, right), 0xD8);
    _mm256_storeu_si256((__m256i *)(to + x), packed);
  }
  return x;
}
#endif

EACH_MACHINE
void pixels_halve(
    const uint8_t *restrict from, ptrdiff_t stride, int width, int height, uint8_t *restrict to) {
#if defined(__x86_64__)
  const int is_wide = __builtin_cpu_supports("avx2");
#endif
  for (int y = 0; y < height; y++) {
    const uint8_t *restrict top = from + 2 * y * stride;
    const uint8_t *restrict bottom = top + stride;
    uint8_t *restrict out = to + (ptrdiff_t)y * width;
    int known = 0;
#if defined(__x86_64__)
    if (is_wide) known = halve_wide(top, bottom, width, out);
#endif
    for (int x = known; x < width; x++) {
      const uint16_t upper = pair_at(top + 2 * x), lower = pair_at(bottom + 2 * x);
      const uint16_t sum = (uint16_t)((upper & 0xFF) + (upper >> 8) + (lower & 0xFF) + (lower >> 8));
      out[x] = (uint8_t)((uint16_t)(sum + 2) >> 2);
    }
  }
}

/// How many places are correlated at once: they stay in registers.
enum { BLOCK = 32 };

/// Levels about the middle, each beside its right neighbour, of which there is none at the end;
/// `count` pairs, those after the row's empty, and a block more.
EACH_MACHINE
static void pair_up(
    const uint8_t *restrict row, int count, int width, int squared, int16_t *restrict pairs) {
  const uint8_t *next = APART(row + 1);
  for (int x = 0; x < width - 1; x++) {
    const int16_t left = (int16_t)(row[x] - 128), right = (int16_t)(next[x] - 128);
    pairs[2 * x] = squared ? (int16_t)(left * left) : left;
    pairs[2 * x + 1] = squared ? (int16_t)(right * right) : right;
  }
  const int16_t last = (int16_t)(row[width - 1] - 128);
  pairs[2 * width - 2] = squared ? (int16_t)(last * last) : last;
  pairs[2 * width - 1] = 0;
  memset(pairs + 2 * width, 0, sizeof(int16_t) * 2 * (count + BLOCK - width));
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void correlate_block_wide(
    const int16_t *const *rows, const int16_t *taps, int pairs, int height, int at, int32_t *out) {
  __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
  for (int y = 0; y < height; y++) {
    const int16_t *row = rows[y] + 2 * at;
    for (int p = 0; p < pairs; p++, taps += 2, row += 4) {
      int32_t both;
      memcpy(&both, taps, 4);
      const __m256i w = _mm256_set1_epi32(both);
      const __m256i *from = (const __m256i *)row;
      a = _mm256_add_epi32(a, _mm256_madd_epi16(_mm256_loadu_si256(from), w));
      b = _mm256_add_epi32(b, _mm256_madd_epi16(_mm256_loadu_si256(from + 1), w));
      c = _mm256_add_epi32(c, _mm256_madd_epi16(_mm256_loadu_si256(from + 2), w));
      d = _mm256_add_epi32(d, _mm256_madd_epi16(_mm256_loadu_si256(from + 3), w));
    }
  }
  __m256i *to = (__m256i *)out;
  _mm256_storeu_si256(to, a);
  _mm256_storeu_si256(to + 1, b);
  _mm256_storeu_si256(to + 2, c);
  _mm256_storeu_si256(to + 3, d);
}

static void correlate_block(
    const int16_t *const *rows, const int16_t *taps, int pairs, int height, int at, int32_t *out) {
  __m128i sums[BLOCK / 4];
  for (int i = 0; i < BLOCK / 4; i++) sums[i] = _mm_setzero_si128();
  for (int y = 0; y < height; y++) {
    const int16_t *row = rows[y] + 2 * at;
    for (int p = 0; p < pairs; p++, taps += 2, row += 4) {
      int32_t both;
      memcpy(&both, taps, 4);
      const __m128i w = _mm_set1_epi32(both);
      const __m128i *from = (const __m128i *)row;
      for (int i = 0; i < BLOCK / 4; i++)
        sums[i] = _mm_add_epi32(sums[i], _mm_madd_epi16(_mm_loadu_si128(from + i), w));
    }
  }
  for (int i = 0; i < BLOCK / 4; i++) _mm_storeu_si128((__m128i *)out + i, sums[i]);
}
#else
static void correlate_block(
    const int16_t *const *rows, const int16_t *taps, int pairs, int height, int at, int32_t *out) {
  int32_t sums[BLOCK] = {0};
  for (int y = 0; y < height; y++) {
    const int16_t *row = rows[y] + 2 * at;
    for (int p = 0; p < pairs; p++, taps += 2, row += 4) {
      const int32_t left = taps[0], right = taps[1];
      for (int x = 0; x < BLOCK; x++) sums[x] += row[2 * x] * left + row[2 * x + 1] * right;
    }
  }
  memcpy(out, sums, sizeof sums);
}
#endif

/// Correlates a row of places with taps.
static void correlate_row(
    const int16_t *const *rows, const int16_t *taps, const PixelsShape *shape, int columns,
    int32_t *out) {
#if defined(__x86_64__)
  const int wide = __builtin_cpu_supports("avx2");
#endif
  for (int at = 0; at < columns; at += BLOCK) {
#if defined(__x86_64__)
    if (wide) {
      correlate_block_wide(rows, taps, shape->pairs, shape->height, at, out + at);
      continue;
    }
#endif
    correlate_block(rows, taps, shape->pairs, shape->height, at, out + at);
  }
}

/// Keeps the column sums of levels about the middle, and of their squares, of the rows under the
/// template.
EACH_MACHINE
static void move_columns(
    const uint8_t *restrict entering, const uint8_t *restrict leaving, int width,
    int32_t *restrict sums, int32_t *restrict squares) {
  for (int x = 0; x < width; x++) {
    const int32_t value = entering[x] - 128;
    sums[x] += value;
    squares[x] += value * value;
  }
  if (leaving == NULL) return;
  for (int x = 0; x < width; x++) {
    const int32_t value = leaving[x] - 128;
    sums[x] -= value;
    squares[x] -= value * value;
  }
}

EACH_MACHINE
static void score_row(
    const int32_t *restrict products, const int32_t *restrict sums, const int32_t *restrict squares,
    int columns, const PixelsShape *shape, float *restrict scores) {
  const float count = (float)shape->count, bias = shape->bias, norm = shape->norm;
  const float least = 0.5f * count;
  for (int x = 0; x < columns; x++) {
    const float sum = (float)sums[x];
    const float spread = (float)squares[x] - sum * sum / count;
    const float score = ((float)products[x] - bias * sum) / (norm * sqrtf(spread));
    scores[x] = spread > least ? score : 0;
  }
}

int pixels_correlate(
    const PixelsShape *shape, const uint8_t *plane, ptrdiff_t stride, int columns, int rows,
    float *scores, ptrdiff_t column_step, ptrdiff_t row_step) {
  const int width = columns + shape->width - 1;
  const int height = shape->height;
  // Pairs that the last block of places may reach for.
  const int length = columns + 2 * shape->pairs + BLOCK;
  const size_t line = 2 * (size_t)(length + BLOCK);
  const int kinds = shape->mask ? 2 : 1;
  int16_t *pairs = malloc(sizeof(int16_t) * line * height * kinds);
  const int16_t **order = malloc(sizeof(int16_t *) * height * kinds);
  int32_t *numbers = calloc(5 * (size_t)(length + BLOCK), sizeof(int32_t));
  float *row = malloc(sizeof(float) * (columns + BLOCK));
  if (!pairs || !order || !numbers || !row) {
    free(pairs);
    free(order);
    free(numbers);
    free(row);
    return 0;
  }
  int32_t *products = numbers, *sums = products + length + BLOCK, *squares = sums + length + BLOCK;
  int32_t *column_sums = squares + length + BLOCK, *column_squares = column_sums + length + BLOCK;
  for (int y = 0; y < rows + height - 1; y++) {
    // A ring of the rows under the template.
    const uint8_t *entering = plane + y * stride;
    int16_t *slot = pairs + line * (y % height);
    pair_up(entering, length, width, 0, slot);
    if (shape->mask) {
      pair_up(entering, length, width, 1, slot + line * height);
    } else {
      move_columns(
          entering, y >= height ? entering - height * stride : NULL, width, column_sums,
          column_squares);
    }
    const int top = y - height + 1;
    if (top < 0) continue;
    for (int i = 0; i < height * kinds; i++)
      order[i] = pairs + line * ((top + i) % height) + (i < height ? 0 : line * height);
    correlate_row(order, shape->weights, shape, columns, products);
    if (shape->mask) {
      correlate_row(order, shape->mask, shape, columns, sums);
      correlate_row(order + height, shape->mask, shape, columns, squares);
    } else {
      int32_t sum = 0, square = 0;
      for (int x = 0; x < shape->width - 1; x++) {
        sum += column_sums[x];
        square += column_squares[x];
      }
      for (int x = 0; x < columns; x++) {
        sum += column_sums[x + shape->width - 1];
        square += column_squares[x + shape->width - 1];
        sums[x] = sum;
        squares[x] = square;
        sum -= column_sums[x];
        square -= column_squares[x];
      }
    }
    score_row(products, sums, squares, columns, shape, row);
    float *out = scores + top * row_step;
    for (int x = 0; x < columns; x++) out[x * column_step] = row[x];
  }
  free(pairs);
  free(order);
  free(numbers);
  free(row);
  return 1;
}

/// Whether a place is higher than its neighbours, or as high as later ones.
static int is_peak(const float *scores, int columns, int rows, int x, int y) {
  const float score = scores[(ptrdiff_t)y * columns + x];
  for (int ny = y > 0 ? y - 1 : 0; ny <= y + 1 && ny < rows; ny++) {
    for (int nx = x > 0 ? x - 1 : 0; nx <= x + 1 && nx < columns; nx++) {
      const float other = scores[(ptrdiff_t)ny * columns + nx];
      if (other > score) return 0;
      if (other == score && (ny < y || (ny == y && nx < x))) return 0;
    }
  }
  return 1;
}

/// The first of scores from one on that is high enough, or their number.
EACH_MACHINE
static int first_enough(const float *scores, int from, int count, float least) {
  int x = from;
  while (x + 8 <= count && !__builtin_reduce_or(*(const Eight *)(scores + x) >= least)) x += 8;
  while (x < count && !(scores[x] >= least)) x++;
  return x;
}

int pixels_peaks(
    const float *scores, int columns, int rows, float least, int most, PixelsPeak *peaks) {
  int count = 0;
  for (int y = 0; y < rows; y++) {
    const float *row = scores + (ptrdiff_t)y * columns;
    // No number at all is no peak either.
    for (int x = first_enough(row, 0, columns, least); x < columns;
         x = first_enough(row, x + 1, columns, least)) {
      const float score = row[x];
      if (!is_peak(scores, columns, rows, x, y)) continue;
      if (count == most && score <= peaks[most - 1].score) continue;
      int at = count < most ? count++ : most - 1;
      while (at > 0 && peaks[at - 1].score < score) {
        peaks[at] = peaks[at - 1];
        at--;
      }
      peaks[at] = (PixelsPeak){x, y, score};
      if (count == most) least = peaks[most - 1].score;
    }
  }
  return count;
}

/// Adds up products, levels and squares of a few rows, whose sums must not overflow.
EACH_MACHINE
static void plain_products(
    const uint8_t *place, ptrdiff_t stride, const int16_t *weights, const int16_t *mask, int width,
    int rows, ptrdiff_t line, int32_t sums[3]) {
  int32_t product = 0, sum = 0, square = 0;
  for (int y = 0; y < rows; y++) {
    const uint8_t *restrict row = place + y * stride;
    const int16_t *restrict taps = weights + y * line;
    if (mask == NULL) {
      for (int x = 0; x < width; x++) {
        const int16_t value = row[x];
        product += (int32_t)value * taps[x];
        sum += value;
        square += (int32_t)value * value;
      }
    } else {
      const int16_t *restrict counts = mask + y * line;
      for (int x = 0; x < width; x++) {
        const int16_t value = (int16_t)(row[x] * counts[x]);
        product += (int32_t)value * taps[x];
        sum += value;
        square += (int32_t)value * value;
      }
    }
  }
  sums[0] = product, sums[1] = sum, sums[2] = square;
}

#if defined(__x86_64__)
/// Sixteen taps from a column on, of which those count that were not looked at before: the last
/// sixteen end with the row.
__attribute__((target("avx2"), always_inline)) static inline __m256i taps_left(
    const int16_t *taps, int known) {
  static const int16_t marks[32] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  const __m256i left = _mm256_loadu_si256((const __m256i *)(marks + 16 - known));
  return _mm256_and_si256(_mm256_loadu_si256((const __m256i *)taps), left);
}

__attribute__((target("avx2"), always_inline)) static inline int32_t sum_of_lanes(__m256i lanes) {
  __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4E));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xB1));
  return _mm_cvtsi128_si32(sum);
}

/// Sixteen bytes as numbers.
#define SIXTEEN(from) _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(from)))

/// The same sixteen columns at a time, where all taps count; there are at least so many.
__attribute__((target("avx2"))) static void wide_products(
    const uint8_t *place, ptrdiff_t stride, const int16_t *weights, int width, int rows,
    ptrdiff_t line, int32_t sums[3]) {
  const __m256i ones = _mm256_set1_epi16(1);
  const int last = width - 16, known = (16 - width % 16) % 16;
  const __m256i counts = taps_left((const int16_t *)&ones, known);
  __m256i product = _mm256_setzero_si256(), sum = product, square = product;
  for (int y = 0; y < rows; y++) {
    const uint8_t *row = place + y * stride;
    const int16_t *taps = weights + y * line;
    for (int x = 0; x < last; x += 16) {
      const __m256i value = SIXTEEN(row + x);
      const __m256i tap = _mm256_loadu_si256((const __m256i *)(taps + x));
      product = _mm256_add_epi32(product, _mm256_madd_epi16(value, tap));
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(value, ones));
      square = _mm256_add_epi32(square, _mm256_madd_epi16(value, value));
    }
    const __m256i value = SIXTEEN(row + last), left = _mm256_mullo_epi16(value, counts);
    product = _mm256_add_epi32(product, _mm256_madd_epi16(value, taps_left(taps + last, known)));
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(value, counts));
    square = _mm256_add_epi32(square, _mm256_madd_epi16(value, left));
  }
  sums[0] = sum_of_lanes(product);
  sums[1] = sum_of_lanes(sum);
  sums[2] = sum_of_lanes(square);
}
#endif

/// So many products never overflow a sum.
enum { MOST_PRODUCTS = 1 << 14 };

void pixels_products(
    const uint8_t *place, ptrdiff_t stride, const int16_t *weights, const int16_t *mask, int width,
    int height, int row_step, int64_t sums[3]) {
  const int most = MOST_PRODUCTS / width > 1 ? MOST_PRODUCTS / width : 1;
  const int count = (height + row_step - 1) / row_step;
  const ptrdiff_t line = (ptrdiff_t)row_step * width;
#if defined(__x86_64__)
  const int is_wide = mask == NULL && width >= 16 && __builtin_cpu_supports("avx2");
#endif
  sums[0] = sums[1] = sums[2] = 0;
  for (int done = 0; done < count; done += most) {
    const int rows = count - done < most ? count - done : most;
    const uint8_t *first = place + (ptrdiff_t)done * row_step * stride;
    int32_t found[3];
#if defined(__x86_64__)
    if (is_wide)
      wide_products(first, row_step * stride, weights + done * line, width, rows, line, found);
    else
#endif
      plain_products(
          first, row_step * stride, weights + done * line, mask ? mask + done * line : NULL, width,
          rows, line, found);
    for (int i = 0; i < 3; i++) sums[i] += found[i];
  }
}

EACH_MACHINE
void pixels_part_sums(
    const uint8_t *place, ptrdiff_t stride, const int16_t *weights, const int16_t *mask,
    ptrdiff_t line, int width, int height, int64_t sums[6]) {
  for (int i = 0; i < 6; i++) sums[i] = 0;
  for (int y = 0; y < height; y++) {
    const uint8_t *restrict row = place + y * stride;
    const int16_t *restrict taps = weights + y * line;
    const int16_t *restrict counts = mask ? mask + y * line : NULL;
    int64_t found[6] = {0};
    for (int x = 0; x < width; x++) {
      const int32_t level = counts ? row[x] * counts[x] : row[x], tap = taps[x];
      found[0] += level * tap;
      found[1] += level;
      found[2] += level * level;
      found[3] += tap;
      found[4] += tap * tap;
      found[5] += counts ? counts[x] : 1;
    }
    for (int i = 0; i < 6; i++) sums[i] += found[i];
  }
}

#if defined(__x86_64__)
/// Levels as numbers, sixteen at a time, their sum and that of their squares; returns how many.
__attribute__((target("avx2"))) static int widen_wide(
    const uint8_t *from, int width, int16_t *to, int32_t *sum, int32_t *square) {
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i levels = _mm256_setzero_si256(), squares = levels;
  int x = 0;
  for (; x + 16 <= width; x += 16) {
    const __m256i value = SIXTEEN(from + x);
    _mm256_storeu_si256((__m256i *)(to + x), value);
    levels = _mm256_add_epi32(levels, _mm256_madd_epi16(value, ones));
    squares = _mm256_add_epi32(squares, _mm256_madd_epi16(value, value));
  }
  *sum = sum_of_lanes(levels);
  *square = sum_of_lanes(squares);
  return x;
}
#endif

/// Levels as numbers, and the sums over the places side by side that they lie under, of levels and
/// of their squares.
EACH_MACHINE
static void widen_row(
    const uint8_t *restrict from, int width, int places, int16_t *restrict to, int32_t (*found)[2]) {
  int32_t sum = 0, square = 0;
  int known = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) known = widen_wide(from, width, to, &sum, &square);
#endif
  for (int x = known; x < width + places - 1; x++) to[x] = from[x];
  for (int x = known; x < width; x++) {
    sum += to[x];
    square += (int32_t)to[x] * to[x];
  }
  // Each place's sums are those of the place before, moved by a column.
  for (int x = 0; x < places; x++) {
    found[x][0] = sum, found[x][1] = square;
    const int32_t left = to[x], right = x + 1 < places ? to[x + width] : 0;
    sum += right - left;
    square += right * right - left * left;
  }
}

/// The products of taps with places side by side, in sums that must not overflow.
EACH_MACHINE
static void products_of_rows(
    const int16_t *restrict levels, ptrdiff_t line, const int16_t *restrict taps,
    ptrdiff_t tap_line, int width, int rows, int places, int32_t *restrict products) {
  for (int place = 0; place < places; place++) {
    int32_t sum = 0;
    for (int y = 0; y < rows; y++) {
      const int16_t *restrict row = levels + y * line + place;
      const int16_t *restrict weights = taps + y * tap_line;
      for (int x = 0; x < width; x++) sum += (int32_t)row[x] * weights[x];
    }
    products[place] = sum;
  }
}

#if defined(__x86_64__)
/// The same sixteen columns at a time, of which there are as many at least, at a number of places
/// that is known where this is compiled: they share the taps.
__attribute__((target("avx2"), always_inline)) static inline void wide_products_at(
    const int16_t *levels, ptrdiff_t line, const int16_t *taps, ptrdiff_t tap_line, int width,
    int rows, const int places, int32_t *products) {
  const int last = width - 16, known = (16 - width % 16) % 16;
  __m256i sums[5];
  for (int i = 0; i < places; i++) sums[i] = _mm256_setzero_si256();
  for (int y = 0; y < rows; y++) {
    const int16_t *row = levels + y * line, *weights = taps + y * tap_line;
    for (int x = 0; x < last; x += 16) {
      const __m256i tap = _mm256_loadu_si256((const __m256i *)(weights + x));
      for (int i = 0; i < places; i++) {
        const __m256i level = _mm256_loadu_si256((const __m256i *)(row + x + i));
        sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(level, tap));
      }
    }
    const __m256i tap = taps_left(weights + last, known);
    for (int i = 0; i < places; i++) {
      const __m256i level = _mm256_loadu_si256((const __m256i *)(row + last + i));
      sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(level, tap));
    }
  }
  for (int i = 0; i < places; i++) products[i] = sum_of_lanes(sums[i]);
}

__attribute__((target("avx2"))) static void wide_products_of_rows(
    const int16_t *levels, ptrdiff_t line, const int16_t *taps, ptrdiff_t tap_line, int width,
    int rows, int places, int32_t *products) {
  while (places > 0) {
    // A search looks one or two pixels around.
    const int together = places >= 5 ? 5 : places >= 3 ? 3 : 1;
    if (together == 5) wide_products_at(levels, line, taps, tap_line, width, rows, 5, products);
    if (together == 3) wide_products_at(levels, line, taps, tap_line, width, rows, 3, products);
    if (together == 1) wide_products_at(levels, line, taps, tap_line, width, rows, 1, products);
    levels += together, products += together, places -= together;
  }
}
#endif

int pixels_products_around(
    const uint8_t *first, ptrdiff_t stride, const int16_t *weights, int width, int height,
    int row_step, int across, int down, void *sums) {
  const int line = width + across - 1, lines = height + down - 1;
  int16_t *levels = malloc(sizeof(int16_t) * line * lines);
  int32_t(*rows)[2] = malloc(sizeof(int32_t[2]) * lines * across);
  if (!levels || !rows) {
    free(levels);
    free(rows);
    return 0;
  }
  for (int y = 0; y < lines; y++)
    widen_row(
        first + y * stride, width, across, levels + (ptrdiff_t)y * line,
        rows + (ptrdiff_t)y * across);
#if defined(__x86_64__)
  const int is_wide = width >= 16 && __builtin_cpu_supports("avx2");
#endif
  const int most = MOST_PRODUCTS / width > 1 ? MOST_PRODUCTS / width : 1;
  const int count = (height + row_step - 1) / row_step;
  for (int dy = 0; dy < down; dy++) {
    int64_t(*out)[3] = (int64_t(*)[3])sums + (ptrdiff_t)dy * across;
    for (int x = 0; x < across; x++) {
      out[x][0] = out[x][1] = out[x][2] = 0;
      for (int y = dy; y < dy + height; y += row_step) {
        out[x][1] += rows[(ptrdiff_t)y * across + x][0];
        out[x][2] += rows[(ptrdiff_t)y * across + x][1];
      }
    }
    for (int done = 0; done < count; done += most) {
      int32_t products[8];
      const int16_t *place = levels + (ptrdiff_t)(dy + done * row_step) * line;
      const int16_t *taps = weights + (ptrdiff_t)done * row_step * width;
      const ptrdiff_t step = (ptrdiff_t)row_step * line, tap_step = (ptrdiff_t)row_step * width;
      const int together = count - done < most ? count - done : most;
#if defined(__x86_64__)
      if (is_wide)
        wide_products_of_rows(place, step, taps, tap_step, width, together, across, products);
      else
#endif
        products_of_rows(place, step, taps, tap_step, width, together, across, products);
      for (int x = 0; x < across; x++) out[x][0] += products[x];
    }
  }
  free(levels);
  free(rows);
  return 1;
}
