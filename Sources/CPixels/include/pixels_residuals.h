/// The verification of a place: gradients, noise, and the residuals window by window.
///
/// A residual is what is seen less what is expected; a normalised residual is a test statistic of
/// residuals over its critical value, so that 1 is the limit. Tiles have three by three samples,
/// windows two by two tiles.
#pragma once
#include "pixels_planes.h"

/// The morphological gradient: the range of levels in the three by three around each pixel; 0 in
/// the outermost rows. `scratch` holds six rows.
void pixels_morphological_gradient(
    const float *levels, float *gradient, int width, int height, float *scratch);

/// The root of the mean square over the square around each pixel that reaches `reach` far.
/// `scratch` holds two rows and `2 * reach` samples more.
void pixels_root_mean_squares(
    const float *from, float *to, int width, int height, int reach, float *scratch);

/// The larger of each number and of a share of another.
void pixels_raise(
    const float *numbers, const float *others, float share, ptrdiff_t count, float *to);

/// The RMS gradient of each block of eight by eight pixels of a plane that a place lies in, block
/// by block: the root of the mean squared gradient less a variance. The outermost pixels of the
/// plane are not looked at.
void pixels_block_rms_gradients(
    const uint8_t *plane, ptrdiff_t stride, int plane_width, int plane_height, int left, int top,
    int width, int height, float variance, float *rms);

/// The RMS gradients of the blocks that a place lies in.
typedef struct {
  /// A number a block, row after row.
  const float *rms;
  /// How many blocks a row has.
  int columns;
  /// Where the place begins in the first block.
  int left;
  int top;
} PixelsBlockGradients;

/// The local RMS gradient of each sample of a part of a plane, in order: the root of the mean
/// squared gradient over the square that reaches `reach` far, less a variance. The gradient is 0 in
/// the outermost rows.
///
/// `scratch` holds `pixels_chroma_rms_gradients_scratch(width, height, reach)` bytes.
void pixels_chroma_rms_gradients(
    const uint8_t *samples, ptrdiff_t stride, int width, int height, PixelsPart part, int reach,
    float variance, float *to, void *scratch);

/// How much room there must be for that.
ptrdiff_t pixels_chroma_rms_gradients_scratch(int width, int height, int reach);

/// Luma of a place, and what is explained of its residuals.
typedef struct {
  int width;
  int height;
  const float *seen;
  const float *expected;
  /// The morphological gradient of what is expected.
  const float *gradient;
  /// The local RMS gradient of what is expected; that of the pixel's block counts if it is more.
  const float *rms_gradient;
  /// 0 where nothing is compared; so are the outermost rows and columns.
  const float *weights;
  /// The variance explained at a pixel:
  /// `floor + (edge_noise * gradient)^2 + (compression_noise * RMS gradient)^2`; `floor` is more
  /// than 0.
  float floor;
  float edge_noise;
  float compression_noise;
  /// From which gradient on something stands out.
  float least_gradient;
} PixelsLuma;

/// Counts the steps from pixel to pixel of the residuals on flat ground, in quarters of a level,
/// into 128 counters; every `row_step`-th row.
int pixels_noise_steps(
    const float *seen, const float *expected, const float *gradient, const float *weights,
    int width, int height, int row_step, float flat, int32_t counts[128]);

/// Counts how far the residuals spread in windows on one flat ground, each around its own mean, in
/// quarters of a level, into 128 counters: pixel by pixel, and by the means of tiles, thrice that.
/// Where there are many such windows, `enough` of them, from all parts, count.
void pixels_flat_spreads(
    const float *seen, const float *expected, const float *gradient, const float *weights,
    int width, int height, int enough, float flat, int32_t pixels[128], int32_t tiles[128]);

/// Counts the residuals at edges and near them, as shares of the gradient (in 256ths) and of the
/// RMS gradient (in 512ths); every `row_step`-th row. What is explained does not matter.
void pixels_compression_noise(
    const PixelsLuma *luma, const PixelsBlockGradients *blocks, int row_step, float variance,
    float edge, float calm, int32_t edges[128], int32_t near[128]);

/// Sums over the pixels that are compared: of what is expected, and of the squared residuals where
/// something stands out.
typedef struct {
  double count;
  double levels;
  double squared_levels;
  double edge_count;
  double squared_residual;
} PixelsLumaSums;

/// Where a statistic is worst.
typedef struct {
  float normalized_residual;
  int32_t x;
  int32_t y;
} PixelsFinding;

/// The worst of each statistic: the squared sum of a box of three by three samples; the variance of
/// a window's residuals, and their mean. Windows begin at every tile.
typedef struct {
  PixelsFinding box_sum;
  PixelsFinding variance;
  PixelsFinding mean;
} PixelsWorst;

/// The critical values.
typedef struct {
  /// Of the squared sum: `box_sum_squared * variance + box_sum_slack`.
  float box_sum_squared;
  float box_sum_slack;
  /// How often the variance that is explained a window may show.
  float variance;
  /// Of the squared mean, whose variance may be that of a sample by `noise_share` over their number
  /// besides.
  float mean_squared;
  float noise_share;
} PixelsLimits;

/// How many floats a scan needs room for.
ptrdiff_t pixels_residual_scan_scratch(int width);

/// Looks at the residuals of luma window by window, at least one of which there is, and adds up
/// what is expected.
PixelsWorst pixels_scan_luma_residuals(
    const PixelsLuma *luma, const PixelsBlockGradients *blocks, const PixelsLimits *limits,
    float *scratch, PixelsLumaSums *sums);

/// A plane of chroma of a place, a sample for two by two pixels, and what is explained of its
/// residuals.
typedef struct {
  int width;
  int height;
  const uint8_t *seen;
  ptrdiff_t stride;
  const float *expected;
  /// The morphological gradient of what is expected.
  const float *gradient;
  /// Local RMS gradients: of what is expected, of what is seen, and of what is seen in the other
  /// plane, of which a share counts; the largest is taken.
  const float *rms_gradient;
  const float *seen_rms_gradient;
  const float *other_rms_gradient;
  float share;
  /// Begin with the first sample's first pixel; a sample is compared where all four pixels are, but
  /// in the outermost rows and columns.
  const float *weights;
  ptrdiff_t weights_stride;
  /// The variance explained at a sample:
  /// `floor + (edge_noise * gradient)^2 + (compression_noise * RMS gradient)^2`; `floor` is more
  /// than 0.
  float floor;
  float edge_noise;
  float compression_noise;
} PixelsChroma;

/// Looks at the residuals of chroma in the same way.
PixelsWorst pixels_scan_chroma_residuals(
    const PixelsChroma *chroma, const PixelsLimits *limits, float *scratch);

/// Whether any normalised residual of that scan may come to more than a bound where all samples are
/// compared: whether it does if nothing is explained but `floor`; small planes always may. Neither
/// gradients nor weights are looked at. `scratch` holds as many floats as
/// `pixels_chroma_bound_scratch(width)`.
int pixels_chroma_may_exceed(
    const PixelsChroma *chroma, const PixelsLimits *limits, float bound, float *scratch);

/// How many floats that needs room for.
ptrdiff_t pixels_chroma_bound_scratch(int width);
