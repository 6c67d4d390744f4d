/// The search for a mouse pointer.
#pragma once
#include "pixels_planes.h"

/// As many places as are compared with a pointer together.
#define PIXELS_POINTER_BLOCK 32

/// What one pixel of a pointer counts at most, so that a few hidden ones don't decide.
#define PIXELS_POINTER_CAP 48

/// How far a drawing differs from each of some neighbouring places, summed up over its pixels, each
/// of which counts `PIXELS_POINTER_CAP` at most.
///
/// `offsets` lead from a place to what is compared with `lumas`. Sums above `limit` are any number
/// above it; so are those of places where the first `early` pixels make more than `early_limit`.
/// What is read and written is that of a whole number of `PIXELS_POINTER_BLOCK` places. Returns 0
/// when no sum is within the limit.
int pixels_pointer_sums(
    const uint8_t *places, int count, const int32_t *offsets, const uint8_t *lumas, int samples,
    int early, int early_limit, int limit, int32_t *sums);

/// Which of some neighbouring places, the first if several, misses fewest of the levels that are
/// expected there, at most `most`.
///
/// A miss is off by more than `tolerance`; at least `fewest_news` of the changes must be larger
/// than `change`. There are at most 255 samples. Returns how many are missed there, or one more
/// than `most`, with `place` as it was, when there is no such place.
int pixels_fewest_misses(
    const uint8_t *levels, const uint8_t *changes, int places, const int32_t *offsets,
    const uint8_t *lumas, int samples, int tolerance, int change, int most, int fewest_news,
    int *place);

/// The lower median of planes, sample by sample. `scratch` holds `PIXELS_POINTER_BLOCK` samples for
/// each plane.
void pixels_lower_median(
    const uint8_t *const *planes, int depth, ptrdiff_t count, uint8_t *scratch, uint8_t *median);
