#pragma once

/// Compiles a function for several kinds of processor, chosen among when the program starts.
#if defined(__x86_64__) && defined(__linux__)
#define EACH_MACHINE __attribute__((target_clones("avx2", "default")))
#else
#define EACH_MACHINE
#endif

// The same numbers everywhere: no product and sum in one rounding.
#pragma STDC FP_CONTRACT OFF

/// Eight floats at a time.
typedef float Eight __attribute__((vector_size(32), aligned(4)));
typedef int EightInts __attribute__((vector_size(32), aligned(4)));
