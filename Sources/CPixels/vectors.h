#pragma once
#include "levels.h"

// The same numbers everywhere: no product and sum in one rounding.
#pragma STDC FP_CONTRACT OFF

/// A pointer of which the compiler does not know that it points beside another: it would hand each
/// number that was loaded on to the next turn, lane by lane, which takes longer than to load it
/// again.
#define APART(pointer)                 \
  ({                                   \
    __typeof__(pointer) apart = pointer; \
    __asm__("" : "+r"(apart));         \
    apart;                             \
  })

/// The smaller and the larger of two numbers; bytes stay bytes: as many fit into a register.
#define LEAST(a, b) __builtin_elementwise_min(a, b)
#define MOST(a, b) __builtin_elementwise_max(a, b)

/// Eight floats at a time.
typedef float Eight __attribute__((vector_size(32), aligned(4)));
typedef int EightInts __attribute__((vector_size(32), aligned(4)));

// A macro, not a function: what is given and returned in wide registers differs from level to level.
#define LOAD(from) (*(const Eight *)(from))

/// The lanes of one where a mask is set, those of another elsewhere.
#define EITHER(which, one, other)                                                              \
  ((Eight)(((EightInts)(one) & (which)) | ((EightInts)(other) & ~(which))))

/// The sum of eight lanes.
#define TOTAL(eight)                                                                           \
  (((double)(eight)[0] + (eight)[1] + (eight)[2] + (eight)[3]) +                               \
   ((double)(eight)[4] + (eight)[5] + (eight)[6] + (eight)[7]))
