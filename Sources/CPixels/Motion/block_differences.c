#include "CPixels.h"

#include <stdlib.h>
#include <string.h>

#include "vectors.h"
#if X86
#include <immintrin.h>
#endif

/// What differs in one tile.
typedef struct {
  int32_t absolute;
  int32_t sum;
} Difference;

static Difference plain_difference(
    const uint8_t *before, const uint8_t *after, ptrdiff_t stride, int width, int height) {
  Difference found = {0, 0};
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      const int32_t step = after[y * stride + x] - before[y * stride + x];
      found.sum += step;
      found.absolute += abs(step);
    }
  }
  return found;
}

#if X86
/// Adds what differs in one row of two tiles.
static inline void add_row(__m128i before, __m128i after, __m128i *absolute, __m128i *sum) {
  const __m128i zero = _mm_setzero_si128();
  *absolute = _mm_add_epi32(*absolute, _mm_sad_epu8(before, after));
  *sum = _mm_add_epi32(
      *sum, _mm_sub_epi32(_mm_sad_epu8(after, zero), _mm_sad_epu8(before, zero)));
}

/// What was added up for two tiles.
static inline void take_pair(__m128i absolute, __m128i sum, Difference found[2]) {
  int32_t absolutes[4], sums[4];
  _mm_storeu_si128((__m128i *)absolutes, absolute);
  _mm_storeu_si128((__m128i *)sums, sum);
  for (int i = 0; i < 2; i++) found[i] = (Difference){absolutes[2 * i], sums[2 * i]};
}

/// Two tiles of eight at once: every x86-64 sums the differences of eight bytes in one step.
static void pair_of_eights(
    const uint8_t *before, const uint8_t *after, ptrdiff_t stride, int height,
    Difference found[2]) {
  __m128i absolute = _mm_setzero_si128(), sum = absolute;
  for (int y = 0; y < height; y++) {
    const __m128i a = _mm_loadu_si128((const __m128i *)(before + y * stride));
    const __m128i b = _mm_loadu_si128((const __m128i *)(after + y * stride));
    add_row(a, b, &absolute, &sum);
  }
  take_pair(absolute, sum, found);
}

/// Two tiles of four at once.
static void pair_of_fours(
    const uint8_t *before, const uint8_t *after, ptrdiff_t stride, int height,
    Difference found[2]) {
  const __m128i zero = _mm_setzero_si128();
  __m128i absolute = zero, sum = zero;
  for (int y = 0; y < height; y++) {
    const __m128i a =
        _mm_unpacklo_epi32(_mm_loadl_epi64((const __m128i *)(before + y * stride)), zero);
    const __m128i b =
        _mm_unpacklo_epi32(_mm_loadl_epi64((const __m128i *)(after + y * stride)), zero);
    add_row(a, b, &absolute, &sum);
  }
  take_pair(absolute, sum, found);
}

/// Puts what was added up for four tiles into rows of means.
__attribute__((target("avx2"), always_inline)) static inline void take_four(
    __m256i absolute, __m256i sum, float share, float *absolutes, float *means) {
  const __m256i order = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  const __m128i a = _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(absolute, order));
  const __m128i b = _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(sum, order));
  _mm_storeu_ps(absolutes, _mm_mul_ps(_mm_cvtepi32_ps(a), _mm_set1_ps(share)));
  _mm_storeu_ps(means, _mm_mul_ps(_mm_cvtepi32_ps(b), _mm_set1_ps(share)));
}

