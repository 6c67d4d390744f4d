#pragma once
#include <tesseract/capi.h>
#include <dlfcn.h>
#include <stddef.h>

/// Keeps tesseract's OpenMP loops on the calling thread.
///
/// Debian builds tesseract with OpenMP, whose waiting threads spin: a read costs ten times more
/// with them than without. The limit holds for the thread that calls this, so call it on the
/// thread that recognises. Looked up at run time: a tesseract built without OpenMP needs none.
static inline void gantry_omp_stay_serial(void) {
  void (*limit)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_max_active_levels");
  if (limit != NULL) {
    limit(0);
  }
}
