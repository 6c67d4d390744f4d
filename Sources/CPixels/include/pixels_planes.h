/// What several stages share.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// A plane whose rows lie one after the other.
typedef struct {
  const uint8_t *samples;
  int width;
  int height;
} PixelsPlane;

/// A point of a plane.
typedef struct {
  int32_t x;
  int32_t y;
} PixelsPoint;

/// Where a part of a plane lies in it.
typedef struct {
  int left;
  int top;
  int width;
  int height;
} PixelsPart;

/// Bytes as floats.
void pixels_widen(const uint8_t *from, ptrdiff_t stride, int width, int height, float *to);

/// Halves a plane: each sample is the rounded mean of two by two. `width` and `height` are the
/// result's.
void pixels_halve(const uint8_t *from, ptrdiff_t stride, int width, int height, uint8_t *to);

/// The means of two by two samples; `width` and `height` are the result's.
void pixels_halve_levels(const float *from, ptrdiff_t stride, int width, int height, float *to);
