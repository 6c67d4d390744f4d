#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stddef.h>
#include <stdint.h>

// What a match may still cost, and where in the text it was last seen.
typedef struct {
  uint64_t left;
  size_t position;
} gantry_match_allowance;

// Called before every item of a pattern that a match tries (`pcre2callout(3)`). The engine's own
// limit counts anew from each place where a match may begin, and not what a repeated item runs over;
// this one goes on counting, and the way through the text with it.
static inline int gantry_count_step(pcre2_callout_block *block, void *data) {
  gantry_match_allowance *allowance = (gantry_match_allowance *)data;
  size_t here = block->current_position;
  size_t before = allowance->position;
  uint64_t cost = 1 + (here > before ? here - before : before - here);
  allowance->position = here;
  if (cost > allowance->left) {
    allowance->left = 0;
    return PCRE2_ERROR_CALLOUT;
  }
  allowance->left -= cost;
  return 0;
}

static inline void gantry_set_allowance(
    pcre2_match_context *context, gantry_match_allowance *allowance) {
  pcre2_set_callout(context, gantry_count_step, allowance);
}
