#pragma once
#include "CPixels.h"
#include "vectors.h"

/// The side of a block; so many numbers beside a row of gradients may be touched.
enum { BLOCK = 8 };

/// The RMS gradients of the blocks in which pixels of a row lie, each as often as it has pixels
/// there.
static inline void spread_block_gradients(
    const PixelsBlockGradients *blocks, int x, int y, int count, float *to) {
  const float *rms = blocks->rms + (ptrdiff_t)((blocks->top + y) / BLOCK) * blocks->columns;
  const float *block = rms + (blocks->left + x) / BLOCK;
  for (int at = -((blocks->left + x) % BLOCK); at < count; at += BLOCK, block++)
    *(Eight *)(to + at) = (Eight){0} + *block;
}
