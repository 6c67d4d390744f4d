/// The loops that touch every pixel, in plain C: quick in debug builds too, the same numbers on
/// every machine, with wider instructions where the processor has them.
///
/// Planes are bytes or single floats, row after row; a stride is the distance between rows in
/// samples.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Halves a plane: each sample is the rounded mean of two by two. `width` and `height` are the
/// result's.
void pixels_halve(
    const uint8_t *from, ptrdiff_t stride, int width, int height, uint8_t *to);

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
int pixels_scan(
    const PixelsShape *shape, const uint8_t *plane, ptrdiff_t stride, int columns, int rows,
    float *scores, ptrdiff_t column_step, ptrdiff_t row_step);

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

/// A plane whose rows lie one after the other.
typedef struct {
  const uint8_t *samples;
  int width;
  int height;
} PixelsPlane;

/// Moves places uphill, to where none of the eight around correlates better, at most four steps.
///
/// Places count in half samples of the planes; these begin at none, half a sample right, half a
/// sample down, and both. A place where the template does not lie in its plane scores -2.
void pixels_climb(
    const PixelsTaps *taps, const PixelsPlane planes[4], int count, PixelsPeak *places);

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

/// The least and the greatest mean of blocks of four by four, of every `row_step`-th row of blocks,
/// but for a few each, of which there are fewer than blocks. `scratch` holds a byte a block.
void pixels_level_range(
    const uint8_t *plane, ptrdiff_t stride, int columns, int rows, int row_step, int few,
    uint8_t *scratch, uint8_t range[2]);

/// How many blocks of four by four at a place lie further from what is expected than allowed and a
/// margin. What is expected goes through a curve, unless that is null. Counting ends at `enough`.
int pixels_strangers(
    const uint8_t *place, ptrdiff_t stride, const uint8_t *expected, const uint8_t *allowed,
    const uint8_t curve[256], int margin, int width, int height, int enough);

/// A point of a plane.
typedef struct {
  int32_t x;
  int32_t y;
} PixelsPoint;

/// The middle of a plane's samples at some points, interpolated inside its level. Points are moved
/// right and down, to none before the first sample, and then halved so many times; beyond the last
/// sample the last one counts.
float pixels_median(
    PixelsPlane plane, const PixelsPoint *points, int count, int left, int top, int halvings);

/// Bytes as floats.
void pixels_widen(
    const uint8_t *from, ptrdiff_t stride, int width, int height, float *to);

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

/// Finds where edges are in every `row_step`-th row from `first_row`, but for the outermost pixels,
/// and returns how many times eight pixels that makes; `found` holds as many as the rows have.
int pixels_edges(
    const float *levels, int width, int height, int first_row, int row_step, PixelsEight *found);

/// Adds up the normal equations of a shift and a blur.
///
/// Looks at the pixels that count and lie at an edge of `expected`, `count` times eight of which
/// were found. `across` and `down` are what is moved, with a sign. `sums` gets the ten products
/// of the four slopes (upper triangle, row after row), their four products with the difference,
/// and the difference squared. Returns how many pixels there were.
int pixels_warp_sums(
    const float *expected, const float *seen, const float *weights, const float *across,
    float across_sign, const float *down, float down_sign, int width, const PixelsEight *edges,
    int count, float sums[15]);

/// The range of levels in the three by three around each pixel; 0 in the outermost rows.
/// `scratch` holds six rows.
void pixels_relief(const float *levels, float *relief, int width, int height, float *scratch);

/// The root of the mean square over the square around each pixel that reaches `reach` far.
/// `scratch` holds two rows and `2 * reach` samples more.
void pixels_root_mean_squares(
    const float *from, float *to, int width, int height, int reach, float *scratch);

/// What stands out in each block of eight by eight pixels of a plane that a place lies in, block by
/// block: the root of the mean squared range of three by three pixels less a variance. The outermost
/// pixels of the plane are not looked at.
void pixels_block_roots(
    const uint8_t *plane, ptrdiff_t stride, int plane_width, int plane_height, int left, int top,
    int width, int height, float variance, float *roots);

/// What stands out in the blocks that a place lies in.
typedef struct {
  /// A number a block, row after row.
  const float *roots;
  /// How many blocks a row has.
  int columns;
  /// Where the place begins in the first block.
  int left;
  int top;
} PixelsBlocks;

