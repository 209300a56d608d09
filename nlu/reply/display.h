// A slot's value as a contact reads it: "Mon 30 Nov 2026", or as typed where the tenant wants that.
#pragma once

#include <string>

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// The normal form: dates with weekday and month name, choices by their title, money, times and
/// lengths as the language writes them; text, names and the like as they are.
std::string normal_form(const Slot& slot, const SlotValue& held, std::string_view language);
/// What summaries show: as typed if the tenant wants it, else the normal form.
std::string shown(const Slot& slot, const SlotValue& held, const DialogueSettings& settings);
/// A phrase with its slots filled from the state, in the tenant's language. `place` values beside
/// the slots (as {offers}) come from `extra`.
std::string said(const Phrase& phrase, const Flow* flow, const DialogueState& state,
                 const DialogueSettings& settings,
                 const std::vector<std::pair<std::string, std::string>>& extra = {});

}  // namespace mitr
