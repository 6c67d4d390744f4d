/// The kinds of processor that the loops are compiled for, each called a level. All give the same
/// numbers; what wider registers can do is done faster.
///
/// A process takes the highest level that its processor has, or the one that the environment
/// variable `GANTRY_PIXELS_LEVEL` names, so that levels can be tested and compared; it ends at once
/// where that is none.
#pragma once

/// The name of a level, counted from the plainest, 0: `plain`, and on x86-64 `avx2` and `x86-64-v4`
/// besides. Null after the last.
const char *pixels_level_name(int level);

/// Whether this processor has a level.
int pixels_can_run(int level);

/// The level that the process takes.
int pixels_level(void);

/// Takes a level from now on, by its name; the highest for null. Returns 0, and changes nothing,
/// where there is no such level or this processor does not have it.
int pixels_force_level(const char *name);
