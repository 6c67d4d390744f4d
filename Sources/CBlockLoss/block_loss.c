#include "CBlockLoss.h"

#include <string.h>

/// Compiles a function for several kinds of processor, chosen among when the program starts.
#if defined(__x86_64__) && defined(__linux__)
#define EACH_MACHINE __attribute__((target_clones("avx2", "default")))
#else
#define EACH_MACHINE
#endif

// The same numbers everywhere: no product and sum in one rounding.
#pragma STDC FP_CONTRACT OFF

/// One row of a block, or one column.
typedef float Row __attribute__((vector_size(32), aligned(4)));
typedef int32_t Numbers __attribute__((vector_size(32), aligned(4)));
typedef uint8_t Samples __attribute__((vector_size(8), aligned(1)));

#define INLINED static inline __attribute__((always_inline))

// Halves of the cosines of k sixteenths of half a turn; the mean's is divided by the root of two.
#define MEAN 0.35355339f
#define C1 0.49039264f
#define C2 0.46193977f
#define C3 0.41573481f
#define C5 0.27778512f
#define C6 0.19134172f
#define C7 0.09754516f

/// The discrete cosine transform of all columns: sums of mirrored samples make the even
/// frequencies, their differences the odd ones.
INLINED void forward(Row r[8]) {
  const Row s0 = r[0] + r[7], s1 = r[1] + r[6], s2 = r[2] + r[5], s3 = r[3] + r[4];
  const Row d0 = r[0] - r[7], d1 = r[1] - r[6], d2 = r[2] - r[5], d3 = r[3] - r[4];
  const Row outer = s0 + s3, inner = s1 + s2, far = s0 - s3, near = s1 - s2;
  r[0] = (outer + inner) * MEAN;
  r[4] = (outer - inner) * MEAN;
  r[2] = far * C2 + near * C6;
  r[6] = far * C6 - near * C2;
  r[1] = d0 * C1 + d1 * C3 + d2 * C5 + d3 * C7;
  r[3] = d0 * C3 - d1 * C7 - d2 * C1 - d3 * C5;
  r[5] = d0 * C5 - d1 * C1 + d2 * C7 + d3 * C3;
  r[7] = d0 * C7 - d1 * C5 + d2 * C3 - d3 * C1;
}

/// The way back: the transform's matrix has its transposed one for an inverse.
INLINED void backward(Row r[8]) {
  const Row outer = (r[0] + r[4]) * MEAN, inner = (r[0] - r[4]) * MEAN;
  const Row far = r[2] * C2 + r[6] * C6, near = r[2] * C6 - r[6] * C2;
  const Row s0 = outer + far, s3 = outer - far, s1 = inner + near, s2 = inner - near;
  const Row d0 = r[1] * C1 + r[3] * C3 + r[5] * C5 + r[7] * C7;
  const Row d1 = r[1] * C3 - r[3] * C7 - r[5] * C1 - r[7] * C5;
  const Row d2 = r[1] * C5 - r[3] * C1 + r[5] * C7 + r[7] * C3;
  const Row d3 = r[1] * C7 - r[3] * C5 + r[5] * C3 - r[7] * C1;
  r[0] = s0 + d0, r[7] = s0 - d0, r[1] = s1 + d1, r[6] = s1 - d1;
  r[2] = s2 + d2, r[5] = s2 - d2, r[3] = s3 + d3, r[4] = s3 - d3;
}

/// Makes columns of rows: pairs, then fours, then halves change places.
INLINED void transpose(Row r[8]) {
  Row pairs[8], fours[8];
  for (int i = 0; i < 8; i += 2) {
    pairs[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    pairs[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < 8; i += 4) {
    for (int j = i; j < i + 2; j++) {
      fours[j] = __builtin_shufflevector(pairs[j], pairs[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      fours[j + 2] = __builtin_shufflevector(pairs[j], pairs[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (int i = 0; i < 4; i++) {
    r[i] = __builtin_shufflevector(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    r[i + 4] = __builtin_shufflevector(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

/// To the nearest whole number, or numbers: from here on a float has no digits behind the point.
#define PAST_FRACTIONS 12582912.0f
#define ROUNDED(levels) (((levels) + PAST_FRACTIONS) - PAST_FRACTIONS)

/// Whether nothing is left of a block but its mean, as of most calm ones.
INLINED int is_even(const Row r[8]) {
  Numbers bits = (Numbers)r[0];
  bits[0] = 0;
  for (int i = 1; i < 8; i++) bits |= (Numbers)r[i];
  return __builtin_reduce_or(bits) == 0;
}

/// One whole block, with its steps and their reciprocals in the order of columns.
INLINED void block(
    const uint8_t *from, ptrdiff_t from_stride, uint8_t *into, ptrdiff_t into_stride,
    const Row steps[8], const Row shares[8]) {
  Row rows[8];
  for (int y = 0; y < 8; y++) {
    Samples samples;
    memcpy(&samples, from + y * from_stride, sizeof samples);
    rows[y] = __builtin_convertvector(samples, Row) - 128.0f;
  }
  forward(rows);
  transpose(rows);
  forward(rows);
  for (int x = 0; x < 8; x++) rows[x] = ROUNDED(rows[x] * shares[x]) * steps[x];
  if (is_even(rows)) {
    const int nearest = (int)ROUNDED(rows[0][0] * MEAN * MEAN + 128.0f);
    const int sample = nearest < 0 ? 0 : nearest > 255 ? 255 : nearest;
    for (int y = 0; y < 8; y++) memset(into + y * into_stride, sample, 8);
    return;
  }
  backward(rows);
  transpose(rows);
  backward(rows);
  for (int y = 0; y < 8; y++) {
    const Numbers least = {0}, most = least + 255;
    Numbers numbers = __builtin_convertvector(ROUNDED(rows[y] + 128.0f), Numbers);
    numbers = __builtin_elementwise_min(__builtin_elementwise_max(numbers, least), most);
    const Samples samples = __builtin_convertvector(numbers, Samples);
    memcpy(into + y * into_stride, &samples, sizeof samples);
  }
}

EACH_MACHINE
void block_loss(
    const uint8_t *from, ptrdiff_t from_stride, uint8_t *into, ptrdiff_t into_stride, int width,
    int height, const uint8_t steps[64]) {
  Row columns[8], shares[8];
  for (int x = 0; x < 8; x++) {
    for (int y = 0; y < 8; y++) columns[x][y] = steps[8 * y + x];
    shares[x] = 1.0f / columns[x];
  }
  for (int top = 0; top < height; top += 8) {
    for (int left = 0; left < width; left += 8) {
      const uint8_t *source = from + top * from_stride + left;
      uint8_t *target = into + top * into_stride + left;
      const int across = width - left, down = height - top;
      if (across >= 8 && down >= 8) {
        block(source, from_stride, target, into_stride, columns, shares);
        continue;
      }
      uint8_t padded[64], lossy[64];
      for (int y = 0; y < 8; y++) {
        const uint8_t *row = source + (y < down ? y : down - 1) * from_stride;
        for (int x = 0; x < 8; x++) padded[8 * y + x] = row[x < across ? x : across - 1];
      }
      block(padded, 8, lossy, 8, columns, shares);
      for (int y = 0; y < 8 && y < down; y++) {
        memcpy(target + y * into_stride, lossy + 8 * y, across < 8 ? across : 8);
      }
    }
  }
}
