// Whether a value keeps its slot's rules; see Check in pack.h.
#pragma once

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// The first check of the slot that the value fails, given the other slots; null: it passes.
const Check* failed_check(const Slot& slot, const Personal& value, const DialogueState& state,
                          const DialogueSettings& settings, const Moment& now);

/// True if the value has the form its slot's kind has: it may have been given under another pack.
bool fits_kind(const Slot& slot, const Personal& value);

}  // namespace mitr
