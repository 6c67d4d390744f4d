#include "CPixels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vectors.h"
#if X86
#include <immintrin.h>
#endif

/// How many places are correlated at once: they stay in registers.
enum { BLOCK = 32 };

/// Levels about the middle, each beside its right neighbour, of which there is none at the end;
/// `count` pairs, those after the row's empty, and a block more.
static EACH_LEVEL(
    void, pair_up,
    (const uint8_t *restrict row, int count, int width, int squared, int16_t *restrict pairs),
    (row, count, width, squared, pairs)) {
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

#if X86
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
#if X86
  const int wide = HAS_AVX2;
#endif
  for (int at = 0; at < columns; at += BLOCK) {
#if X86
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
static EACH_LEVEL(
    void, move_columns,
    (const uint8_t *restrict entering, const uint8_t *restrict leaving, int width,
     int32_t *restrict sums, int32_t *restrict squares),
    (entering, leaving, width, sums, squares)) {
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

static EACH_LEVEL(
    void, score_row,
    (const int32_t *restrict products, const int32_t *restrict sums,
     const int32_t *restrict squares, int columns, const PixelsShape *shape,
     float *restrict scores),
    (products, sums, squares, columns, shape, scores)) {
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
static EACH_LEVEL(
    int, first_enough,
    (const float *scores, int from, int count, float least),
    (scores, from, count, least)) {
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
