/// The loops that touch every pixel, in plain C: quick in debug builds too, the same numbers on
/// every machine, with wider instructions where the processor has them.
///
/// Planes are bytes or single floats, row after row; a stride is the distance between rows in
/// samples. One header for each stage at which a frame meets them.
#pragma once
#include "pixels_condition.h"
#include "pixels_levels.h"
#include "pixels_matching.h"
#include "pixels_motion.h"
#include "pixels_photometry.h"
#include "pixels_planes.h"
#include "pixels_pointer.h"
#include "pixels_residuals.h"
#include "pixels_text.h"