/// Four whole tiles of eight or four samples across at once, as many as there are side by side.
/// Returns how many were done.
__attribute__((target("avx2"))) static int fours_wide(
    const uint8_t *before, const uint8_t *after, ptrdiff_t stride, int side, int height, int count,
    float share, float *absolutes, float *means) {
  const __m256i zero = _mm256_setzero_si256();
  int column = 0;
  for (; column + 4 <= count; column += 4) {
    __m256i absolute = zero, sum = zero;
    for (int y = 0; y < height; y++) {
      const uint8_t *from = before + y * stride + column * side;
      const uint8_t *to = after + y * stride + column * side;
      __m256i a, b;
      if (side == 8) {
        a = _mm256_loadu_si256((const __m256i *)from);
        b = _mm256_loadu_si256((const __m256i *)to);
      } else {
        a = _mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)from));
        b = _mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)to));
      }
      absolute = _mm256_add_epi32(absolute, _mm256_sad_epu8(a, b));
      sum = _mm256_add_epi32(
          sum, _mm256_sub_epi32(_mm256_sad_epu8(b, zero), _mm256_sad_epu8(a, zero)));
    }
    take_four(absolute, sum, share, absolutes + column, means + column);
  }
  return column;
}
#endif

void pixels_tile_differences(
    const uint8_t *before, const uint8_t *after, ptrdiff_t stride, int width, int height, int side,
    int tall, int columns, int rows, float *absolutes, float *means) {
#if X86
  const int is_wide = (side == 8 || side == 4) && HAS_AVX2;
#endif
  for (int row = 0; row < rows && row * tall < height; row++) {
    const int lines = height - row * tall < tall ? height - row * tall : tall;
    const uint8_t *from = before + (ptrdiff_t)row * tall * stride;
    const uint8_t *to = after + (ptrdiff_t)row * tall * stride;
    float *absolute = absolutes + (ptrdiff_t)row * columns;
    float *mean = means + (ptrdiff_t)row * columns;
    const int whole = width / side < columns ? width / side : columns;
    const float share = 1 / (float)(side * lines);
    int done = 0;
#if X86
    if (is_wide) done = fours_wide(from, to, stride, side, lines, whole, share, absolute, mean);
#endif
    for (int column = done; column < whole; column += 2) {
      const ptrdiff_t at = (ptrdiff_t)column * side;
      const int count = whole - column < 2 ? 1 : 2;
      Difference found[2];
#if X86
      if (count == 2 && side == 8) {
        pair_of_eights(from + at, to + at, stride, lines, found);
      } else if (count == 2 && side == 4) {
        pair_of_fours(from + at, to + at, stride, lines, found);
      } else
#endif
        for (int i = 0; i < count; i++)
          found[i] =
              plain_difference(from + at + i * side, to + at + i * side, stride, side, lines);
      for (int i = 0; i < count; i++) {
        absolute[column + i] = (float)found[i].absolute * share;
        mean[column + i] = (float)found[i].sum * share;
      }
    }
    for (int column = whole; column < columns && column * side < width; column++) {
      const int last = width - column * side < side ? width - column * side : side;
      const ptrdiff_t at = (ptrdiff_t)column * side;
      const Difference found = plain_difference(from + at, to + at, stride, last, lines);
      absolute[column] = (float)found.absolute / (float)(last * lines);
      mean[column] = (float)found.sum / (float)(last * lines);
    }
  }
}

/// So many values' steps are worked out before they are counted.
enum { STEPS = 256 };

static EACH_LEVEL(
    void, steps_of,
    (const float *restrict values, int count, float scale, int32_t *restrict steps),
    (values, count, scale, steps)) {
  for (int i = 0; i < count; i++) {
    const float step = values[i] * scale;
    steps[i] = (int32_t)(step < 255 ? step : 255);
  }
}

void pixels_count_steps(const float *values, ptrdiff_t count, float scale, int32_t counts[256]) {
  // Four times, as a counter that was just raised is slow to raise again.
  int32_t tables[4][256] = {{0}}, steps[STEPS];
  for (ptrdiff_t done = 0; done < count; done += STEPS) {
    const int here = count - done < STEPS ? (int)(count - done) : STEPS;
    steps_of(values + done, here, scale, steps);
    for (int i = 0; i < here; i++) tables[i % 4][steps[i]]++;
  }
  for (int i = 0; i < 256; i++)
    counts[i] = tables[0][i] + tables[1][i] + tables[2][i] + tables[3][i];
}
