#pragma once
#include "CPixels.h"
#include "machine.h"

/// So many numbers beside a row of roots may be touched.
enum { BLOCK = 8 };

/// The roots of the blocks in which pixels of a row lie, each as often as it has pixels there.
static inline void spread_roots(const PixelsBlocks *blocks, int x, int y, int count, float *to) {
  const float *roots = blocks->roots + (ptrdiff_t)((blocks->top + y) / BLOCK) * blocks->columns;
  const float *root = roots + (blocks->left + x) / BLOCK;
  for (int at = -((blocks->left + x) % BLOCK); at < count; at += BLOCK, root++)
    *(Eight *)(to + at) = (Eight){0} + *root;
}
