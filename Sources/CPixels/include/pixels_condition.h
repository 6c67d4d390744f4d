/// What tells a torn picture.
#pragma once
#include "pixels_planes.h"

/// The mean distances of two rows, one of them moved by `-reach...reach`, times two.
void pixels_row_shifts(
    const int16_t *above, const int16_t *below, int count, int reach, int32_t *means);

/// The sums of tiles of four by two samples of two rows; `count` is the result's.
void pixels_row_tiles(const uint8_t *row, const uint8_t *second, int count, int16_t *tiles);
