// What a good receptionist does when a conversation leaves its path: skip, repeat, say why, wait,
// call a person; see turn.h. The words that make these moves, and what is said, are the base
// pack's.
#include "nlu/dialogue/turn.h"
#include "nlu/reply/display.h"
#include "nlu/text/tokens.h"

namespace mitr {
namespace {

/// The other of two options; null: the slot is no such choice.
const Option* other_option(const Slot& slot, const SlotValue& held) {
  if (slot.kind != SlotKind::kChoice || slot.options.size() != 2) return nullptr;
  return &slot.options[slot.options[0].id == held.value.reveal() ? 1 : 0];
}

}  // namespace

bool Turn::repair(Move move) {
  switch (move) {
    case Move::kSkip:
    case Move::kRefuse:
      return decline(move);
    case Move::kKeep:
    case Move::kOther:
      return hold_to(move);
    case Move::kRepeat:
    case Move::kMenu:
    case Move::kWhy:
    case Move::kAbuse:
      return say_again(move);
    case Move::kHuman:
      emit(Moved{move});
      hand_over("asked", pack_.phrases().human);
      return true;
    case Move::kStartOver:
      emit(Moved{move});
      start_over();
      return true;
    case Move::kHoldOn:
      emit(Moved{move});
      say(pack_.phrases().hold_on);
      return true;
    case Move::kBye:
      emit(Moved{move});
      say_of(flow_ == nullptr ? pack_.phrases().goodbye_empty : pack_.phrases().goodbye, flow_);
      return true;
    default:
      return false;
  }
}

/// The question is not answered, and on purpose.
bool Turn::decline(Move move) {
  if (flow_ == nullptr) return false;
  emit(Moved{move});
  const Slot* slot = asked();
  if (slot == nullptr) {
    repeat_question();
  } else if (slot->optional) {
    emit(SlotSkipped{slot->name});
    say(pack_.phrases().skipped);
    go_on();
  } else {
    miss(move == Move::kSkip ? pack_.phrases().cannot_skip : pack_.phrases().refused);
  }
  return true;
}

/// The question stands, and something is said before it.
bool Turn::say_again(Move move) {
  const CommonPhrases& phrases = pack_.phrases();
  const Slot* slot = asked();
  if (move == Move::kWhy && slot == nullptr && !confirming()) return false;
  emit(Moved{move});
  if (move == Move::kWhy && slot == nullptr) {
    say(phrases.why_confirm);
  } else if (move == Move::kWhy) {
    say(slot->why.empty() ? phrases.why : slot->why);
  }
  if (move == Move::kAbuse) say(phrases.calm);
  if (move == Move::kMenu) say_help();
  if (flow_ != nullptr || move == Move::kRepeat) repeat_question();
  return true;
}

/// The old value stays, or the other of two is meant.
bool Turn::hold_to(Move move) {
  if (flow_ == nullptr) return false;
  const Slot* slot = asked();
  if (move == Move::kKeep) {
    const SlotValue* held = slot == nullptr ? nullptr : state_.slot(slot->name);
    if (held == nullptr) return false;
    emit(Moved{move});
    say(pack_.phrases().kept, {{"value", shown(*slot, *held, settings_)}});
    go_on();
    return true;
  }
  if (state_.slots.empty()) return false;
  const auto& [name, held] = state_.slots.back();
  const Slot* last = flow_->slot(name);
  const Option* other = last == nullptr ? nullptr : other_option(*last, held);
  if (other == nullptr) return false;
  const SlotCandidate choice{last->name, Personal(said(other->title, nullptr, {}, settings_)),
                             Personal(other->id)};
  emit(Moved{move});
  choose(choice);
  return true;
}

void Turn::start_over() {
  say(pack_.phrases().start_over);
  if (flow_ == nullptr) {
    say_help();
    return;
  }
  const std::string flow = state_.flow;
  emit(FlowCancelled{flow});
  begin(flow);
  go_on();
}

void Turn::hand_over(std::string reason, const Phrase& farewell) {
  const HumanRule& rule = pack_.human();
  if (!rule.file.empty()) {
    FileRequest request{.kind = rule.file, .fields = {{"why", Personal(reason)}}};
    if (flow_ != nullptr) request.fields.emplace_back("flow", Personal(flow_->name));
    for (const auto& [slot, held] : state_.slots) {
      if (!held.value.empty()) request.fields.emplace_back(slot, held.value);
    }
    effect(std::move(request));
  }
  if (const auto* message = pack_.message_template(rule.message, settings_.language)) {
    const std::string about = flow_ == nullptr ? std::string("-") : title_of(*flow_);
    effect(Notify{
        rule.role, {}, {rule.message, message->language, {Personal(about.empty() ? "-" : about)}}});
  }
  say(farewell);
  const bool missed = reason != "asked";
  const auto until =
      rule.silent.count() == 0 ? 0 : (now_.at + rule.silent).time_since_epoch().count();
  emit(HandedOver{std::move(reason), until});
  if (flow_ == nullptr) return;
  if (missed) {
    // What we could not follow is theirs now.
    emit(FlowCancelled{state_.flow});
    if (until == 0) {
      resume_next();
      return;
    }
    while (!state_.waiting.empty()) {
      emit(FlowResumed{state_.waiting.back().flow});
      emit(FlowCancelled{state_.flow});
    }
  } else if (until == 0) {
    repeat_question();
  }
}

}  // namespace mitr
