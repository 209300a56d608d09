#include "nlu/dialogue/deploy.h"

#include <algorithm>

#include "nlu/dialogue/checks.h"

namespace mitr {
namespace {

/// Calls `each(flow, slots, marks)` for the running flow and those that wait.
template <class Each>
void for_each_in_hand(const DialogueState& state, Each each) {
  if (!state.flow.empty()) each(state.flow, state.slots, state.marks);
  for (const WaitingFlow& waiting : state.waiting) each(waiting.flow, waiting.slots, waiting.marks);
}

}  // namespace

std::string sent_mark(const Step& step) {
  return step.id + ":sent";
}

bool finishes_where_it_began(const Pack& newest, const DialogueState& state) {
  bool finishes = false;
  for_each_in_hand(state, [&](const std::string& name, const auto&, const auto&) {
    const Flow* flow = newest.flow(name);
    finishes = finishes || flow == nullptr || flow->finish_on_deploy;
  });
  return finishes;
}

std::vector<std::string> unfit_slots(const Flow& flow, const SlotValues& held) {
  std::vector<std::string> unfit;
  for (const auto& [name, value] : held) {
    const Slot* slot = flow.slot(name);
    if (slot == nullptr || !fits_kind(*slot, value.value)) unfit.push_back(name);
  }
  return unfit;
}

std::vector<std::string> unknown_marks(const Flow& flow, const std::vector<std::string>& marks) {
  std::vector<std::string> unknown;
  for (const std::string& mark : marks) {
    const bool known = mark == kConfirmStep ||
                       std::any_of(flow.steps.begin(), flow.steps.end(), [&](const Step& step) {
                         return mark == step.id || mark == sent_mark(step);
                       });
    if (!known) unknown.push_back(mark);
  }
  return unknown;
}

std::vector<Loss> losses(const Pack& next, const DialogueState& state) {
  std::vector<Loss> all;
  for_each_in_hand(state, [&](const std::string& name, const SlotValues& slots,
                              const std::vector<std::string>& marks) {
    const Flow* flow = next.flow(name);
    if (flow == nullptr) {
      all.push_back({name, true, {}, {}});
      return;
    }
    if (flow->finish_on_deploy) return;
    Loss loss{name, false, unfit_slots(*flow, slots), unknown_marks(*flow, marks)};
    if (!loss.slots.empty() || !loss.marks.empty()) all.push_back(std::move(loss));
  });
  return all;
}

}  // namespace mitr
