#include "CPixels.h"

#include <string.h>

#include "vectors.h"
#if X86
#include <immintrin.h>
#endif

/// The sums of the first and third, and of the second and fourth of four bytes.
static inline uint32_t sums_of_four(const uint8_t *from) {
  uint32_t four;
  memcpy(&four, from, sizeof four);
  return (four & 0x00FF00FF) + (four >> 8 & 0x00FF00FF);
}

/// The rounded mean of four by four bytes.
static inline uint32_t mean_of_sixteen(const uint8_t *from, ptrdiff_t stride) {
  const uint32_t sums = sums_of_four(from) + sums_of_four(from + stride) +
                        sums_of_four(from + 2 * stride) + sums_of_four(from + 3 * stride);
  return ((sums & 0xFFFF) + (sums >> 16) + 8) >> 4;
}

#if X86
/// The rounded means of eight blocks of four by four bytes.
__attribute__((target("avx2"), always_inline)) static inline __m256i eight_means(
    const uint8_t *from, ptrdiff_t stride) {
  const __m256i ones = _mm256_set1_epi8(1);
  __m256i pairs = _mm256_setzero_si256();
  for (int y = 0; y < 4; y++) {
    const __m256i row = _mm256_loadu_si256((const __m256i *)(from + y * stride));
    pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(row, ones));
  }
  const __m256i sums = _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
  return _mm256_srli_epi32(_mm256_add_epi32(sums, _mm256_set1_epi32(8)), 4);
}

/// Averages blocks of four by four, 32 at a time, and returns how many that makes.
__attribute__((target("avx2"))) static int quarter_wide(
    const uint8_t *from, ptrdiff_t stride, int width, uint8_t *to) {
  const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  int x = 0;
  for (; x + 32 <= width; x += 32) {
    __m256i means[4];
    for (int i = 0; i < 4; i++) means[i] = eight_means(from + 4 * x + 32 * i, stride);
    // The halves of registers are packed apart.
    const __m256i packed = _mm256_packus_epi16(
        _mm256_packs_epi32(means[0], means[1]), _mm256_packs_epi32(means[2], means[3]));
    _mm256_storeu_si256((__m256i *)(to + x), _mm256_permutevar8x32_epi32(packed, order));
  }
  return x;
}
#endif

/// Averages a row of blocks of four by four; `width` is the result's.
static void quarter(const uint8_t *from, ptrdiff_t stride, int width, uint8_t *to) {
  int x = 0;
#if X86
  if (HAS_AVX2) x = quarter_wide(from, stride, width, to);
#endif
  for (; x < width; x++) to[x] = (uint8_t)mean_of_sixteen(from + 4 * x, stride);
}

/// So many levels are looked at together.
enum { CHUNK = 64 };

/// So many means are looked at together.
enum { STRIP = 256 };

PART uint8_t least_of(
    const uint8_t *restrict levels, int count, uint8_t flip) {
  uint8_t least = 255;
  for (int x = 0; x < count; x++) {
    const uint8_t here = levels[x] ^ flip;
    least = LEAST(least, here);
  }
  return least;
}

/// The least level of a chunk, of which only the last has fewer levels.
PART uint8_t least_of_chunk(
    const uint8_t *levels, int from, int count, uint8_t flip) {
  return from + CHUNK <= count ? least_of(levels + from, CHUNK, flip)
                               : least_of(levels + from, count - from, flip);
}

/// The least level that more than a few of those counted are at most as high as; 255 where they are
/// only a few.
static uint8_t level_after(const int32_t counts[256], int few) {
  int level = 0;
  for (int left = few - counts[0]; left >= 0 && level < 255; left -= counts[level]) level++;
  return (uint8_t)level;
}

