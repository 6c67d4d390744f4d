#include "CPixels.h"

#include <string.h>

#include "vectors.h"
#if X86
#include <immintrin.h>
#endif

EACH_LEVEL(
    void, pixels_widen,
    (const uint8_t *restrict from, ptrdiff_t stride, int width, int height, float *restrict to),
    (from, stride, width, height, to)) {
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) to[(ptrdiff_t)y * width + x] = from[y * stride + x];
}

/// Two bytes as one number, whose order does not matter where they are summed up: no bytes have to
/// be moved to be beside each other.
static inline uint16_t pair_at(const uint8_t *from) {
  uint16_t pair;
  memcpy(&pair, from, sizeof pair);
  return pair;
}

#if X86
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

EACH_LEVEL(
    void, pixels_halve,
    (const uint8_t *restrict from, ptrdiff_t stride, int width, int height, uint8_t *restrict to),
    (from, stride, width, height, to)) {
#if X86
  const int is_wide = HAS_AVX2;
#endif
  for (int y = 0; y < height; y++) {
    const uint8_t *restrict top = from + 2 * y * stride;
    const uint8_t *restrict bottom = top + stride;
    uint8_t *restrict out = to + (ptrdiff_t)y * width;
    int known = 0;
#if X86
    if (is_wide) known = halve_wide(top, bottom, width, out);
#endif
    for (int x = known; x < width; x++) {
      const uint16_t upper = pair_at(top + 2 * x), lower = pair_at(bottom + 2 * x);
      const uint16_t sum =
          (uint16_t)((upper & 0xFF) + (upper >> 8) + (lower & 0xFF) + (lower >> 8));
      out[x] = (uint8_t)((uint16_t)(sum + 2) >> 2);
    }
  }
}

EACH_LEVEL(
    void, pixels_halve_levels,
    (const float *restrict from, ptrdiff_t stride, int width, int height, float *restrict to),
    (from, stride, width, height, to)) {
  for (int y = 0; y < height; y++) {
    const float *restrict top = from + 2 * y * stride;
    const float *restrict bottom = top + stride;
    float *restrict out = to + (ptrdiff_t)y * width;
    for (int x = 0; x < width; x++)
      out[x] = (top[2 * x] + top[2 * x + 1] + bottom[2 * x] + bottom[2 * x + 1]) / 4;
  }
}
