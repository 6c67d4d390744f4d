#include "CPixels.h"

#include <math.h>
#include <string.h>

#include "vectors.h"

// Macros, as the functions that use them are compiled for each level.
#define WITHIN(value) ((value) < 0 ? 0 : (value) > 255 ? 255 : (value))
#define CURVED(level) curve[(int)(WITHIN(level) + 0.5f)]

EACH_LEVEL(
    void, pixels_transform_luma,
    (const float *restrict from, ptrdiff_t count, const float curve[256], float *restrict to),
    (from, count, curve, to)) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const float level = CURVED(from[i]);
    to[i] = WITHIN(level);
  }
}

EACH_LEVEL(
    void, pixels_saturate,
    (const float *restrict from, ptrdiff_t count, float saturation, float *restrict to),
    (from, count, saturation, to)) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const float level = 128 + (from[i] - 128) * saturation;
    to[i] = WITHIN(level);
  }
}

/// How many pixels are taken together.
enum { GROUP = 16 };

static EACH_LEVEL(
    void, transform_primaries,
    (const float *restrict luma, const float *restrict cb, const float *restrict cr, int count,
     const float curve[256], float *restrict to_luma, float *restrict to_cb, float *restrict to_cr),
    (luma, cb, cr, count, curve, to_luma, to_cb, to_cr)) {
  for (int i = 0; i < count; i++) {
    const float b = cb[i] - 128, r = cr[i] - 128;
    const float red_level = luma[i] + 1.402f * r;
    const float green_level = luma[i] - 0.344136f * b - 0.714136f * r;
    const float blue_level = luma[i] + 1.772f * b;
    const float red = CURVED(red_level), green = CURVED(green_level), blue = CURVED(blue_level);
    const float y = 0.299f * red + 0.587f * green + 0.114f * blue;
    const float u = 128 + (blue - y) / 1.772f, v = 128 + (red - y) / 1.402f;
    to_luma[i] = WITHIN(y);
    to_cb[i] = WITHIN(u);
    to_cr[i] = WITHIN(v);
  }
}

/// Whether a group of numbers is the same as that before it.
static EACH_LEVEL(
    int, is_again,
    (const float *restrict group),
    (group)) {
  int32_t now[GROUP], before[GROUP], differs = 0;
  memcpy(now, group, sizeof now);
  memcpy(before, group - GROUP, sizeof before);
  for (int i = 0; i < GROUP; i++) differs |= now[i] ^ before[i];
  return differs == 0;
}

void pixels_transform_primaries(
    PixelsColors from, ptrdiff_t count, const float curve[256], float *luma, float *cb,
    float *cr) {
  // Drawn pictures are of one colour for long stretches: what became of a group is what becomes of
  // the next one that is the same.
  for (ptrdiff_t i = 0; i < count; i += GROUP) {
    const int size = count - i < GROUP ? (int)(count - i) : GROUP;
    if (i > 0 && size == GROUP && is_again(from.luma + i) && is_again(from.cb + i) &&
        is_again(from.cr + i)) {
      memcpy(luma + i, luma + i - GROUP, sizeof(float) * GROUP);
      memcpy(cb + i, cb + i - GROUP, sizeof(float) * GROUP);
      memcpy(cr + i, cr + i - GROUP, sizeof(float) * GROUP);
    } else {
      transform_primaries(
          from.luma + i, from.cb + i, from.cr + i, size, curve, luma + i, cb + i, cr + i);
    }
  }
}
