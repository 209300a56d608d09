#include "nlu/dialogue/trail.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace mitr {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<Input>> kHeard = {
    "words", "tap",    "unreadable", "timer",       "result", "hand_back", "attachment", "location",
    "order", "digits", "silence",    "interrupted", "notice", "human",     "consent"};

std::string of_flow(std::string_view what, const std::string& name) {
  std::string line(what);
  line += ' ';
  return line += name;
}

struct Rule {
  std::string operator()(const FlowStarted& e) const { return of_flow("started", e.flow); }
  std::string operator()(const SlotFilled& e) const { return of_flow("filled", e.slot); }
  std::string operator()(const SlotRejected& e) const {
    return of_flow(of_flow("check", e.reason) + " of", e.slot);
  }
  std::string operator()(const SlotMissed& e) const { return of_flow("missed", e.slot); }
  std::string operator()(const SlotCleared& e) const { return of_flow("cleared", e.slot); }
  std::string operator()(const Asked& e) const { return of_flow("asked", e.slot); }
  std::string operator()(const FlowCompleted& e) const { return of_flow("completed", e.flow); }
  std::string operator()(const FlowCancelled& e) const { return of_flow("cancelled", e.flow); }
  std::string operator()(const NotUnderstood&) const { return "not understood"; }
  std::string operator()(const TimerSet& e) const {
    return e.at == 0 ? "timer ended" : (e.reminded ? "timer set, the last" : "timer set");
  }
  std::string operator()(const FlowLapsed& e) const { return of_flow("lapsed", e.flow); }
  std::string operator()(const Moved& e) const {
    return of_flow("move", std::to_string(static_cast<unsigned>(e.move)));
  }
  std::string operator()(const FlowSuspended& e) const { return of_flow("set aside", e.flow); }
  std::string operator()(const FlowResumed& e) const { return of_flow("resumed", e.flow); }
  std::string operator()(const FlowQueued& e) const { return of_flow("queued", e.flow); }
  std::string operator()(const SlotSkipped& e) const { return of_flow("skipped", e.slot); }
  std::string operator()(const StepDone& e) const { return of_flow("done", e.step); }
  std::string operator()(const StepUndone& e) const { return of_flow("undone", e.step); }
  std::string operator()(const Doubted& e) const {
    return of_flow("doubted between", std::to_string(e.choices.size()));
  }
  std::string operator()(const HandedOver& e) const { return of_flow("handed over:", e.reason); }
  std::string operator()(const HandedBack&) const { return "handed back"; }
  std::string operator()(const Pinned& e) const { return of_flow("pinned", to_string(e.pack)); }
  std::string operator()(const Migrated& e) const {
    return of_flow("migrated", to_string(e.from) + " to " + to_string(e.to));
  }
  std::string operator()(const ConsentSet& e) const {
    return e.granted ? "consent granted" : "consent withdrawn";
  }
};

/// Which turn gave each value that is held now: the last that filled it.
void note(std::vector<FilledSlot>& filled, const DialogueState& state, const Event& event,
          std::uint64_t seq) {
  const auto* fill = std::get_if<SlotFilled>(&event);
  if (fill == nullptr) return;
  std::erase_if(filled, [&](const FilledSlot& each) {
    return each.flow == state.flow && each.slot == fill->slot;
  });
  filled.push_back({state.flow, fill->slot, seq, fill->value});
}

/// A flow that begins has no values yet, whatever one of its name held before.
void forget(std::vector<FilledSlot>& filled, const Event& event) {
  const auto* started = std::get_if<FlowStarted>(&event);
  if (started == nullptr) return;
  std::erase_if(filled, [&](const FilledSlot& each) { return each.flow == started->flow; });
}

}  // namespace

Trail trail_of(const std::vector<TurnRecord>& turns, std::uint64_t first_seq) {
  Trail trail;
  DialogueState state;
  std::vector<FilledSlot> filled;
  trail.seq = first_seq;
  for (std::size_t turn = 0; turn < turns.size(); ++turn) {
    const bool last = turn + 1 == turns.size();
    trail.seq = first_seq + turn;
    for (const Event& event : turns[turn].events) {
      forget(filled, event);
      apply(state, event);
      note(filled, state, event, trail.seq);
      if (const auto* cleared = std::get_if<SlotCleared>(&event)) {
        std::erase_if(filled, [&](const FilledSlot& each) {
          return each.flow == state.flow && each.slot == cleared->slot;
        });
      }
      if (!last) continue;
      trail.rules.push_back(std::visit(Rule{}, event));
      if (const auto* asked = std::get_if<Asked>(&event)) trail.step = asked->slot;
      if (!state.flow.empty()) trail.flow = state.flow;
      if (const auto* ended = std::get_if<FlowCompleted>(&event)) trail.flow = ended->flow;
      if (const auto* ended = std::get_if<FlowCancelled>(&event)) trail.flow = ended->flow;
    }
    if (turns[turn].snapshot) state = *turns[turn].snapshot;
  }
  if (turns.empty()) return trail;
  trail.pack = turns.back().pack;
  trail.heard = kHeard[turns.back().input.index()];
  if (trail.flow.empty()) trail.flow = state.flow;
  if (trail.step.empty()) trail.step = state.asking;
  std::erase_if(filled, [&](const FilledSlot& each) { return each.flow != trail.flow; });
  trail.slots = std::move(filled);
  return trail;
}

}  // namespace mitr
