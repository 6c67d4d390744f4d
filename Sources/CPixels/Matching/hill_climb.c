#include "CPixels.h"

#include <math.h>

#include "vectors.h"

/// The normalised correlation with a place of a plane; -2 where the place does not lie in it.
static float correlation(const PixelsTaps *taps, const PixelsPlane *plane, int x, int y) {
  if (x + taps->width > plane->width || y + taps->height > plane->height) return -2;
  int64_t sums[3];
  pixels_products(
      plane->samples + (ptrdiff_t)y * plane->width + x, plane->width, taps->weights, taps->mask,
      taps->width, taps->height, 1, sums);
  const float seen = (float)(taps->count > 1 ? taps->count : 1);
  const double sum = (double)sums[1];
  const float spread = (float)((double)sums[2] - sum * sum / (double)seen);
  if (2 * spread < seen || taps->norm == 0) return 0;
  return ((float)sums[0] - taps->bias * (float)sums[1]) / (taps->norm * sqrtf(spread));
}

/// The same at a point of the grid of half samples, which the planes share.
static float score(const PixelsTaps *taps, const PixelsPlane planes[4], int x, int y) {
  if (x < 0 || y < 0) return -2;
  return correlation(taps, &planes[2 * (y & 1) + (x & 1)], x >> 1, y >> 1);
}

/// So many steps are taken at most, and so many points can be reached across.
enum { MOST_STEPS = 4, REACHED = 2 * MOST_STEPS + 1 };

void pixels_hill_climb(
    const PixelsTaps *taps, const PixelsPlane planes[4], int count, PixelsPeak *places) {
  for (int i = 0; i < count; i++) {
    const int left = places[i].x - MOST_STEPS, top = places[i].y - MOST_STEPS;
    PixelsPeak best = {places[i].x, places[i].y, score(taps, planes, places[i].x, places[i].y)};
    uint8_t known[REACHED][REACHED] = {{0}};
    known[MOST_STEPS][MOST_STEPS] = 1;
    for (int step = 0; step < MOST_STEPS; step++) {
      const PixelsPeak from = best;
      for (int y = from.y - 1; y <= from.y + 1; y++) {
        for (int x = from.x - 1; x <= from.x + 1; x++) {
          if (known[y - top][x - left]) continue;
          known[y - top][x - left] = 1;
          const float value = score(taps, planes, x, y);
          if (value > best.score) best = (PixelsPeak){x, y, value};
        }
      }
      if (best.x == from.x && best.y == from.y) break;
    }
    places[i] = best;
  }
}