/// Luma of a place, and what is explained of its differences from what is expected.
typedef struct {
  int width;
  int height;
  const float *seen;
  const float *expected;
  /// The range of what is expected in the three by three around each pixel.
  const float *relief;
  /// The activity around each pixel; that of its block counts if it is more.
  const float *around;
  /// 0 where nothing is compared; so are the outermost rows and columns.
  const float *weights;
  /// The variance explained at a pixel: `floor + (edge * relief)^2 + (ring * activity)^2`; `floor` is
  /// more than 0.
  float floor;
  float edge;
  float ring;
  /// From which relief on something stands out.
  float stands;
} PixelsLight;

/// Counts the steps from pixel to pixel of `seen - expected` on flat ground, in quarters of a
/// level, into 128 counters; every `row_step`-th row.
int pixels_noise_steps(
    const float *seen, const float *expected, const float *relief, const float *weights, int width,
    int height, int row_step, float flat, int32_t counts[128]);

/// Counts what is left at edges and near them, as shares of relief (in 256ths) and of activity (in
/// 512ths); every `row_step`-th row. What is explained does not matter.
void pixels_compression(
    const PixelsLight *light, const PixelsBlocks *blocks, int row_step, float variance, float edge,
    float calm, int32_t edges[128], int32_t near[128]);

/// What is expected where pixels are compared, and the differences where something stands out.
typedef struct {
  double count;
  double levels;
  double squared_levels;
  double edge_count;
  double squared_rest;
} PixelsUnlikeness;

/// Where a measure is worst.
typedef struct {
  float excess;
  int32_t x;
  int32_t y;
} PixelsFinding;

/// The worst of each measure of a scan: three by three samples by their squared sum; six by six, on a
/// grid of three, by the variance of the differences and by their mean.
typedef struct {
  PixelsFinding stroke;
  PixelsFinding variance;
  PixelsFinding mean;
} PixelsWorst;

/// How much each measure may reach.
typedef struct {
  /// Of the squared sum: `stroke_squared * variance + stroke_slack`.
  float stroke_squared;
  float stroke_slack;
  /// How often the variance that is explained a square may show.
  float structure;
  /// Of the squared mean, whose variance may be that of a sample by `noise_share` over their number
  /// besides.
  float level_squared;
  float noise_share;
} PixelsLimits;

/// How many floats a scan needs room for.
ptrdiff_t pixels_scan_scratch(int width);

/// Looks at the differences of luma in small squares, at least one of which there is, and adds up
/// what is expected.
PixelsWorst pixels_scan_light(
    const PixelsLight *light, const PixelsBlocks *blocks, const PixelsLimits *limits,
    float *scratch, PixelsUnlikeness *sums);

/// A plane of chroma of a place, in squares of two by two pixels, and what is explained of its
/// differences from what is expected.
typedef struct {
  int width;
  int height;
  const uint8_t *seen;
  ptrdiff_t stride;
  const float *expected;
  /// The range of what is expected in the three by three around each square.
  const float *relief;
  /// How much stands out around each square: where it is expected, where it is seen, and a share of
  /// what is seen in the other plane, whichever is most.
  const float *around;
  const float *activity;
  const float *other_activity;
  float share;
  /// Begin with the first square's first pixel; a square is compared where all four pixels are, but
  /// in the outermost rows and columns.
  const float *weights;
  ptrdiff_t weights_stride;
  /// The variance explained at a square: `floor + (edge * relief)^2 + (ring * most)^2`; `floor` is
  /// more than 0.
  float floor;
  float edge;
  float ring;
} PixelsTint;

/// Looks at the differences of chroma in the same way.
PixelsWorst pixels_scan_tint(const PixelsTint *tint, const PixelsLimits *limits, float *scratch);

/// Whether any measure of that scan may come to more than an excess where all squares are compared:
/// whether it does if nothing is explained but `floor`; small planes always may. Neither what stands
/// out nor weights are looked at. `scratch` holds as many floats as `pixels_tint_excess_scratch(width)`.
int pixels_tint_exceeds(
    const PixelsTint *tint, const PixelsLimits *limits, float excess, float *scratch);

/// How many floats that needs room for.
ptrdiff_t pixels_tint_excess_scratch(int width);

/// Counts how far the differences spread in squares of six by six on one flat ground, each around
/// its own mean, in quarters of a level, into 128 counters: pixel by pixel, and by the means of three
/// by three, thrice that. Where there are many such squares, `enough` of them, from all parts, count.
void pixels_flat_spreads(
    const float *seen, const float *expected, const float *relief, const float *weights, int width,
    int height, int enough, float flat, int32_t pixels[128], int32_t cells[128]);

