#include "CPixels.h"

#include <string.h>

#include "vectors.h"

/// The side of the square, and how far it reaches.
#define SIDE PIXELS_TOP_HAT_SIDE
#define HALF (SIDE / 2)

/// One row of a picture, smoothed by one, two and one parts each way; `sums` holds two more.
static EACH_LEVEL(
    void, smooth_row,
    (const uint8_t *restrict above, const uint8_t *restrict here, const uint8_t *restrict below,
     int width, uint8_t flip, uint16_t *restrict sums, uint8_t *restrict to),
    (above, here, below, width, flip, sums, to)) {
  for (int x = 0; x < width; x++) sums[x + 1] = above[x] + 2 * here[x] + below[x];
  sums[0] = sums[1];
  sums[width + 1] = sums[width];
  for (int x = 0; x < width; x++) {
    const uint16_t sum = sums[x] + 2 * sums[x + 1] + sums[x + 2] + 8;
    to[x] = (uint8_t)(sum >> 4) ^ flip;
  }
}

/// The lesser of each two values.
PART void lesser(
    const uint8_t *a, const uint8_t *b, int count, uint8_t *to) {
  for (int x = 0; x < count; x++) to[x] = a[x] < b[x] ? a[x] : b[x];
}

/// Puts the least value within reach along the row in place of each. The lines hold a side more.
///
/// Minima over 2, 4, 8 and then 13 values come from two shifted minima over fewer.
static EACH_LEVEL(
    void, erode_row,
    (uint8_t *restrict row, int width, uint8_t *restrict line, uint8_t *restrict other),
    (row, width, line, other)) {
  memset(line, 255, HALF);
  memcpy(line + HALF, row, width);
  memset(line + HALF + width, 255, HALF);
  lesser(line, line + 1, width + SIDE - 2, other);
  lesser(other, other + 2, width + SIDE - 4, line);
  lesser(line, line + 4, width + SIDE - 8, other);
  lesser(other, other + 5, width, row);
}

static EACH_LEVEL(
    void, lesser_row,
    (const uint8_t *restrict other, int width, uint8_t *restrict row),
    (other, width, row)) {
  lesser(row, other, width, row);
}

/// Minima over as many rows as the square has, from the top: every block of so many rows is run
/// through upward, where minima end a window's first part, and downward, where they end its last
/// (van Herk 1992).
typedef struct {
  const uint8_t *plane;
  int width, height;
  /// The minima of one block from each of its rows to its end, and of the next block so far.
  uint8_t *firsts, *last;
} Minima;

/// A row; nil above and below the picture.
static const uint8_t *row_at(const Minima *minima, int y) {
  return y < 0 || y >= minima->height ? NULL : minima->plane + (ptrdiff_t)y * minima->width;
}

/// The least values of the rows around one, which end in `to`; to be asked from the top on.
static void next_minimum(const Minima *minima, int y, uint8_t *to) {
  const int width = minima->width, step = y % SIDE;
  uint8_t *firsts = minima->firsts;
  if (step == 0) {
    for (int row = SIDE - 1; row >= 0; row--) {
      uint8_t *first = firsts + (ptrdiff_t)row * width;
      if (row == SIDE - 1)
        memset(first, 255, width);
      else
        memcpy(first, first + width, width);
      const uint8_t *seen = row_at(minima, y - HALF + row);
      if (seen) lesser_row(seen, width, first);
    }
    memset(minima->last, 255, width);
  } else {
    const uint8_t *seen = row_at(minima, y + HALF);
    if (seen) lesser_row(seen, width, minima->last);
  }
  memcpy(to, minima->last, width);
  lesser_row(firsts + (ptrdiff_t)step * width, width, to);
}

static EACH_LEVEL(
    void, complement_row,
    (uint8_t *restrict row, int width),
    (row, width)) {
  for (int x = 0; x < width; x++) row[x] = ~row[x];
}

/// How far a row of the picture rises above its opening, which comes complemented; or its closing
/// above it.
static EACH_LEVEL(
    void, residue_row,
    (const uint8_t *restrict samples, const uint8_t *restrict opened, int width, int light,
     uint8_t *restrict to),
    (samples, opened, width, light, to)) {
  const uint8_t flip = light ? 255 : 0;
  for (int x = 0; x < width; x++) {
    const uint8_t ground = opened[x] ^ flip;
    const uint8_t high = light ? samples[x] : ground, low = light ? ground : samples[x];
    to[x] = high > low ? high - low : 0;
  }
}

void pixels_top_hat(
    const uint8_t *plane, int width, int height, int light, uint8_t *residue, uint8_t *scratch) {
  const ptrdiff_t area = (ptrdiff_t)width * height;
  uint16_t *sums = (uint16_t *)scratch;
  uint8_t *eroded = scratch + 2 * ((ptrdiff_t)width + 2), *firsts = eroded + area;
  uint8_t *last = firsts + (ptrdiff_t)SIDE * width, *line = last + width;
  uint8_t *other = line + width + SIDE;
  // The smoothed picture lies where the result will.
  for (int y = 0; y < height; y++) {
    const uint8_t *here = plane + (ptrdiff_t)y * width;
    uint8_t *row = residue + (ptrdiff_t)y * width;
    smooth_row(
        y > 0 ? here - width : here, here, y + 1 < height ? here + width : here, width,
        light ? 0 : 255, sums, row);
    erode_row(row, width, line, other);
  }
  const Minima least = {residue, width, height, firsts, last};
  for (int y = 0; y < height; y++) {
    uint8_t *row = eroded + (ptrdiff_t)y * width;
    next_minimum(&least, y, row);
    complement_row(row, width);
    erode_row(row, width, line, other);
  }
  // The greatest of the least are the least of their complements.
  const Minima greatest = {eroded, width, height, firsts, last};
  for (int y = 0; y < height; y++) {
    next_minimum(&greatest, y, line);
    residue_row(
        plane + (ptrdiff_t)y * width, line, width, light, residue + (ptrdiff_t)y * width);
  }
}
