/// What differs between two frames.
#pragma once
#include "pixels_planes.h"

/// The mean differences of two planes in tiles of `side` by `tall` samples, cut at the right and
/// lower edge: of the absolute ones and of those with a sign.
///
/// Tiles that begin outside `width` or `height` keep what `absolutes` and `means`, each of
/// `columns * rows`, hold.
void pixels_tile_differences(
    const uint8_t *before, const uint8_t *after, ptrdiff_t stride, int width, int height, int side,
    int tall, int columns, int rows, float *absolutes, float *means);

/// How many values, none of them negative, lie in each of 256 steps of `1 / scale`; the last step
/// takes all larger ones, too.
void pixels_count_steps(const float *values, ptrdiff_t count, float scale, int32_t counts[256]);
