#include "CPixels.h"

#include "vectors.h"

static EACH_LEVEL(
    int32_t, sum_of_distances,
    (const int16_t *restrict above, const int16_t *restrict below, int count),
    (above, below, count)) {
  int32_t sum = 0;
  for (int x = 0; x < count; x++) {
    const int16_t step = (int16_t)(above[x] - below[x]);
    sum += step < 0 ? -step : step;
  }
  return sum;
}

void pixels_row_shifts(
    const int16_t *above, const int16_t *below, int count, int reach, int32_t *means) {
  for (int shift = -reach; shift <= reach; shift++) {
    const int from = shift < 0 ? -shift : 0;
    const int left = count - (shift < 0 ? -shift : shift);
    means[shift + reach] = 2 * sum_of_distances(above + from, below + from + shift, left) / left;
  }
}

EACH_LEVEL(
    void, pixels_row_tiles,
    (const uint8_t *restrict row, const uint8_t *restrict second, int count, int16_t *tiles),
    (row, second, count, tiles)) {
  for (int at = 0; at < count; at++) {
    int sum = 0;
    for (int x = 4 * at; x < 4 * at + 4; x++) sum += row[x] + second[x];
    tiles[at] = (int16_t)sum;
  }
}
