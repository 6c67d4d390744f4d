// Runs every loop over pixels at one level, on planes of odd sizes that hold not one number more
// than they must, and prints a line a case: the loop, the case, and a digest of all that it wrote
// and returned. Levels and machines are alike where the lines are.
//
// usage: run_kernels LEVEL     runs at a level
//        run_kernels --levels  lists the levels, and whether this processor has them
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CPixels.h"

// Inputs are the same everywhere, too.
#pragma STDC FP_CONTRACT OFF

// MARK: Numbers and digests

static uint64_t state;

/// The next of a stream of random numbers (SplitMix64, Steele et al. 2014).
static uint64_t draw(void) {
  uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

/// A whole number from one to another.
static int between(int low, int high) { return low + (int)(draw() % (uint64_t)(high - low + 1)); }

/// A number from one to another.
static float real(float low, float high) {
  return low + (high - low) * (float)(draw() >> 40) / (float)(1 << 24);
}

/// Room that ends where it must.
static void *room(size_t count, size_t size) {
  void *found = malloc(count * size > 0 ? count * size : 1);
  if (!found) abort();
  memset(found, 0x5A, count * size);
  return found;
}

static uint8_t *bytes(int count, int low, int high) {
  uint8_t *made = room((size_t)count, 1);
  for (int i = 0; i < count; i++) made[i] = (uint8_t)between(low, high);
  return made;
}

static int16_t *words(int count, int low, int high) {
  int16_t *made = room((size_t)count, sizeof *made);
  for (int i = 0; i < count; i++) made[i] = (int16_t)between(low, high);
  return made;
}

static float *floats(int count, float low, float high) {
  float *made = room((size_t)count, sizeof *made);
  for (int i = 0; i < count; i++) made[i] = real(low, high);
  return made;
}

static float *no_floats(ptrdiff_t count) { return room((size_t)count, sizeof(float)); }

/// Levels with grounds and edges, and a little noise.
static float *grounds(int width, int height, float noise) {
  float *made = no_floats((ptrdiff_t)width * height);
  for (int at = 0; at < width * height; at++)
    made[at] = (float)((at % width / 9 * 37 + at / width / 8 * 71) % 200 + 20) + real(-noise, noise);
  return made;
}

/// 1, or now and then 0.
static float *weights(int count) {
  float *made = no_floats(count);
  for (int i = 0; i < count; i++) made[i] = between(0, 8) > 0;
  return made;
}

static uint64_t digest;

/// Adds bytes to the digest (FNV-1a).
static void take(const void *from, size_t count) {
  for (const uint8_t *at = from, *end = at + count; at < end; at++)
    digest = (digest ^ *at) * 0x100000001B3;
}

#define TAKE(value)                     \
  ({                                    \
    const __typeof__(value) it = value; \
    take(&it, sizeof it);               \
  })

static void begin(int width, int height, int seed) {
  state = (uint64_t)width << 40 ^ (uint64_t)height << 20 ^ (uint64_t)seed;
  digest = 0xCBF29CE484222325;
}

static void end(const char *name, int width, int height, int seed) {
  printf("%s %dx%d %d %016" PRIx64 "\n", name, width, height, seed, digest);
}

// MARK: Photometry

static void planes(int width, int height, int seed) {
  const int stride = 2 * width + seed, rows = 2 * height;
  uint8_t *from = bytes(stride * (rows - 1) + 2 * width, 0, 255);
  uint8_t *half = room((size_t)(width * height), 1);
  pixels_halve(from, stride, width, height, half);
  take(half, (size_t)(width * height));
  float *wide = no_floats((ptrdiff_t)width * height);
  pixels_widen(from, stride, width, height, wide);
  take(wide, sizeof(float) * (size_t)(width * height));
  float *levels = floats(stride * (rows - 1) + 2 * width, 0, 255);
  pixels_halve_levels(levels, stride, width, height, wide);
  take(wide, sizeof(float) * (size_t)(width * height));
  free(from), free(half), free(wide), free(levels);
}

static void ranges(int width, int height, int seed) {
  const int stride = 4 * width + seed, few = width * height / (2 + seed);
  uint8_t *plane = bytes(stride * (4 * height - 1) + 4 * width, 30 * seed, 255 - 30 * seed);
  uint8_t *scratch = room((size_t)(width * height), 1), range[2];
  pixels_level_range(plane, stride, width, height, 1, few, scratch, range);
  take(range, sizeof range);
  const int count = width * height;
  PixelsPoint *points = room((size_t)count, sizeof *points);
  for (int i = 0; i < count; i++) points[i] = (PixelsPoint){between(0, width), between(0, height)};
  const PixelsPlane whole = {plane, width, height};
  TAKE(pixels_median(whole, points, count, seed, 1, seed % 2));
  free(plane), free(scratch), free(points);
}

static void transforms(int width, int height, int seed) {
  const int count = width * height;
  float *luma = floats(count, -9, 264), *cb = floats(count, 0, 255), *cr = floats(count, 0, 255);
  for (int i = 16; i < count; i++)
    if (i / 16 % 2 > 0) luma[i] = luma[i - 16], cb[i] = cb[i - 16], cr[i] = cr[i - 16];
  float curve[256], *to[3] = {no_floats(count), no_floats(count), no_floats(count)};
  for (int i = 0; i < 256; i++) curve[i] = (float)i * 0.9f + 3 + (float)seed;
  pixels_transform_luma(luma, count, curve, to[0]);
  pixels_saturate(cb, count, 1.3f, to[1]);
  take(to[0], sizeof(float) * (size_t)count), take(to[1], sizeof(float) * (size_t)count);
  pixels_transform_primaries((PixelsColors){luma, cb, cr}, count, curve, to[0], to[1], to[2]);
  for (int i = 0; i < 3; i++) take(to[i], sizeof(float) * (size_t)count), free(to[i]);
  free(luma), free(cb), free(cr);
}

// MARK: Matching

/// The taps of a template and, for every other seed, which of them count.
typedef struct {
  int16_t *weights, *mask;
  int count;
} Taps;

static Taps taps(int width, int line, int height, int seed) {
  Taps made = {words(line * height, -255, 255), NULL, width * height};
  if (seed % 2 > 0) made.mask = words(line * height, 0, 1), made.count = 0;
  for (int at = 0; at < line * height; at++) {
    if (at % line >= width || (made.mask && !made.mask[at])) made.weights[at] = 0;
    if (!made.mask) continue;
    if (at % line >= width) made.mask[at] = 0;
    made.count += made.mask[at];
  }
  return made;
}

static void correlation(int width, int height, int seed) {
  const int columns = 3 + 17 * seed, rows = 2 + seed, line = (width + 1) / 2 * 2;
  const int stride = columns + width - 1;
  uint8_t *plane = bytes(stride * (rows + height - 1), 0, 255);
  const Taps made = taps(width, line, height, seed);
  const PixelsShape shape = {width, height, line / 2, made.weights, made.mask, made.count, 0.25f, 900};
  float *scores = no_floats((ptrdiff_t)columns * rows);
  TAKE(pixels_correlate(&shape, plane, stride, columns, rows, scores, 1, columns));
  take(scores, sizeof(float) * (size_t)(columns * rows));
  for (int at = 0; at < columns * rows; at++) scores[at] = (float)between(0, 40);
  PixelsPeak peaks[8];
  const int found = pixels_peaks(scores, columns, rows, 30, 8, peaks);
  take(peaks, sizeof *peaks * (size_t)found);
  free(plane), free(scores), free(made.weights), free(made.mask);
}

static void products(int width, int height, int seed) {
  const int across = 1 + seed, down = 3, stride = width + across - 1, step = 1 + seed % 3;
  uint8_t *plane = bytes(stride * (height + down - 1), 0, 255);
  const Taps made = taps(width, width, height, seed), all = taps(width, width, height, 0);
  int64_t sums[3], parts[6];
  int64_t *around = room((size_t)(3 * across * down), sizeof *around);
  pixels_products(plane, stride, made.weights, made.mask, width, height, step, sums);
  take(sums, sizeof sums);
  pixels_part_sums(
      plane, stride, made.weights, made.mask, width, (width + 1) / 2, (height + 1) / 2, parts);
  take(parts, sizeof parts);
  TAKE(pixels_products_around(plane, stride, all.weights, width, height, step, across, down, around));
  take(around, sizeof *around * (size_t)(3 * across * down));
  free(plane), free(around), free(made.weights), free(made.mask), free(all.weights);
}

static void hill_climb(int width, int height, int seed) {
  PixelsPlane phases[4];
  uint8_t *samples[4];
  for (int i = 0; i < 4; i++) {
    const int across = 2 * width + 9 - i % 2, down = 2 * height + 7 - i / 2;
    samples[i] = bytes(across * down, 0, 255);
    phases[i] = (PixelsPlane){samples[i], across, down};
  }
  const Taps made = taps(width, width, height, seed);
  const PixelsTaps shape = {width, height, made.weights, made.mask, made.count, 0.5f, 700};
  PixelsPeak places[7];
  for (int i = 0; i < 7; i++)
    places[i] = (PixelsPeak){between(0, 2 * width + 30), between(0, 2 * height + 30), 0};
  pixels_hill_climb(&shape, phases, 7, places);
  take(places, sizeof places);
  for (int i = 0; i < 4; i++) free(samples[i]);
  free(made.weights), free(made.mask);
}

static void outliers(int width, int height, int seed) {
  const int stride = 4 * width + seed;
  uint8_t *plane = bytes(stride * (4 * height - 1) + 4 * width, 0, 255), curve[256];
  uint8_t *expected = bytes(width * height, 90, 160), *allowed = bytes(width * height, 0, 60);
  for (int i = 0; i < 256; i++) curve[i] = (uint8_t)(255 - i / 2);
  for (int i = 0; i < 2; i++)
    TAKE(pixels_outliers(
        plane, stride, expected, allowed, i > 0 ? curve : NULL, 4, width, height,
        seed > 1 ? 2 : 1 << 30));
  free(plane), free(expected), free(allowed);
}

static void registration(int width, int height, int seed) {
  const int count = width * height;
  float *expected = grounds(width, height, 1), *seen = grounds(width, height, 6);
  float *counting = weights(count), *to = no_floats(count);
  pixels_filter(expected, to, count, seed % 2 > 0 ? width : 1, 0.2f, 0.7f, 0.1f);
  take(to, sizeof(float) * (size_t)count);
  PixelsEight *found = room((size_t)((width + 5) / 8 * height), sizeof *found);
  const float edge = 12;
  const int edges = pixels_edges(expected, width, height, 1, 1 + seed, edge, found);
  take(found, sizeof *found * (size_t)edges);
  float sums[15];
  if (width >= 10 && height >= 3) {
    const float *moved = seed % 2 > 0 ? seen : expected;
    TAKE(pixels_registration_sums(
        expected, seen, counting, moved, seed % 2 > 0 ? -1 : 1, expected, 1, width, found, edges,
        edge, sums));
    take(sums, sizeof sums);
  }
  free(expected), free(seen), free(counting), free(to), free(found);
}

static void gradients(int width, int height, int seed) {
  const int count = width * height, reach = 1 + 2 * seed;
  float *levels = grounds(width, height, 3), *to = no_floats(count);
  float *scratch = no_floats(6 * (ptrdiff_t)width);
  pixels_morphological_gradient(levels, to, width, height, scratch);
  take(to, sizeof(float) * (size_t)count);
  float *sums = no_floats(2 * ((ptrdiff_t)width + reach));
  pixels_root_mean_squares(levels, to, width, height, reach, sums);
  take(to, sizeof(float) * (size_t)count);
  float *others = floats(count, 0, 255);
  pixels_raise(levels, others, 0.5f, count, to);
  take(to, sizeof(float) * (size_t)count);
  free(levels), free(to), free(scratch), free(sums), free(others);
}

static void block_gradients(int width, int height, int seed) {
  const int left = 6 * seed, top = 4 * seed, across = left + width + seed, down = top + height;
  uint8_t *plane = bytes(across * down, 0, 255);
  const int columns = (left + width + 7) / 8 - left / 8, rows = (top + height + 7) / 8 - top / 8;
  float *rms = no_floats((ptrdiff_t)columns * rows);
  pixels_block_rms_gradients(plane, across, across, down, left, top, width, height, 9000, rms);
  take(rms, sizeof(float) * (size_t)(columns * rows));
  free(plane), free(rms);
}

static void chroma_gradients(int width, int height, int seed) {
  const int reach = 1 + seed % 7, stride = width + 3;
  uint8_t *plane = bytes(stride * (height - 1) + width, 0, 255);
  const PixelsPart part = {width / 4, height / 4, width - width / 3, height - height / 3};
  void *scratch = room((size_t)pixels_chroma_rms_gradients_scratch(width, height, reach), 1);
  const int count = part.width * part.height;
  float *to = no_floats(count);
  pixels_chroma_rms_gradients(plane, stride, width, height, part, reach, 4000, to, scratch);
  take(to, sizeof(float) * (size_t)count);
  free(plane), free(scratch), free(to);
}

/// Planes of one size as a comparison takes them.
typedef struct {
  float *seen, *expected, *gradient, *rms_gradient, *weights, *blocks;
  PixelsLuma luma;
  PixelsBlockGradients gradients;
} Place;

static Place place(int width, int height) {
  const int count = width * height, left = 3, top = 5;
  const int columns = (width + left + 7) / 8, rows = (height + top + 7) / 8;
  Place made = {grounds(width, height, 9), grounds(width, height, 1), floats(count, 0, 40),
                floats(count, 8, 60), weights(count), floats(columns * rows, 0, 80),
                {0}, {0}};
  made.luma = (PixelsLuma){width, height, made.seen, made.expected, made.gradient,
                           made.rms_gradient, made.weights, 3, 0.1f, 0.12f, 12};
  made.gradients = (PixelsBlockGradients){made.blocks, columns, left, top};
  return made;
}

static void leave(Place made) {
  free(made.seen), free(made.expected), free(made.gradient), free(made.rms_gradient);
  free(made.weights), free(made.blocks);
}

static void noise(int width, int height, int seed) {
  const Place made = place(width, height);
  int32_t counts[2][128] = {{0}};
  for (int at = 0; at < width * height; at++) made.gradient[at] /= seed > 0 ? 9 : 1;
  TAKE(pixels_noise_steps(
      made.seen, made.expected, made.gradient, made.weights, width, height, 1 + seed, 12,
      counts[0]));
  take(counts, sizeof counts);
  pixels_compression_noise(
      &made.luma, &made.gradients, 1 + seed, 3, seed > 0 ? 4 : 36, 16, counts[0], counts[1]);
  take(counts, sizeof counts);
  pixels_flat_spreads(
      made.seen, made.expected, made.gradient, made.weights, width, height, seed > 1 ? 5 : 1 << 30,
      seed > 1 ? 255 : 12, counts[0], counts[1]);
  take(counts, sizeof counts);
  leave(made);
}

static const PixelsLimits limits = {25, 700, 13, 49, 16};

static void take_worst(PixelsWorst worst) {
  TAKE(worst.box_sum), TAKE(worst.variance), TAKE(worst.mean);
}

static void luma_residuals(int width, int height, int seed) {
  (void)seed;
  if (width < 3 || height < 3) return;
  const Place made = place(width, height);
  float *scratch = no_floats(pixels_residual_scan_scratch(width));
  PixelsLumaSums sums;
  take_worst(pixels_scan_luma_residuals(&made.luma, &made.gradients, &limits, scratch, &sums));
  TAKE(sums);
  free(scratch), leave(made);
}

static void chroma_residuals(int width, int height, int seed) {
  if (width < 3 || height < 3) return;
  const Place made = place(width, height);
  const int stride = width + seed, line = 2 * width + 1;
  uint8_t *seen = bytes(stride * (height - 1) + width, 90, 160);
  float *other = floats(width * height, 0, 60), *counting = weights(line * (2 * height - 1) + 2 * width);
  float *scratch = no_floats(pixels_residual_scan_scratch(width));
  const PixelsChroma chroma = {
    width, height, seen, stride, made.expected, made.gradient, made.rms_gradient, made.blocks,
    other, 0.5f, counting, line, 4, 0.2f, 0.16f};
  PixelsChroma whole = chroma;
  whole.seen_rms_gradient = made.rms_gradient;
  take_worst(pixels_scan_chroma_residuals(&whole, &limits, scratch));
  float *bound = no_floats(pixels_chroma_bound_scratch(width));
  for (int i = 0; i < 12; i++)
    TAKE(pixels_chroma_may_exceed(&whole, &limits, 0.5f * (float)(1 << i), bound));
  free(seen), free(other), free(counting), free(scratch), free(bound), leave(made);
}

// MARK: Text, motion, condition

static void text(int width, int height, int seed) {
  const int count = width * height;
  uint8_t *plane = bytes(count, 0, 255), *to = room((size_t)count, 1);
  int32_t *sums = room((size_t)(3 * width + 1), sizeof *sums);
  pixels_adaptive_threshold(plane, width, height, 1 + 7 * seed, 18, to, sums);
  take(to, (size_t)count);
  uint8_t *scratch = room((size_t)(count + 18 * width + 32), 1);
  pixels_top_hat(plane, width, height, seed % 2, to, scratch);
  take(to, (size_t)count);
  free(plane), free(to), free(sums), free(scratch);
}

static void motion(int width, int height, int seed) {
  const int stride = width + seed, count = stride * (height - 1) + width;
  uint8_t *before = bytes(count, 0, 255), *after = bytes(count, 0, 255);
  const int side = seed == 1 ? 4 : 8, tall = seed > 1 ? 4 : side;
  const int columns = (width + side - 1) / side, rows = (height + tall - 1) / tall;
  float *absolutes = no_floats((ptrdiff_t)columns * rows);
  float *means = no_floats((ptrdiff_t)columns * rows);
  pixels_tile_differences(
      before, after, stride, width, height, side, tall, columns, rows, absolutes, means);
  take(absolutes, sizeof(float) * (size_t)(columns * rows));
  take(means, sizeof(float) * (size_t)(columns * rows));
  float *values = floats(width * height, 0, 50);
  int32_t counts[256];
  pixels_count_steps(values, width * height, 8, counts);
  take(counts, sizeof counts);
  free(before), free(after), free(absolutes), free(means), free(values);
}

static void rows(int width, int height, int seed) {
  (void)height;
  uint8_t *row = bytes(4 * width, 0, 255), *second = bytes(4 * width, 0, 255);
  int16_t *tiles = room((size_t)width, sizeof *tiles), *others = words(width, -2040, 2040);
  pixels_row_tiles(row, second, width, tiles);
  take(tiles, sizeof *tiles * (size_t)width);
  const int reach = seed > 0 ? width / 2 : 0;
  int32_t *means = room((size_t)(2 * reach + 1), sizeof *means);
  pixels_row_shifts(tiles, others, width, reach, means);
  take(means, sizeof *means * (size_t)(2 * reach + 1));
  free(row), free(second), free(tiles), free(others), free(means);
}

// MARK: Pointer

static void pointer(int width, int height, int seed) {
  const int blocks = (width + PIXELS_POINTER_BLOCK - 1) / PIXELS_POINTER_BLOCK;
  const int whole = blocks * PIXELS_POINTER_BLOCK, samples = height + 40 * seed;
  const int stride = whole + 11, rows_needed = 9, count = stride * (rows_needed - 1) + whole + 10;
  uint8_t *levels = bytes(count, 0, 255), *changes = bytes(count, 0, 60);
  uint8_t *lumas = bytes(samples, 0, 255);
  int32_t *offsets = room((size_t)samples, sizeof *offsets);
  for (int i = 0; i < samples; i++) offsets[i] = between(0, rows_needed - 1) * stride + between(0, 10);
  int32_t *sums = room((size_t)whole, sizeof *sums);
  const int limit = seed > 1 ? 20 * samples : 1 << 30, early = samples < 16 ? samples : 16;
  if (pixels_pointer_sums(
          levels, width, offsets, lumas, samples, early, 40 * early, limit, sums)) {
    // What is above the limit is any number above it.
    for (int i = 0; i < width; i++) TAKE(sums[i] <= limit ? sums[i] : -1);
  }
  const int few = samples < 255 ? samples : 255;
  int found = -1;
  TAKE(pixels_fewest_misses(
      levels, changes, width, offsets, lumas, few, 60, 15, few, few / 4, &found));
  TAKE(found);
  const int depth = 3 + seed, area = width * height;
  const uint8_t *layers[8];
  for (int i = 0; i < depth; i++) layers[i] = bytes(area, 0, 255);
  uint8_t *scratch = room((size_t)(PIXELS_POINTER_BLOCK * depth), 1), *median = room((size_t)area, 1);
  pixels_lower_median(layers, depth, area, scratch, median);
  take(median, (size_t)area);
  for (int i = 0; i < depth; i++) free((void *)layers[i]);
  free(levels), free(changes), free(lumas), free(offsets), free(sums), free(scratch), free(median);
}

// MARK: All of them

static const struct {
  const char *name;
  void (*run)(int width, int height, int seed);
} cases[] = {
  {"planes", planes}, {"ranges", ranges}, {"transforms", transforms},
  {"correlation", correlation}, {"products", products}, {"hill-climb", hill_climb},
  {"outliers", outliers}, {"registration", registration}, {"gradients", gradients},
  {"block-gradients", block_gradients}, {"chroma-gradients", chroma_gradients}, {"noise", noise},
  {"luma-residuals", luma_residuals}, {"chroma-residuals", chroma_residuals}, {"text", text},
  {"motion", motion}, {"rows", rows}, {"pointer", pointer},
};

static const int sizes[][2] = {
  {1, 1},   {1, 7},   {2, 3},   {3, 3},   {5, 2},   {7, 8},   {8, 9},    {9, 4},    {12, 20},
  {15, 16}, {16, 5},  {17, 31}, {33, 17}, {37, 29}, {64, 33}, {65, 12},  {131, 19}, {261, 15},
  {300, 40},
};

int main(int argc, char **argv) {
  if (argc != 2) return fprintf(stderr, "usage: %s LEVEL | --levels\n", *argv), 2;
  if (strcmp(argv[1], "--levels") == 0) {
    for (int level = 0; pixels_level_name(level); level++)
      printf("%s %s\n", pixels_level_name(level), pixels_can_run(level) ? "runs" : "absent");
    return 0;
  }
  if (!pixels_force_level(argv[1]))
    return fprintf(stderr, "this processor has no level %s\n", argv[1]), 2;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (size_t at = 0; at < sizeof sizes / sizeof *sizes; at++) {
      for (int seed = 0; seed < 4; seed++) {
        begin(sizes[at][0], sizes[at][1], seed);
        cases[i].run(sizes[at][0], sizes[at][1], seed);
        end(cases[i].name, sizes[at][0], sizes[at][1], seed);
      }
    }
  }
  return 0;
}
