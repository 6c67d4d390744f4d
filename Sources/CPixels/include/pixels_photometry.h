/// Levels and colours, and what displays and grabbers make of them.
#pragma once
#include "pixels_planes.h"

/// The least and the greatest mean of blocks of four by four, of every `row_step`-th row of blocks,
/// but for a few each, of which there are fewer than blocks. `scratch` holds a byte a block.
void pixels_level_range(
    const uint8_t *plane, ptrdiff_t stride, int columns, int rows, int row_step, int few,
    uint8_t *scratch, uint8_t range[2]);

/// The middle of a plane's samples at some points, interpolated inside its level. Points are moved
/// right and down, to none before the first sample, and then halved so many times; beyond the last
/// sample the last one counts.
float pixels_median(
    PixelsPlane plane, const PixelsPoint *points, int count, int left, int top, int halvings);

/// Three planes of one size.
typedef struct {
  const float *luma;
  const float *cb;
  const float *cr;
} PixelsColors;

/// Applies a curve to levels, the nearest of which counts; all stays within 0...255.
void pixels_transform_luma(
    const float *from, ptrdiff_t count, const float curve[256], float *to);

/// Stretches chroma from its middle; all stays within 0...255.
void pixels_saturate(const float *from, ptrdiff_t count, float saturation, float *to);

/// Applies a curve to red, green and blue behind planes.
void pixels_transform_primaries(
    PixelsColors from, ptrdiff_t count, const float curve[256], float *luma, float *cb, float *cr);
