#include "levels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CPixels.h"

/// No level.
enum { NONE = -1 };

static const char *const names[] = {
  [PLAIN] = "plain",
#if X86
  [AVX2] = "avx2",
  [X86_64_V4] = "x86-64-v4",
#endif
};
enum { LEVELS = sizeof names / sizeof *names };

const char *pixels_level_name(int level) {
  return level >= 0 && level < LEVELS ? names[level] : NULL;
}

int pixels_can_run(int level) {
#if X86
  if (level == AVX2) return __builtin_cpu_supports("avx2") != 0;
  if (level == X86_64_V4) return __builtin_cpu_supports("x86-64-v4") != 0;
#endif
  return level == PLAIN;
}

/// The level of a name, the highest for null; negative where there is none, or this processor does
/// not have it.
static int level_of(const char *name) {
  for (int level = LEVELS - 1; level >= 0; level--)
    if ((!name || strcmp(names[level], name) == 0) && pixels_can_run(level)) return level;
  return NONE;
}

_Atomic int pixels_known_level = NONE;

int pixels_choose_level(void) {
  const char *name = getenv("GANTRY_PIXELS_LEVEL");
  const int level = level_of(name);
  if (level < 0) {
    fprintf(stderr, "GANTRY_PIXELS_LEVEL: this processor has no level %s\n", name);
    abort();
  }
  atomic_store_explicit(&pixels_known_level, level, memory_order_relaxed);
  return level;
}

int pixels_level(void) { return level_here(); }

int pixels_force_level(const char *name) {
  const int level = level_of(name);
  if (level < 0) return 0;
  atomic_store_explicit(&pixels_known_level, level, memory_order_relaxed);
  return 1;
}