/// The least level that more than a few are at most as high as, all of them flipped.
static EACH_LEVEL(
    uint8_t, level_above,
    (const uint8_t *levels, int count, int few, uint8_t flip),
    (levels, count, few, flip)) {
  // Each chunk has one that is as low as its least: that bounds the level, and few chunks have any
  // as low as the bound.
  int32_t leasts[256] = {0}, counts[256] = {0};
  uint8_t lowest = 255;
  for (int from = 0; from < count; from += CHUNK) {
    const uint8_t least = least_of_chunk(levels, from, count, flip);
    leasts[least]++;
    lowest = LEAST(lowest, least);
  }
  const uint8_t bound = level_after(leasts, few);
  if (bound == lowest) return bound;
  for (int from = 0; from < count; from += CHUNK) {
    if (least_of_chunk(levels, from, count, flip) > bound) continue;
    for (int x = from; x < from + CHUNK && x < count; x++) {
      const uint8_t here = levels[x] ^ flip;
      if (here <= bound) counts[here]++;
    }
  }
  return level_after(counts, few);
}

void pixels_level_range(
    const uint8_t *plane, ptrdiff_t stride, int columns, int rows, int row_step, int few,
    uint8_t *scratch, uint8_t range[2]) {
  for (int y = 0; y < rows; y++)
    quarter(plane + 4 * y * row_step * stride, stride, columns, scratch + (ptrdiff_t)y * columns);
  range[0] = level_above(scratch, columns * rows, few, 0);
  range[1] = ~level_above(scratch, columns * rows, few, 255);
}

/// How many of some means are outliers: further from what is expected than allowed and a margin.
static EACH_LEVEL(
    int, count_outliers,
    (const uint8_t *restrict means, const uint8_t *restrict expected,
     const uint8_t *restrict allowed, int margin, int count),
    (means, expected, allowed, margin, count)) {
  int found = 0;
  for (int x = 0; x < count; x++) {
    const uint8_t off = MOST(means[x], expected[x]) - LEAST(means[x], expected[x]);
    found += off > allowed[x] + margin;
  }
  return found;
}

int pixels_outliers(
    const uint8_t *place, ptrdiff_t stride, const uint8_t *expected, const uint8_t *allowed,
    const uint8_t curve[256], int margin, int width, int height, int enough) {
  uint8_t means[STRIP], curved[STRIP];
  int outliers = 0;
  for (int y = 0; y < height && outliers < enough; y++) {
    for (int x = 0; x < width && outliers < enough; x += STRIP) {
      const int count = width - x < STRIP ? width - x : STRIP;
      const ptrdiff_t first = (ptrdiff_t)y * width + x;
      quarter(place + 4 * (y * stride + x), stride, count, means);
      const uint8_t *wanted = expected + first;
      if (curve) {
        for (int at = 0; at < count; at++) curved[at] = curve[wanted[at]];
        wanted = curved;
      }
      outliers += count_outliers(means, wanted, allowed + first, margin, count);
    }
  }
  return outliers;
}

float pixels_median(
    PixelsPlane plane, const PixelsPoint *points, int count, int left, int top, int halvings) {
  // Four tables, as a counter that was just raised is slow to raise again.
  uint16_t tables[4][256] = {{0}};
  for (int i = 0; i < count; i++) {
    const int x = (left + points[i].x) >> halvings, y = (top + points[i].y) >> halvings;
    const ptrdiff_t row = LEAST(y, plane.height - 1);
    tables[i % 4][plane.samples[row * plane.width + LEAST(x, plane.width - 1)]]++;
  }
  uint16_t counts[256];
  for (int level = 0; level < 256; level++)
    counts[level] = tables[0][level] + tables[1][level] + tables[2][level] + tables[3][level];
  const float half = (float)count / 2;
  int below = 0;
  for (int level = 0; level < 256; level++) {
    if (counts[level] == 0) continue;
    if ((float)(below + counts[level]) >= half)
      return (float)level - 0.5f + (half - (float)below) / (float)counts[level];
    below += counts[level];
  }
  return 255;
}
