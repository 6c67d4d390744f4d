#pragma once

/// Which of 128 counters a value belongs to; the last one takes all larger ones, too.
static inline int step_of(float value) { return value < 127 ? (int)value : 127; }
