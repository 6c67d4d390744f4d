#pragma once
#include <stdatomic.h>

// What is written by hand for x86-64; without it all is plain C, which it is compared with.
#if defined(__x86_64__) && !defined(PIXELS_PORTABLE)
#define X86 1
#else
#define X86 0
#endif

/// The levels that a function is compiled for.
enum {
  PLAIN,
#if X86
  AVX2,
  X86_64_V4,
#endif
};

/// The level of the process; negative until it is asked for.
extern _Atomic int pixels_known_level;
int pixels_choose_level(void);

/// The level of the process.
static inline int level_here(void) {
  const int level = atomic_load_explicit(&pixels_known_level, memory_order_relaxed);
  return level >= 0 ? level : pixels_choose_level();
}

#define HAS_AVX2 (level_here() >= AVX2)

// Parts of loops, compiled for whatever level they are a part of.
#define PART static inline __attribute__((always_inline))

#if X86
/// A function that is compiled for each level; a call takes that of the process. What follows is the
/// function's body.
#define EACH_LEVEL(result, name, parameters, arguments)                                            \
  result name parameters;                                                                          \
  PART result name##_body parameters;                                                              \
  __attribute__((target("arch=x86-64-v4"))) static result name##_v4 parameters {                   \
    return name##_body arguments;                                                                  \
  }                                                                                                \
  __attribute__((target("avx2"))) static result name##_avx2 parameters {                           \
    return name##_body arguments;                                                                  \
  }                                                                                                \
  static result name##_plain parameters { return name##_body arguments; }                          \
  result name parameters {                                                                         \
    const int level = level_here();                                                                \
    if (level == X86_64_V4) return name##_v4 arguments;                                            \
    if (level == AVX2) return name##_avx2 arguments;                                               \
    return name##_plain arguments;                                                                 \
  }                                                                                                \
  PART result name##_body parameters
#else
#define EACH_LEVEL(result, name, parameters, arguments) result name parameters
#endif
