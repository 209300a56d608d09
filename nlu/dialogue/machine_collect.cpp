// Filling slots: what was offered, what failed its check, what is asked next; see turn.h.
#include "nlu/dialogue/checks.h"
#include "nlu/dialogue/turn.h"
#include "nlu/reply/display.h"

namespace mitr {
namespace {

/// Taps offered at once (WhatsApp's limit); more options are left to the words of the question.
constexpr std::size_t kButtonsMax = 3;

const SlotCandidate* candidate_for(const Understanding& heard, std::string_view slot) {
  for (const SlotCandidate& candidate : heard.slots) {
    if (candidate.slot == slot) return &candidate;
  }
  return nullptr;
}

}  // namespace

void Turn::start(const std::string& flow, const Understanding& heard) {
  emit(FlowStarted{flow});
  const Taken taken = take(heard);
  if (taken.refused.slot != nullptr) {
    refuse(taken.refused);
  } else {
    ask_next();
  }
}

void Turn::collect(const Understanding& heard) {
  const Slot& slot = *asked();
  const Taken taken = take(heard);
  if (taken.refused.slot != nullptr) {
    refuse(taken.refused);
  } else if (taken.any) {
    ask_next();
  } else if (heard.move == Move::kGreet || heard.move == Move::kThanks) {
    repeat_question();
  } else {
    miss(slot.name, slot.misses_max, slot.ask_again);
  }
}

Turn::Taken Turn::take(const Understanding& heard) {
  Taken taken;
  const Flow& flow = *flow_;
  for (const Slot& slot : flow.slots) {
    const SlotCandidate* candidate = candidate_for(heard, slot.name);
    if (candidate == nullptr || candidate->value.empty()) continue;
    const SlotValue* held = state_.slot(slot.name);
    const bool is_asked = slot.name == state_.asking;
    if (held != nullptr && !is_asked && held->value == candidate->value) continue;
    // The end of a span whose start was refused would be judged against the old start.
    if (taken.refused.slot != nullptr && slot.ends == taken.refused.slot->name) continue;
    const Check* failed = failed_check(slot, candidate->value, state_, settings_, now_);
    if (failed != nullptr) {
      emit(SlotRejected{slot.name, failed->name});
      if (taken.refused.slot == nullptr) taken.refused = {&slot, failed};
      continue;
    }
    emit(SlotFilled{slot.name, {candidate->typed, candidate->value}});
    taken.any = true;
    recheck_dependents(slot);
  }
  return taken;
}

/// A value that was fine may no longer be (the end of a span whose start moved): it is asked again.
void Turn::recheck_dependents(const Slot& changed) {
  for (const Slot& slot : flow_->slots) {
    const SlotValue* held = state_.slot(slot.name);
    if (held == nullptr || slot.name == changed.name) continue;
    const Check* failed = failed_check(slot, held->value, state_, settings_, now_);
    if (failed != nullptr && failed->other == changed.name) emit(SlotCleared{slot.name});
  }
}

void Turn::refuse(const Refusal& refusal) {
  if (state_.misses > refusal.slot->misses_max) {
    cancel(pack_.phrases().gave_up);
    return;
  }
  say(refusal.check->message);
  ask(*refusal.slot);
}

void Turn::miss(std::string_view slot, std::uint8_t misses_max, const Phrase& apology) {
  emit(SlotMissed{std::string(slot)});
  // The limit is checked before asking again: one identical question too many loses the contact.
  if (state_.misses > misses_max) {
    cancel(pack_.phrases().gave_up);
    return;
  }
  say(apology);
  repeat_question();
}

void Turn::ask_next() {
  for (const Slot& slot : flow_->slots) {
    if (state_.slot(slot.name) == nullptr) {
      ask(slot);
      return;
    }
  }
  ask_confirmation();
}

void Turn::ask(const Slot& slot) {
  emit(Asked{slot.name});
  say(slot.ask);
  if (slot.kind != SlotKind::kChoice || slot.options.size() > kButtonsMax) return;
  std::vector<Button> buttons;
  for (const Option& option : slot.options) {
    buttons.push_back({option.id, said(option.title, nullptr, {}, settings_)});
  }
  offer_buttons(std::move(buttons));
}

void Turn::repeat_question() {
  if (confirming()) {
    ask_confirmation();
  } else if (const Slot* slot = asked()) {
    ask(*slot);
  } else {
    ask_next();
  }
}

}  // namespace mitr
