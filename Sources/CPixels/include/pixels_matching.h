/// The search for a template: correlation from coarse to fine, and registration.
#pragma once
#include "pixels_planes.h"

/// A template at one scale, to be correlated with every place of a plane.
typedef struct {
  int width;
  int height;
  /// Pairs of taps a row: half the width, rounded up.
  int pairs;
  /// `height * pairs * 2` taps, a last odd one followed by 0: level less mean.
  const int16_t *weights;
  /// The same shape: 1 where a tap counts, 0 elsewhere; null when all count.
  const int16_t *mask;
  /// How many taps count.
  int count;
  /// What is left of the mean of the weights.
  float bias;
  /// The root of the sum of squared weights.
  float norm;
} PixelsShape;

/// The normalised correlation with each of `columns * rows` places of a plane, -1...1; 0 where
/// nothing stands out.
///
/// Place `(x, y)` goes to `scores[y * row_step + x * column_step]`. Returns 0 when there is no
/// memory for it.
int pixels_correlate(
    const PixelsShape *shape, const uint8_t *plane, ptrdiff_t stride, int columns, int rows,
    float *scores, ptrdiff_t column_step, ptrdiff_t row_step);

/// One sample of a template of which only a few are looked at.
typedef struct {
  int16_t x;
  int16_t y;
  /// Level less mean.
  int16_t weight;
} PixelsTap;

/// The same correlations by a few taps of a template, which need not lie near each other; `bias` is
/// what is left of the mean of their weights, `norm` the root of the sum of their squares about it.
/// At most 500 taps; sums stay below 2^31.
void pixels_correlate_taps(
    const PixelsTap *taps, int count, float bias, float norm, const uint8_t *plane,
    ptrdiff_t stride, int columns, int rows, float *scores, ptrdiff_t column_step,
    ptrdiff_t row_step);

/// A place of a map of scores.
typedef struct {
  int32_t x;
  int32_t y;
  float score;
} PixelsPeak;

/// The highest places of a map that are higher than their eight neighbours, best first, the first
/// in reading order where they are equal. Returns how many there are, at most `most`.
int pixels_peaks(
    const float *scores, int columns, int rows, float least, int most, PixelsPeak *peaks);

/// Sums over a template's place: the weighted levels, the levels, their squares. `mask` may be
/// null; only every `row_step`-th row is looked at.
void pixels_products(
    const uint8_t *place, ptrdiff_t stride, const int16_t *weights, const int16_t *mask, int width,
    int height, int row_step, int64_t sums[3]);

/// The same sums over a part of a template's place alone, followed by those of the taps, of their
/// squares and of how many count. `place`, `weights` and `mask` begin with the part's first sample;
/// `line` is the distance between rows of taps.
void pixels_part_sums(
    const uint8_t *place, ptrdiff_t stride, const int16_t *weights, const int16_t *mask,
    ptrdiff_t line, int width, int height, int64_t sums[6]);

/// The sums of `pixels_products`, three a place, at `across * down` places, at most eight across,
/// the first of which lies at `first`; all taps count. Returns 0 when there is no memory for it.
int pixels_products_around(
    const uint8_t *first, ptrdiff_t stride, const int16_t *weights, int width, int height,
    int row_step, int across, int down, void *sums);

/// A template at one scale, to be correlated with single places.
typedef struct {
  int width;
  int height;
  /// `height * width` taps: level less mean.
  const int16_t *weights;
  /// 1 where a tap counts, 0 elsewhere; null when all count.
  const int16_t *mask;
  /// How many taps count.
  int count;
  /// What is left of the mean of the weights.
  float bias;
  /// The root of the sum of squared weights.
  float norm;
} PixelsTaps;

/// Moves places uphill, to where none of the eight around correlates better, at most four steps.
///
/// Places count in half samples of the planes; these begin at none, half a sample right, half a
/// sample down, and both. A place where the template does not lie in its plane scores -2.
void pixels_hill_climb(
    const PixelsTaps *taps, const PixelsPlane planes[4], int count, PixelsPeak *places);

/// How many means of blocks of four by four at a place are outliers: further from what is expected
/// than allowed and a margin. What is expected goes through a curve, unless that is null. Counting
/// ends at `enough`.
int pixels_outliers(
    const uint8_t *place, ptrdiff_t stride, const uint8_t *expected, const uint8_t *allowed,
    const uint8_t curve[256], int margin, int width, int height, int enough);

/// A filter of three taps along a line: `to[i] = before * from[i - step] + middle * from[i] +
/// after * from[i + step]`; the first and last `step` samples are copied.
void pixels_filter(
    const float *from, float *to, ptrdiff_t count, ptrdiff_t step, float before, float middle,
    float after);

/// Eight pixels side by side, the first of which were looked at with those before.
typedef struct {
  int32_t start;
  int32_t known;
} PixelsEight;

/// Finds where edges, slopes of `edge` and more, are in every `row_step`-th row from `first_row`, but
/// for the outermost pixels, and returns how many times eight pixels that makes; `found` holds as many
/// as the rows have.
int pixels_edges(
    const float *levels, int width, int height, int first_row, int row_step, float edge,
    PixelsEight *found);

/// Adds up the normal equations of a shift and a blur (Lucas and Kanade 1981).
///
/// Looks at the pixels that count and lie at an edge of `expected`, `count` times eight of which
/// were found by the same `edge`. `across` and `down` are what is moved, with a sign. `sums` gets the
/// ten products of the four slopes (upper triangle, row after row), their four products with the
/// residual, and the residual squared. Returns how many pixels there were.
int pixels_registration_sums(
    const float *expected, const float *seen, const float *weights, const float *across,
    float across_sign, const float *down, float down_sign, int width, const PixelsEight *edges,
    int count, float edge, float sums[15]);
