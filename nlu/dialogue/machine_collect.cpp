// Filling slots: what was offered, what failed its check, what is asked; see turn.h.
#include <algorithm>

#include "nlu/dialogue/checks.h"
#include "nlu/dialogue/turn.h"
#include "nlu/reply/display.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

const SlotCandidate* candidate_for(const Understanding& heard, std::string_view slot) {
  for (const SlotCandidate& candidate : heard.slots) {
    if (candidate.slot == slot) return &candidate;
  }
  return nullptr;
}

}  // namespace

void Turn::collect(const Understanding& heard) {
  if (!heard.intent.empty() && heard.intent != flow_->name) {
    start(heard.intent, heard);
    return;
  }
  const Slot* slot = asked();
  const Taken taken = take(heard);
  if (taken.refused.slot != nullptr) {
    refuse(taken.refused);
  } else if (taken.any) {
    say_changed(taken);
    if (!taken.doubt.empty()) {
      ask_which(taken.doubt);
    } else if (!heard.also.empty()) {
      turn_to(heard);
    } else {
      go_on();
    }
  } else if (!taken.doubt.empty()) {
    ask_which(taken.doubt);
  } else if (clear_named(heard)) {
    return;
  } else if (!heard.also.empty()) {
    turn_to(heard);
  } else if (slot == nullptr) {
    go_on();  // The pack changed under us and the slot asked is gone.
  } else if (heard.move == Move::kGreet || heard.move == Move::kThanks ||
             heard.intent == flow_->name) {
    repeat_question();
  } else {
    miss(slot->ask_again);
  }
}

std::vector<SlotCandidate> Turn::settle_doubt(Understanding& heard) const {
  std::vector<SlotCandidate> doubt = std::move(heard.doubt);
  const Slot* slot = doubt.empty() ? nullptr : flow_->slot(doubt.front().slot);
  const bool one_slot = std::all_of(doubt.begin(), doubt.end(), [&](const SlotCandidate& each) {
    return each.slot == doubt.front().slot;
  });
  if (slot == nullptr || !one_slot) return doubt;
  const SlotValue* held = state_.slot(slot->name);
  const bool known =
      held != nullptr && std::any_of(doubt.begin(), doubt.end(), [held](const SlotCandidate& each) {
        return each.value == held->value;
      });
  if (known) return {};  // What is held is one of them: nothing is new.
  const SlotCandidate first = doubt.front();
  std::erase_if(doubt, [&](const SlotCandidate& each) {
    return failed_check(*slot, each.value, state_, settings_, now_) != nullptr;
  });
  if (doubt.size() > 1) return doubt;
  // One is left, or none: then the first is refused as its check says.
  heard.slots.push_back(doubt.empty() ? first : doubt.front());
  return {};
}

Turn::Taken Turn::take(const Understanding& said) {
  Understanding heard = said;
  Taken taken;
  taken.doubt = settle_doubt(heard);
  const Flow& flow = *flow_;
  for (const Slot& slot : flow.slots) {
    const SlotCandidate* candidate = candidate_for(heard, slot.name);
    if (candidate == nullptr || candidate->value.empty()) continue;
    const SlotValue* held = state_.slot(slot.name);
    const bool is_asked = slot.name == state_.asking;
    const bool differs = held != nullptr && held->value != candidate->value;
    if (held != nullptr && !is_asked && !differs) continue;
    // The end of a span whose start was refused would be judged against the old start.
    if (taken.refused.slot != nullptr && slot.ends == taken.refused.slot->name) continue;
    const Check* failed = failed_check(slot, candidate->value, state_, settings_, now_);
    if (failed != nullptr) {
      emit(SlotRejected{slot.name, failed->name});
      if (taken.refused.slot == nullptr) taken.refused = {&slot, failed};
      continue;
    }
    if (differs && !is_asked) taken.changed = &slot;
    emit(SlotFilled{slot.name, {candidate->typed, candidate->value}});
    taken.any = true;
    if (slot.kind == SlotKind::kRecord) {
      const auto rows = rows_of(slot);
      if (const auto row = row_of(rows, candidate->value.reveal())) give(slot, rows[*row]);
    }
    changed(slot);
  }
  return taken;
}

