// Several flows in one conversation: what steps aside, what goes on, and what to ask when the words
// could mean more than one thing; see turn.h.
#include <algorithm>

#include "nlu/dialogue/turn.h"
#include "nlu/reply/display.h"
#include "nlu/text/tokens.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

bool is_flow(const SlotCandidate& choice) {
  return choice.value.empty();
}

}  // namespace

void Turn::begin(const std::string& flow) {
  emit(FlowStarted{flow});
  if (state_.pack != pack_.version()) emit(Pinned{pack_.version()});
}

const Flow* Turn::take_up(const std::string& flow) {
  emit(FlowResumed{flow});
  // While it waited, a new version may have taken over.
  if (flow_ != nullptr) drop_unknown();
  return flow_;
}

void Turn::start(const std::string& flow, const Understanding& heard) {
  const Flow* wanted = pack_.flow(flow);
  if (wanted == nullptr) return;
  const auto waits = std::any_of(state_.waiting.begin(), state_.waiting.end(),
                                 [&](const WaitingFlow& each) { return each.flow == flow; });
  if (!waits && wanted->guard.holds(state_, now_) == std::optional<bool>(false)) {
    say(wanted->closed.empty() ? pack_.phrases().not_now : wanted->closed);
    if (flow_ != nullptr) repeat_question();
    return;
  }
  const bool aside = flow_ != nullptr;
  if (aside && !waits && !wanted->urgent && state_.waiting.size() >= limits::kWaitingFlowsMax) {
    say(pack_.phrases().too_deep);
    repeat_question();
    return;
  }
  if (aside) {
    // What is answered at once makes nothing wait.
    if (!wanted->slots.empty()) say_of(pack_.phrases().set_aside, flow_);
    emit(FlowSuspended{state_.flow});
  }
  if (waits) {
    take_up(flow);
  } else {
    begin(flow);
  }
  started_.push_back(flow);
  const Taken taken = take(heard);
  queue(heard.also);
  if (taken.refused.slot != nullptr) {
    refuse(taken.refused);
  } else if (!taken.doubt.empty()) {
    ask_which(taken.doubt);
  } else {
    go_on();
  }
}

void Turn::queue(const std::vector<std::string>& flows) {
  for (const std::string& flow : flows) {
    const bool known = flow == state_.flow || pack_.flow(flow) == nullptr ||
                       std::any_of(state_.waiting.begin(), state_.waiting.end(),
                                   [&](const WaitingFlow& each) { return each.flow == flow; });
    if (known || state_.waiting.size() >= limits::kWaitingFlowsMax) continue;
    emit(FlowQueued{flow});
  }
}

void Turn::turn_to(const Understanding& heard) {
  Understanding next;
  next.also.assign(heard.also.begin() + 1, heard.also.end());
  start(heard.also.front(), next);
}

void Turn::resume_next() {
  while (!state_.waiting.empty()) {
    const WaitingFlow next = state_.waiting.back();
    if (take_up(next.flow) == nullptr) {
      emit(FlowCancelled{next.flow});  // The pack has changed meanwhile.
      continue;
    }
    if (next.queued) {
      started_.push_back(next.flow);
      say_of(pack_.phrases().next_matter, flow_);
      go_on();
    } else if (!started_.empty()) {
      // What came between is over within its own turn: nobody needs to be asked.
      resume_here();
    } else {
      ask_resume();
    }
    return;
  }
}

void Turn::resume_here() {
  say_of(pack_.phrases().resumed, flow_);
  go_on();
}

void Turn::ask_resume() {
  emit(Asked{std::string(kResumeStep)});
  say_of(pack_.phrases().resume, flow_);
  offer_yes_no();
}

void Turn::answer_resume(const Understanding& heard) {
  if (!heard.intent.empty() && heard.intent != flow_->name) {
    start(heard.intent, heard);
    return;
  }
  const Taken taken = take(heard);
  if (taken.refused.slot != nullptr) {
    refuse(taken.refused);
  } else if (taken.any || heard.move == Move::kYes || heard.intent == flow_->name) {
    go_on();
  } else if (clear_named(heard)) {
    return;
  } else if (heard.move == Move::kNo) {
    say_of(pack_.phrases().dropped, flow_);
    emit(FlowCancelled{state_.flow});
    resume_next();
  } else {
    miss({});
  }
}

