// The fold: one event into the state. There is no other way to change a state; what old journals
// hold must fold as it did.
#include <algorithm>
#include <limits>
#include <utility>

#include "nlu/dialogue/dialogue.h"

namespace mitr {
namespace {

void count_miss(DialogueState& state) {
  if (state.misses < std::numeric_limits<std::uint8_t>::max()) ++state.misses;
}

auto named(std::string_view name) {
  return [name](const auto& entry) { return entry.first == name; };
}

/// Nothing runs; what waits and who answers stays.
void clear_running(DialogueState& state) {
  state.flow.clear();
  state.asking.clear();
  state.misses = 0;
  state.slots.clear();
  state.marks.clear();
  state.doubt.clear();
  state.closed.clear();
  state.wake_at = 0;
  state.reminded = false;
}

void resume(DialogueState& state, const std::string& flow) {
  const auto found = std::find_if(state.waiting.begin(), state.waiting.end(),
                                  [&](const WaitingFlow& each) { return each.flow == flow; });
  clear_running(state);
  state.flow = flow;
  if (found == state.waiting.end()) return;
  state.slots = std::move(found->slots);
  state.marks = std::move(found->marks);
  state.waiting.erase(found);
}

struct Fold {
  DialogueState& state;

  void operator()(const FlowStarted& e) const {
    clear_running(state);
    state.flow = e.flow;
  }
  void operator()(const SlotFilled& e) const {
    const auto held = std::find_if(state.slots.begin(), state.slots.end(), named(e.slot));
    if (held == state.slots.end()) {
      state.slots.emplace_back(e.slot, e.value);
    } else {
      held->second = e.value;
    }
    state.misses = 0;
  }
  void operator()(const SlotRejected&) const { count_miss(state); }
  void operator()(const SlotMissed&) const { count_miss(state); }
  void operator()(const SlotCleared& e) const { std::erase_if(state.slots, named(e.slot)); }
  void operator()(const Asked& e) const {
    state.asking = e.slot;
    state.doubt.clear();
  }
  void operator()(const FlowCompleted&) const { clear_running(state); }
  void operator()(const FlowCancelled&) const { clear_running(state); }
  void operator()(const NotUnderstood&) const {
    if (state.at_rest()) {
      count_miss(state);
      state.asking.clear();
      state.doubt.clear();
    }
    state.closed.clear();
  }
  void operator()(const TimerSet& e) const {
    state.wake_at = e.at;
    state.reminded = e.reminded;
  }
  void operator()(const FlowLapsed& e) const {
    clear_running(state);
    state.waiting.clear();
    state.closed = e.flow;
  }
  void operator()(const Moved&) const {
    if (state.at_rest()) state.misses = 0;
  }
  void operator()(const FlowSuspended& e) const {
    WaitingFlow waiting{e.flow, std::move(state.slots), std::move(state.marks), false};
    clear_running(state);
    state.waiting.push_back(std::move(waiting));
  }
  void operator()(const FlowResumed& e) const { resume(state, e.flow); }
  void operator()(const FlowQueued& e) const {
    state.waiting.insert(state.waiting.begin(), WaitingFlow{e.flow, {}, {}, true});
  }
  void operator()(const SlotSkipped& e) const { (*this)(SlotFilled{e.slot, {}}); }
  void operator()(const StepDone& e) const {
    if (!state.marked(e.step)) state.marks.push_back(e.step);
  }
  void operator()(const StepUndone& e) const { std::erase(state.marks, e.step); }
  void operator()(const Doubted& e) const {
    if (state.at_rest()) count_miss(state);
    state.doubt = e.choices;
    state.asking = kWhichStep;
  }
  void operator()(const HandedOver& e) const {
    state.human_until = e.until;
    state.misses = 0;
  }
  void operator()(const HandedBack&) const { state.human_until = 0; }
  void operator()(const Pinned& e) const { state.pack = e.pack; }
  void operator()(const Migrated& e) const { state.pack = e.to; }
  void operator()(const ConsentSet& e) const {
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(e.consent));
    state.withdrawn =
        static_cast<std::uint8_t>(e.granted ? state.withdrawn & ~bit : state.withdrawn | bit);
  }
};

}  // namespace

const SlotValue* DialogueState::slot(std::string_view name) const {
  for (const auto& [slot_name, value] : slots) {
    if (slot_name == name) return &value;
  }
  return nullptr;
}

bool DialogueState::marked(std::string_view step) const {
  return std::find(marks.begin(), marks.end(), step) != marks.end();
}

void apply(DialogueState& state, const Event& event) {
  std::visit(Fold{state}, event);
  // Nothing is in hand that a version could matter to.
  if (state.flow.empty() && state.waiting.empty()) state.pack = {};
}

}  // namespace mitr
