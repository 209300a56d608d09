// What a new version of a pack means for conversations that began under another: which of them end
// where they began, and what the others lose. Decided by flow, slot and step names; see
// docs/decisions/0019.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// True if what is in hand is to end under the version it began under: `newest` has one of its
/// flows no more, or says `on_deploy: finish` for one.
bool finishes_where_it_began(const Pack& newest, const DialogueState& state);

/// Slots held in a flow whose value a version of that flow does not take, by name or by kind.
std::vector<std::string> unfit_slots(const Flow& flow, const SlotValues& held);
/// Marks of steps that the flow does not have.
std::vector<std::string> unknown_marks(const Flow& flow, const std::vector<std::string>& marks);
/// The mark of a call that was sent.
std::string sent_mark(const Step& step);

/// One flow in hand that a version would not take over whole.
struct Loss {
  std::string flow;
  bool gone = false;               ///< The version has no such flow.
  std::vector<std::string> slots;  ///< Values that would be asked again, or not kept.
  std::vector<std::string> marks;  ///< Steps that would not be known as done.
  bool operator==(const Loss&) const = default;
};

/// What the conversation would lose at its next turn under `next`; empty: nothing. A flow that is
/// to finish where it began loses nothing.
std::vector<Loss> losses(const Pack& next, const DialogueState& state);

}  // namespace mitr
