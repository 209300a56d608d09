// The summary, corrections at it, and the ways a flow ends; see turn.h.
#include <algorithm>

#include "nlu/dialogue/turn.h"
#include "nlu/reply/display.h"
#include "nlu/slots/yes_no.h"
#include "nlu/text/tokens.h"

namespace mitr {

void Turn::ask_confirmation() {
  emit(Asked{std::string(kConfirmStep)});
  say(flow_->summary);
  offer_yes_no();
}

void Turn::confirm(const Understanding& heard) {
  if (!heard.intent.empty() && heard.intent != flow_->name) {
    start(heard.intent, heard);
    return;
  }
  // A change wins over a yes beside it: "yes, but class 6A" must not be filed as 5B. A "no" alone
  // is an answer to this question, whatever option of another is called so.
  Understanding changes = heard;
  std::erase_if(changes.slots, [](const SlotCandidate& candidate) {
    const Move move = move_of(Tokens(candidate.typed.reveal()));
    return (move == Move::kNo || move == Move::kYes) &&
           Tokens(candidate.typed.reveal()).size() == 1;
  });
  const Taken taken = take(changes);
  if (taken.refused.slot != nullptr) {
    refuse(taken.refused);
    return;
  }
  if (!taken.doubt.empty()) {
    ask_which(taken.doubt);
    return;
  }
  if (taken.any) {
    go_on();
    return;
  }
  if (heard.move != Move::kYes && clear_named(heard)) return;
  const CommonPhrases& phrases = pack_.phrases();
  if (heard.move == Move::kYes) {
    const std::vector<std::string> also = heard.also;
    queue(also);
    fresh_marks_.emplace_back(kConfirmStep);
    go_on();
  } else if (!heard.also.empty()) {
    turn_to(heard);
  } else if (heard.move == Move::kNo) {
    emit(SlotMissed{std::string(kConfirmStep)});
    if (state_.misses > flow_->misses_max) {
      exhausted(nullptr);
      return;
    }
    emit(Asked{std::string(kConfirmStep)});
    say(phrases.what_to_change);
  } else if (heard.move == Move::kGreet || heard.move == Move::kThanks ||
             heard.intent == flow_->name) {
    repeat_question();
  } else {
    miss(phrases.confirm_again);
  }
}

void Turn::do_file(const Step& step) {
  const Flow& flow = *flow_;
  if (!step.file.empty()) {
    FileRequest request{.kind = step.file, .fields = {}};
    for (const Slot& slot : flow.slots) {
      const SlotValue* held = state_.slot(slot.name);
      if (held != nullptr && !held->value.empty() && !slot.looked_up()) {
        request.fields.emplace_back(slot.name, held->value);
      }
    }
    effect(std::move(request));
  }
  for (const NotifyRule& rule : step.notify) {
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
}

void Turn::complete() {
  const Flow& flow = *flow_;
  fresh_marks_.clear();
  say(flow.done);
  emit(FlowCompleted{flow.name});
  resume_next();
}

void Turn::cancel(const Understanding& heard) {
  const bool another = !heard.intent.empty() && pack_.flow(heard.intent) != nullptr;
  if (!another) {
    stop(pack_.phrases().cancelled);
    return;
  }
  say(pack_.phrases().cancelled);
  emit(FlowCancelled{state_.flow});
  start(heard.intent, heard);
}

void Turn::stop(const Phrase& farewell) {
  say(farewell);
  emit(FlowCancelled{state_.flow});
  resume_next();
}

}  // namespace mitr
