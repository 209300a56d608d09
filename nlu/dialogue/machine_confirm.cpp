// The summary, corrections at it, and the three ways a flow ends; see turn.h.
#include <algorithm>

#include "nlu/dialogue/turn.h"
#include "nlu/reply/display.h"
#include "nlu/text/tokens.h"

namespace mitr {

void Turn::ask_confirmation() {
  emit(Asked{std::string(kConfirmStep)});
  say(flow_->summary);
  const CommonPhrases& phrases = pack_.phrases();
  offer_buttons({{"yes", said(phrases.yes, nullptr, {}, settings_)},
                 {"no", said(phrases.no, nullptr, {}, settings_)}});
}

void Turn::confirm(const Understanding& heard) {
  // A change wins over a yes beside it: "yes, but class 6A" must not be filed as 5B.
  const Taken taken = take(heard);
  if (taken.refused.slot != nullptr) {
    refuse(taken.refused);
    return;
  }
  if (taken.any) {
    ask_next();
    return;
  }
  const auto named = std::find_if(heard.slots.begin(), heard.slots.end(),
                                  [](const SlotCandidate& c) { return c.value.empty(); });
  if (heard.move != Move::kYes && named != heard.slots.end() &&
      state_.slot(named->slot) != nullptr) {
    emit(SlotCleared{named->slot});
    ask_next();
    return;
  }
  const CommonPhrases& phrases = pack_.phrases();
  if (heard.move == Move::kYes) {
    complete();
  } else if (heard.move == Move::kNo) {
    emit(SlotMissed{std::string(kConfirmStep)});
    if (state_.misses > flow_->misses_max) {
      cancel(phrases.gave_up);
      return;
    }
    emit(Asked{std::string(kConfirmStep)});
    say(phrases.what_to_change);
  } else if (heard.move == Move::kGreet || heard.move == Move::kThanks) {
    repeat_question();
  } else {
    miss(kConfirmStep, flow_->misses_max, phrases.confirm_again);
  }
}

void Turn::complete() {
  const Flow& flow = *flow_;
  if (!flow.file.empty()) {
    FileRequest request{.kind = flow.file, .fields = {}};
    for (const Slot& slot : flow.slots) {
      if (const SlotValue* held = state_.slot(slot.name)) {
        request.fields.emplace_back(slot.name, held->value);
      }
    }
    effect(std::move(request));
  }
  for (const NotifyRule& rule : flow.notify) {
    const MessageTemplate* message = pack_.message_template(rule.message, settings_.language);
    if (message == nullptr) continue;
    Notify notify{.role = rule.role, .key = {}, .message = {rule.message, message->language, {}}};
    if (const SlotValue* key = state_.slot(rule.key)) notify.key = key->value;
    for (const std::string& parameter : rule.parameters) {
      const Slot* slot = flow.slot(parameter);
      const SlotValue* held = state_.slot(parameter);
      // A reader who was not there needs the date, not "tomorrow"; and no parameter may be empty.
      const std::string text = slot == nullptr || held == nullptr
                                   ? std::string("-")
                                   : one_line(normal_form(*slot, *held, message->language));
      notify.message.parameters.emplace_back(text.empty() ? std::string("-") : text);
    }
    effect(std::move(notify));
  }
  say(flow.done);
  emit(FlowCompleted{flow.name});
}

void Turn::cancel(const Phrase& farewell) {
  say(farewell);
  emit(FlowCancelled{state_.flow});
}

}  // namespace mitr