/// A value that was fine may no longer be (the end of a span whose start moved): it is asked again.
/// What was confirmed with the old value is confirmed anew.
void Turn::changed(const Slot& changed) {
  if (state_.marked(kConfirmStep)) emit(StepUndone{std::string(kConfirmStep)});
  for (const Slot& slot : flow_->slots) {
    const SlotValue* held = state_.slot(slot.name);
    if (held == nullptr || held->value.empty() || slot.name == changed.name) continue;
    const Check* failed = failed_check(slot, held->value, state_, settings_, now_);
    if (failed != nullptr && failed->other == changed.name) emit(SlotCleared{slot.name});
  }
  for (const Step& step : flow_->steps) {
    const auto& with = step.arguments;
    const bool rests = step.kind == Step::Kind::kCall &&
                       std::find(with.begin(), with.end(), changed.name) != with.end();
    if (rests && state_.slot(step.slot) != nullptr) undo_call(step);
  }
}

bool Turn::clear_named(const Understanding& heard) {
  const auto named = std::find_if(heard.slots.begin(), heard.slots.end(), [&](const auto& each) {
    return each.value.empty() && state_.slot(each.slot) != nullptr;
  });
  if (named == heard.slots.end() || flow_->slot(named->slot) == nullptr) return false;
  emit(SlotCleared{named->slot});
  if (state_.marked(kConfirmStep)) emit(StepUndone{std::string(kConfirmStep)});
  ask(*flow_->slot(named->slot));
  return true;
}

/// At the confirmation the summary shows it; in the middle of the form it is said.
void Turn::say_changed(const Taken& taken) {
  if (taken.changed == nullptr || confirming()) return;
  const SlotValue* held = state_.slot(taken.changed->name);
  if (held == nullptr) return;
  say(pack_.phrases().changed, {{"value", shown(*taken.changed, *held, settings_)}});
}

void Turn::refuse(const Refusal& refusal) {
  if (state_.misses > refusal.slot->misses_max) {
    exhausted(refusal.slot);
    return;
  }
  say(refusal.check->message);
  ask(*refusal.slot);
}

void Turn::miss(const Phrase& apology) {
  emit(SlotMissed{state_.asking});
  const Slot* slot = asked();
  const std::uint8_t most = slot == nullptr ? flow_->misses_max : slot->misses_max;
  // The limit is checked before asking again: one identical question too many loses the contact.
  if (state_.misses > most) {
    exhausted(slot);
    return;
  }
  say(apology);
  repeat_question();
}

/// Asked as often as the pack allows. `slot` null: the confirmation and the like.
void Turn::exhausted(const Slot* slot) {
  const WhenMissed then = slot == nullptr ? WhenMissed::kStop : slot->when_missed;
  if (then == WhenMissed::kSkip) {
    say(pack_.phrases().skipped);
    emit(SlotSkipped{slot->name});
    go_on();
  } else if (then == WhenMissed::kDefault) {
    emit(SlotFilled{slot->name, {{}, Personal(slot->default_value)}});
    go_on();
  } else if (then == WhenMissed::kHuman) {
    hand_over("misses", pack_.phrases().human_missed);
  } else {
    stop(pack_.phrases().gave_up);
  }
}

void Turn::ask(const Slot& slot) {
  emit(Asked{slot.name});
  say(slot.ask);
  if (slot.kind == SlotKind::kRecord) offer_rows(slot);
  if (slot.kind == SlotKind::kYesNo && slot.options.empty()) offer_yes_no();
  if (slot.kind != SlotKind::kChoice && slot.kind != SlotKind::kYesNo) return;
  // More than a list takes are left to the words of the question.
  if (slot.options.empty() || slot.options.size() > limits::kSendRowsMax) return;
  std::vector<Button> buttons;
  for (const Option& option : slot.options) {
    buttons.push_back({option.id, said(option.title, nullptr, {}, settings_)});
  }
  offer_buttons(std::move(buttons));
}

void Turn::repeat_question() {
  if (asking(kResumeStep)) {
    ask_resume();
  } else if (asking(kWhichStep)) {
    ask_which(std::vector(state_.doubt));
  } else if (flow_ == nullptr) {
    say_help();
  } else if (confirming()) {
    ask_confirmation();
  } else if (const Slot* slot = asked()) {
    ask(*slot);
  } else {
    go_on();
  }
}

}  // namespace mitr
