/// What sets letters apart from their surroundings.
#pragma once
#include "pixels_planes.h"

/// The adaptive threshold: compares each sample with the mean of the square around it that reaches
/// `reach` far: bit 1 where it is lighter by more than a step, bit 2 where it is darker. `scratch`
/// holds three rows and one more number.
void pixels_adaptive_threshold(
    const uint8_t *plane, int width, int height, int reach, int step, uint8_t *bits,
    int32_t *scratch);

/// The side of the square that letters' strokes find no room for, in pixels.
#define PIXELS_TOP_HAT_SIDE 13

/// The top-hat transform: how far samples rise above the opening of the smoothed picture by a
/// square, or how far they lie below its closing where `light` is 0. `scratch` holds a plane,
/// eighteen rows and 32 bytes more, from an even address.
void pixels_top_hat(
    const uint8_t *plane, int width, int height, int light, uint8_t *residue, uint8_t *scratch);

/// Whether two pictures of `width` by `height` samples show the same: no square of four by four
/// samples, two apart and cut at the right and lower edge, differs by more than `most` levels in the
/// mean. `then` has no gaps between its rows; `scratch` holds three rows.
int pixels_squares_are_alike(
    const uint8_t *now, ptrdiff_t stride, const uint8_t *then, int width, int height, int most,
    uint16_t *scratch);
