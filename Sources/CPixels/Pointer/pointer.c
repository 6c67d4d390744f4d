#include "CPixels.h"

#include <string.h>

#include "vectors.h"

/// As many places as are compared together.
#define BLOCK PIXELS_POINTER_BLOCK

/// What puts a sum above every limit.
#define LOST (1 << 24)

/// A block of places, or of sums over them.
typedef uint8_t Bytes __attribute__((vector_size(BLOCK), aligned(1), may_alias));
typedef uint16_t Words __attribute__((vector_size(2 * BLOCK), aligned(2)));

/// How far levels are apart.
#define DISTANCE(a, b) (__builtin_elementwise_max(a, b) - __builtin_elementwise_min(a, b))

/// Adds what some of a drawing's pixels differ at a block of places.
PART void add_pixels(
    const uint8_t *place, const int32_t *offsets, const uint8_t *lumas, int from, int to,
    int32_t *sums) {
  const Bytes cap = (Bytes){0} + PIXELS_POINTER_CAP;
  Words words = {0};
  for (int at = from; at < to;) {
    // Five pixels make no more than a byte.
    Bytes bytes = {0};
    const int end = to - at > 5 ? at + 5 : to;
    for (; at < end; at++) {
      const Bytes luma = (Bytes){0} + lumas[at], seen = *(const Bytes *)(place + offsets[at]);
      const Bytes off = DISTANCE(seen, luma);
      bytes += __builtin_elementwise_min(off, cap);
    }
    words += __builtin_convertvector(bytes, Words);
  }
  for (int i = 0; i < BLOCK; i++) sums[i] += words[i];
}

EACH_LEVEL(
    int, pixels_pointer_sums,
    (const uint8_t *places, int count, const int32_t *offsets, const uint8_t *lumas, int samples,
     int early, int early_limit, int limit, int32_t *sums),
    (places, count, offsets, lumas, samples, early, early_limit, limit, sums)) {
  int found = 0;
  for (int at = 0; at < count; at += BLOCK) {
    int32_t block[BLOCK] = {0};
    int within = 0;
    for (int done = 0; done < samples;) {
      const int isEarly = done < early, rest = samples - done;
      const int next = isEarly ? early : rest > 40 ? done + 40 : samples;
      add_pixels(places + at, offsets, lumas, done, next, block);
      done = next;
      within = 0;
      for (int i = 0; i < BLOCK; i++) {
        block[i] += isEarly && block[i] > early_limit ? LOST : 0;
        within |= block[i] <= limit;
      }
      if (!within) break;
    }
    memcpy(sums + at, block, sizeof block);
    found |= within;
  }
  return found;
}

/// Counts misses and news at a whole block of places, until all have too many misses.
PART void count_block(
    const uint8_t *levels, const uint8_t *changes, const int32_t *offsets, const uint8_t *lumas,
    int samples, int tolerance, int change, int most, uint8_t *misses, uint8_t *news) {
  const Bytes tolerated = (Bytes){0} + (uint8_t)tolerance, step = (Bytes){0} + (uint8_t)change;
  const Bytes limit = (Bytes){0} + (uint8_t)most;
  Bytes missed = {0}, changed = {0};
  for (int at = 0; at < samples;) {
    const int end = samples - at > 16 ? at + 16 : samples;
    for (; at < end; at++) {
      const Bytes luma = (Bytes){0} + lumas[at], seen = *(const Bytes *)(levels + offsets[at]);
      const Bytes off = DISTANCE(seen, luma);
      // A comparison that holds is all ones, which is less one.
      missed -= (Bytes)(off > tolerated);
      changed -= (Bytes)(*(const Bytes *)(changes + offsets[at]) > step);
    }
    const Bytes within = (Bytes)(missed <= limit);
    if (__builtin_reduce_or(within) == 0) break;
  }
  memcpy(misses, &missed, BLOCK);
  memcpy(news, &changed, BLOCK);
}

/// The same, place by place, where fewer are left than make a block.
static void count_places(
    const uint8_t *levels, const uint8_t *changes, const int32_t *offsets, const uint8_t *lumas,
    int samples, int tolerance, int change, int most, int places, uint8_t *misses, uint8_t *news) {
  for (int i = 0; i < places; i++) {
    int missed = 0, changed = 0;
    for (int at = 0; at < samples && missed <= most; at++) {
      const int off = levels[i + offsets[at]] - lumas[at];
      missed += off > tolerance || -off > tolerance;
      changed += changes[i + offsets[at]] > change;
    }
    misses[i] = (uint8_t)missed, news[i] = (uint8_t)changed;
  }
}

EACH_LEVEL(
    int, pixels_fewest_misses,
    (const uint8_t *levels, const uint8_t *changes, int places, const int32_t *offsets,
     const uint8_t *lumas, int samples, int tolerance, int change, int most, int fewest_news,
     int *place),
    (levels, changes, places, offsets, lumas, samples, tolerance, change, most, fewest_news,
     place)) {
  for (int at = 0; at < places && most >= 0; at += BLOCK) {
    uint8_t misses[BLOCK], news[BLOCK];
    const int size = places - at < BLOCK ? places - at : BLOCK;
    if (size == BLOCK)
      count_block(
          levels + at, changes + at, offsets, lumas, samples, tolerance, change, most, misses,
          news);
    else
      count_places(
          levels + at, changes + at, offsets, lumas, samples, tolerance, change, most, size,
          misses, news);
    for (int i = 0; i < size; i++) {
      if (misses[i] > most || news[i] < fewest_news) continue;
      // What follows must be better.
      most = misses[i] - 1;
      *place = at + i;
    }
  }
  return most + 1;
}

EACH_LEVEL(
    void, pixels_lower_median,
    (const uint8_t *const *planes, int depth, ptrdiff_t count, uint8_t *scratch, uint8_t *median),
    (planes, depth, count, scratch, median)) {
  const int middle = (depth - 1) / 2;
  for (ptrdiff_t at = 0; at < count; at += BLOCK) {
    const size_t size = count - at < BLOCK ? (size_t)(count - at) : BLOCK;
    for (int layer = 0; layer < depth; layer++)
      memcpy(scratch + layer * BLOCK, planes[layer] + at, size);
    // The least of all that are left goes to the front, until the middle one is there.
    for (int front = 0; front <= middle; front++) {
      Bytes least = *(const Bytes *)(scratch + (depth - 1) * BLOCK);
      for (int layer = depth - 2; layer >= front; layer--) {
        const Bytes other = *(const Bytes *)(scratch + layer * BLOCK);
        *(Bytes *)(scratch + (layer + 1) * BLOCK) = __builtin_elementwise_max(least, other);
        least = __builtin_elementwise_min(least, other);
      }
      *(Bytes *)(scratch + front * BLOCK) = least;
    }
    memcpy(median + at, scratch + middle * BLOCK, size);
  }
}
