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
