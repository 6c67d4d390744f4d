#include "CPixels.h"

#include <stdlib.h>

#include "vectors.h"
#if X86
#include <immintrin.h>
#endif

/// Adds up products, levels and squares of a few rows, whose sums must not overflow.
static EACH_LEVEL(
    void, plain_products,
    (const uint8_t *place, ptrdiff_t stride, const int16_t *weights, const int16_t *mask, int width,
     int rows, ptrdiff_t line, int32_t sums[3]),
    (place, stride, weights, mask, width, rows, line, sums)) {
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

#if X86
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
#if X86
  const int is_wide = mask == NULL && width >= 16 && HAS_AVX2;
#endif
  sums[0] = sums[1] = sums[2] = 0;
  for (int done = 0; done < count; done += most) {
    const int rows = count - done < most ? count - done : most;
    const uint8_t *first = place + (ptrdiff_t)done * row_step * stride;
    int32_t found[3];
#if X86
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

EACH_LEVEL(
    void, pixels_part_sums,
    (const uint8_t *place, ptrdiff_t stride, const int16_t *weights, const int16_t *mask,
     ptrdiff_t line, int width, int height, int64_t sums[6]),
    (place, stride, weights, mask, line, width, height, sums)) {
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

#if X86
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
static EACH_LEVEL(
    void, widen_row,
    (const uint8_t *restrict from, int width, int places, int16_t *restrict to,
     int32_t (*found)[2]),
    (from, width, places, to, found)) {
  int32_t sum = 0, square = 0;
  int known = 0;
#if X86
  if (HAS_AVX2) known = widen_wide(from, width, to, &sum, &square);
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
static EACH_LEVEL(
    void, products_of_rows,
    (const int16_t *restrict levels, ptrdiff_t line, const int16_t *restrict taps,
     ptrdiff_t tap_line, int width, int rows, int places, int32_t *restrict products),
    (levels, line, taps, tap_line, width, rows, places, products)) {
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

#if X86
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
#if X86
  const int is_wide = width >= 16 && HAS_AVX2;
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
#if X86
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
