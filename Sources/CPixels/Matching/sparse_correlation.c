#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "vectors.h"

/// How many places are correlated at once: their sums stay in the first cache.
enum { SPAN = 512 };

/// Adds what one tap sees at places side by side.
static EACH_LEVEL(
    void, add_tap,
    (const uint8_t *restrict seen, int32_t weight, int count, int32_t *restrict products,
     int32_t *restrict sums, int32_t *restrict squares),
    (seen, weight, count, products, sums, squares)) {
  for (int x = 0; x < count; x++) {
    const int32_t value = seen[x] - 128;
    products[x] += weight * value;
    sums[x] += value;
    squares[x] += value * value;
  }
}

void pixels_correlate_taps(
    const PixelsTap *taps, int count, float bias, float norm, const uint8_t *plane,
    ptrdiff_t stride, int columns, int rows, float *scores, ptrdiff_t column_step,
    ptrdiff_t row_step) {
  int32_t products[SPAN], sums[SPAN], squares[SPAN];
  for (int y = 0; y < rows; y++) {
    for (int from = 0; from < columns; from += SPAN) {
      const int places = LEAST(SPAN, columns - from);
      memset(products, 0, sizeof products);
      memset(sums, 0, sizeof sums);
      memset(squares, 0, sizeof squares);
      for (int at = 0; at < count; at++) {
        const uint8_t *seen = plane + (y + taps[at].y) * stride + from + taps[at].x;
        add_tap(seen, taps[at].weight, places, products, sums, squares);
      }
      float *out = scores + y * row_step + from * column_step;
      for (int x = 0; x < places; x++) {
        const float sum = (float)sums[x];
        const float spread = (float)squares[x] - sum * sum / (float)count;
        const float score = ((float)products[x] - bias * sum) / (norm * sqrtf(spread));
        out[x * column_step] = spread > 0.5f * (float)count ? score : 0;
      }
    }
  }
}