void Turn::ask_which(const std::vector<SlotCandidate>& choices) {
  const CommonPhrases& phrases = pack_.phrases();
  emit(Doubted{choices});
  const bool flows = is_flow(choices.front());
  const bool same_slot =
      std::all_of(choices.begin(), choices.end(),
                  [&](const SlotCandidate& each) { return each.slot == choices.front().slot; });
  std::string list;
  std::vector<Button> buttons;
  for (const SlotCandidate& choice : choices) {
    std::string title;
    if (flows) {
      if (const Flow* flow = pack_.flow(choice.slot)) title = title_of(*flow);
    } else if (const Slot* slot = flow_ == nullptr ? nullptr : flow_->slot(choice.slot)) {
      // What was typed is what left it open: here the values are told apart.
      title = same_slot ? normal_form(*slot, {choice.typed, choice.value}, settings_.language)
                        : said(slot->title, nullptr, {}, settings_);
      if (title.empty() && !slot->called.empty()) title = slot->called.front();
    }
    list += "\n" + std::to_string(buttons.size() + 1) + ". " + title;
    buttons.push_back({std::to_string(buttons.size() + 1), std::move(title)});
  }
  // Titles that would be cut could come out alike, which the provider refuses: the places stand.
  const bool cut = std::any_of(buttons.begin(), buttons.end(), [](const Button& each) {
    return characters(each.title) > limits::kSendButtonTitleUnitsMax;
  });
  for (Button& button : buttons) {
    if (cut) button.title = button.id;
  }
  const Phrase& question =
      flows ? phrases.which_flow : (same_slot ? phrases.which_value : phrases.which_slot);
  std::string value;
  if (!flows && flow_ != nullptr) {
    if (const Slot* slot = flow_->slot(choices.front().slot)) {
      value = shown(*slot, {choices.front().typed, choices.front().value}, settings_);
    }
  }
  say(question, {{"value", value}, {"choices", list}});
  if (buttons.size() <= limits::kSendRowsMax) offer_buttons(std::move(buttons));
}

bool Turn::answer_which(const Understanding& heard) {
  const std::vector<SlotCandidate> choices = state_.doubt;
  const bool last = heard.pick == kPickLast || heard.move == Move::kOther;
  const std::size_t place = last ? choices.size() : heard.pick;
  if (place >= 1 && place <= choices.size()) {
    choose(choices[place - 1]);
    return true;
  }
  const SlotCandidate* chosen = nullptr;
  for (const SlotCandidate& choice : choices) {
    const bool named = std::any_of(heard.slots.begin(), heard.slots.end(), [&](const auto& each) {
      return each.slot == choice.slot && (each.value.empty() || each.value == choice.value);
    });
    if (is_flow(choice) ? heard.intent == choice.slot : named) {
      if (chosen != nullptr) return false;
      chosen = &choice;
    }
  }
  if (chosen != nullptr) {
    choose(*chosen);
    return true;
  }
  const bool elsewhere = !heard.intent.empty() || !heard.slots.empty();
  if (flow_ == nullptr || elsewhere || heard.move == Move::kCancel) return false;
  if (repair(heard.move)) return true;
  // What was meant stays open; the form goes on without it rather than guess.
  if (heard.move == Move::kNo) {
    go_on();
  } else {
    miss({});
  }
  return true;
}

void Turn::choose(const SlotCandidate& choice) {
  if (is_flow(choice)) {
    start(choice.slot, {});
    return;
  }
  Understanding heard;
  heard.slots.push_back(choice);
  const Taken taken = take(heard);
  if (taken.refused.slot != nullptr) {
    refuse(taken.refused);
  } else {
    say_changed(taken);
    go_on();
  }
}

}  // namespace mitr
