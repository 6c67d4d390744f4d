#pragma once
#include <stdint.h>

/// How many counters there are.
enum { COUNTERS = 128 };

/// Which counter a value belongs to; the last one takes all larger ones, too.
static inline int32_t step_of(float value) { return (int32_t)(value < 127 ? value : 127); }
