#pragma once
#include <errno.h>
#include <gpiod.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

// One face for the two interfaces of libgpiod, which share names but neither types nor meanings.
// Version 1 has line bulks, version 2 does not. All functions return -1 and set errno on failure.
#ifdef GPIOD_LINE_BULK_INITIALIZER
#define GANTRY_GPIOD_1 1
#endif

/// A line that this process holds, as an output or an input.
typedef struct {
#ifdef GANTRY_GPIOD_1
  struct gpiod_chip *chip;
  struct gpiod_line *line;
#else
  struct gpiod_line_request *request;
  unsigned int offset;
#endif
} gantry_gpio_line;

/// What a chip says of itself.
typedef struct {
  char name[64];
  char label[64];
  unsigned int lines;
} gantry_gpio_chip;

/// What the kernel says of a line, without requesting it.
typedef struct {
  char name[64];
  char consumer[64];
  int is_used;
} gantry_gpio_line_info;

static inline void gantry_gpio_copy(char *target, size_t size, const char *text) {
  target[0] = 0;
  if (text != NULL) {
    strncat(target, text, size - 1);
  }
}

/// The version of the library's interface that this was built against.
static inline int gantry_gpio_version(void) {
#ifdef GANTRY_GPIOD_1
  return 1;
#else
  return 2;
#endif
}

static inline int gantry_gpio_describe(const char *path, gantry_gpio_chip *description) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) {
    return -1;
  }
#ifdef GANTRY_GPIOD_1
  gantry_gpio_copy(description->name, sizeof description->name, gpiod_chip_name(chip));
  gantry_gpio_copy(description->label, sizeof description->label, gpiod_chip_label(chip));
  description->lines = gpiod_chip_num_lines(chip);
#else
  struct gpiod_chip_info *info = gpiod_chip_get_info(chip);
  if (info == NULL) {
    gpiod_chip_close(chip);
    return -1;
  }
  gantry_gpio_copy(description->name, sizeof description->name, gpiod_chip_info_get_name(info));
  gantry_gpio_copy(description->label, sizeof description->label, gpiod_chip_info_get_label(info));
  description->lines = (unsigned int)gpiod_chip_info_get_num_lines(info);
  gpiod_chip_info_free(info);
#endif
  gpiod_chip_close(chip);
  return 0;
}

static inline int gantry_gpio_inspect(
    const char *path, unsigned int offset, gantry_gpio_line_info *description) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) {
    return -1;
  }
  int outcome = -1;
#ifdef GANTRY_GPIOD_1
  struct gpiod_line *line = gpiod_chip_get_line(chip, offset);
  if (line != NULL) {
    gantry_gpio_copy(description->name, sizeof description->name, gpiod_line_name(line));
    gantry_gpio_copy(description->consumer, sizeof description->consumer, gpiod_line_consumer(line));
    description->is_used = gpiod_line_is_used(line) ? 1 : 0;
    outcome = 0;
  }
#else
  struct gpiod_line_info *line = gpiod_chip_get_line_info(chip, offset);
  if (line != NULL) {
    gantry_gpio_copy(description->name, sizeof description->name, gpiod_line_info_get_name(line));
    gantry_gpio_copy(
        description->consumer, sizeof description->consumer, gpiod_line_info_get_consumer(line));
    description->is_used = gpiod_line_info_is_used(line) ? 1 : 0;
    gpiod_line_info_free(line);
    outcome = 0;
  }
#endif
  int error = errno;
  gpiod_chip_close(chip);
  errno = error;
  return outcome;
}

/// Requests a line: as an output whose first value is 0 or 1, or as an input where that is negative.
static inline int gantry_gpio_take(
    const char *path, unsigned int offset, const char *consumer, int active_low, int value,
    gantry_gpio_line *held) {
  struct gpiod_chip *chip = gpiod_chip_open(path);
  if (chip == NULL) {
    return -1;
  }
#ifdef GANTRY_GPIOD_1
  struct gpiod_line *line = gpiod_chip_get_line(chip, offset);
  int flags = active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0;
  if (line == NULL ||
      (value < 0 ? gpiod_line_request_input_flags(line, consumer, flags)
                 : gpiod_line_request_output_flags(line, consumer, flags, value)) != 0) {
    int error = errno;
    gpiod_chip_close(chip);
    errno = error;
    return -1;
  }
  held->chip = chip;
  held->line = line;
  return 0;
#else
  struct gpiod_line_settings *settings = gpiod_line_settings_new();
  struct gpiod_line_config *lines = gpiod_line_config_new();
  struct gpiod_request_config *request = gpiod_request_config_new();
  held->request = NULL;
  held->offset = offset;
  if (settings != NULL && lines != NULL && request != NULL &&
      gpiod_line_settings_set_direction(
          settings, value < 0 ? GPIOD_LINE_DIRECTION_INPUT : GPIOD_LINE_DIRECTION_OUTPUT) == 0 &&
      gpiod_line_settings_set_output_value(
          settings, value > 0 ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE) == 0) {
    gpiod_line_settings_set_active_low(settings, active_low != 0);
    gpiod_request_config_set_consumer(request, consumer);
    if (gpiod_line_config_add_line_settings(lines, &offset, 1, settings) == 0) {
      held->request = gpiod_chip_request_lines(chip, request, lines);
    }
  }
  int error = errno;
  gpiod_request_config_free(request);
  gpiod_line_config_free(lines);
  gpiod_line_settings_free(settings);
  gpiod_chip_close(chip);
  errno = error;
  return held->request != NULL ? 0 : -1;
#endif
}

/// Requests a line as an output with a first value; `active_low` turns all values round.
static inline int gantry_gpio_request(
    const char *path, unsigned int offset, const char *consumer, int active_low, int value,
    gantry_gpio_line *held) {
  return gantry_gpio_take(path, offset, consumer, active_low, value ? 1 : 0, held);
}

/// Requests a line as an input; `active_low` turns its values round.
static inline int gantry_gpio_request_input(
    const char *path, unsigned int offset, const char *consumer, int active_low,
    gantry_gpio_line *held) {
  return gantry_gpio_take(path, offset, consumer, active_low, -1, held);
}

static inline int gantry_gpio_set(gantry_gpio_line *held, int value) {
#ifdef GANTRY_GPIOD_1
  return gpiod_line_set_value(held->line, value);
#else
  return gpiod_line_request_set_value(
      held->request, held->offset, value ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE);
#endif
}

/// The value of a held line: 0 or 1.
static inline int gantry_gpio_get(gantry_gpio_line *held) {
#ifdef GANTRY_GPIOD_1
  return gpiod_line_get_value(held->line);
#else
  return (int)gpiod_line_request_get_value(held->request, held->offset);
#endif
}

static inline void gantry_gpio_release(gantry_gpio_line *held) {
#ifdef GANTRY_GPIOD_1
  gpiod_line_release(held->line);
  gpiod_chip_close(held->chip);
#else
  gpiod_line_request_release(held->request);
#endif
}
