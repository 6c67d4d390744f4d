#pragma once

#include <stddef.h>
#include <stdint.h>

/// What baseline JPEG does to one plane: blocks of eight by eight samples are transformed, rounded to
/// steps and transformed back (ITU-T T.81, annexes A.3.3 and A.3.4). Entropy coding, which loses
/// nothing and takes most of a codec's time, is left out.
///
/// Blocks that reach over the right or the lower edge see the last column and row repeated.
///
/// - Parameters:
///   - from: `height` rows of `width` samples, `from_stride` bytes apart.
///   - into: where the result goes, alike; not the same memory.
///   - steps: the 64 quantisation steps, 1…255, in the order of rows.
void block_loss(
    const uint8_t *from, ptrdiff_t from_stride, uint8_t *into, ptrdiff_t into_stride, int width,
    int height, const uint8_t steps[64]);
