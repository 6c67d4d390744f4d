#pragma once
#include <stddef.h>

#include "vectors.h"

/// The side of a tile; boxes are as large, and a window is two by two tiles.
enum { TILE = 3 };

/// So many numbers of a row are looked at together, and so many may be touched after its last.
enum { LANES = 8, ROOM = 2 * LANES };

/// The numbers that a row takes up.
static inline ptrdiff_t line_of(int width) {
  return (width + LANES - 1) / LANES * LANES + ROOM;
}

/// How many tiles a row of samples, or a column, makes; the last may be cut.
static inline int tiles_of(int samples) { return (samples + TILE - 1) / TILE; }

/// The sums of three numbers each, side by side.
#define LOAD_THREE(from) (LOAD(from) + LOAD((from) + 1) + LOAD((from) + 2))

/// The largest of eight lanes, or 0: a macro, as what wide registers hold is handed on differently
/// from level to level.
#define LARGEST(eight)                                                                     \
  ({                                                                                       \
    float largest = 0;                                                                     \
    for (int lane = 0; lane < LANES; lane++)                                               \
      largest = (eight)[lane] > largest ? (eight)[lane] : largest;                         \
    largest;                                                                               \
  })

/// Adds up three rows.
PART void add_up(
    const float *restrict a, const float *restrict b, const float *restrict c, ptrdiff_t line,
    float *restrict to) {
  for (ptrdiff_t x = 0; x < line; x++) to[x] = a[x] + b[x] + c[x];
}

/// Adds up the squares of three rows.
PART void add_squares(
    const float *restrict a, const float *restrict b, const float *restrict c, ptrdiff_t line,
    float *restrict to) {
  for (ptrdiff_t x = 0; x < line; x++) to[x] = a[x] * a[x] + b[x] * b[x] + c[x] * c[x];
}

/// Sums up three numbers each.
PART void add_thirds(const float *restrict from, int count, float *restrict to) {
  for (int at = 0; at < count; at++) to[at] = from[3 * at] + from[3 * at + 1] + from[3 * at + 2];
}