/// The mean differences of two planes in squares of `side` by `tall` samples, cut at the right and
/// lower edge: of the absolute ones and of those with a sign.
///
/// Squares that begin outside `width` or `height` keep what `absolutes` and `means`, each of
/// `columns * rows`, hold.
void pixels_differences(
    const uint8_t *before, const uint8_t *after, ptrdiff_t stride, int width, int height, int side,
    int tall, int columns, int rows, float *absolutes, float *means);

/// How many values, none of them negative, lie in each of 256 steps of `1 / scale`; the last step
/// takes all larger ones, too.
void pixels_count_steps(const float *values, ptrdiff_t count, float scale, int32_t counts[256]);

/// The means of two by two samples; `width` and `height` are the result's.
void pixels_halve_levels(
    const float *from, ptrdiff_t stride, int width, int height, float *to);

/// The larger of each number and of a share of another.
void pixels_raise(
    const float *numbers, const float *others, float share, ptrdiff_t count, float *to);

/// Where a part of a plane lies in it.
typedef struct {
  int left;
  int top;
  int width;
  int height;
} PixelsPart;

/// How much stands out near each sample of a part of a plane, in order: the root of the mean
/// square, over the square that reaches `reach` far, of the range of three by three samples, which
/// is 0 in the outermost rows; less a variance.
///
/// `scratch` holds `pixels_tint_activity_scratch(width, height, reach)` bytes.
void pixels_tint_activity(
    const uint8_t *samples, ptrdiff_t stride, int width, int height, PixelsPart part, int reach,
    float variance, float *to, void *scratch);

/// How much room there must be for that.
ptrdiff_t pixels_tint_activity_scratch(int width, int height, int reach);

/// Three planes of one size.
typedef struct {
  const float *luma;
  const float *cb;
  const float *cr;
} PixelsColors;

/// Applies a curve to levels, the nearest of which counts; all stays within 0...255.
void pixels_tone_light(
    const float *from, ptrdiff_t count, const float curve[256], float *to);

/// Stretches chroma from its middle; all stays within 0...255.
void pixels_saturate(const float *from, ptrdiff_t count, float saturation, float *to);

/// Applies a curve to red, green and blue behind planes.
void pixels_tone_primaries(
    PixelsColors from, ptrdiff_t count, const float curve[256], float *luma, float *cb, float *cr);

/// Compares each sample with the mean of the square around it that reaches `reach` far: bit 1 where
/// it is lighter by more than a step, bit 2 where it is darker. `scratch` holds three rows and one
/// more number.
void pixels_ink(
    const uint8_t *plane, int width, int height, int reach, int step, uint8_t *bits,
    int32_t *scratch);

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
/// A miss is off by more than `tolerance`; at least `fewest_news` of the changes must be larger than
/// `change`. There are at most 255 samples. Returns how many are missed there, or one more than
/// `most`, with `place` as it was, when there is no such place.
int pixels_fewest_misses(
    const uint8_t *levels, const uint8_t *changes, int places, const int32_t *offsets,
    const uint8_t *lumas, int samples, int tolerance, int change, int most, int fewest_news,
    int *place);

/// The lower median of planes, sample by sample. `scratch` holds `PIXELS_POINTER_BLOCK` samples for
/// each plane.
void pixels_lower_median(
    const uint8_t *const *planes, int depth, ptrdiff_t count, uint8_t *scratch, uint8_t *median);

/// The side of the square that strokes find no room for, in pixels.
#define PIXELS_STROKE_SIDE 13

/// How far samples rise above the opening of the smoothed picture by a square, or how far they lie
/// below its closing where `light` is 0. `scratch` holds a plane, eighteen rows and
/// 32 bytes more, from an even address.
void pixels_stroke_rises(
    const uint8_t *plane, int width, int height, int light, uint8_t *rises, uint8_t *scratch);

/// The mean distances of two rows, one of them moved by `-reach...reach`, times two.
void pixels_row_shifts(
    const int16_t *above, const int16_t *below, int count, int reach, int32_t *means);

/// The sums of four by two samples of two rows; `count` is the result's.
void pixels_row_cells(const uint8_t *row, const uint8_t *second, int count, int16_t *cells);
