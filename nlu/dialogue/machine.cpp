// The conversation's rules in the large: fold, expectation, and which part of the machine a turn
// belongs to. No clock, no words: meaning arrives in the input, wording comes from the pack.
#include <algorithm>
#include <limits>
#include <utility>

#include "nlu/dialogue/turn.h"
#include "nlu/reply/display.h"
#include "nlu/slots/date.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

void count_miss(DialogueState& state) {
  if (state.misses < std::numeric_limits<std::uint8_t>::max()) ++state.misses;
}

}  // namespace

const SlotValue* DialogueState::slot(std::string_view name) const {
  for (const auto& [slot_name, value] : slots) {
    if (slot_name == name) return &value;
  }
  return nullptr;
}

// -- fold ----

void apply(DialogueState& state, const Event& event) {
  const auto named = [](std::string_view name) {
    return [name](const auto& entry) { return entry.first == name; };
  };
  std::visit(Overloaded{
                 [&](const FlowStarted& e) {
                   state = {};
                   state.flow = e.flow;
                 },
                 [&](const SlotFilled& e) {
                   const auto held =
                       std::find_if(state.slots.begin(), state.slots.end(), named(e.slot));
                   if (held == state.slots.end()) {
                     state.slots.emplace_back(e.slot, e.value);
                   } else {
                     held->second = e.value;
                   }
                   state.misses = 0;
                 },
                 [&](const SlotRejected&) { count_miss(state); },
                 [&](const SlotMissed&) { count_miss(state); },
                 [&](const SlotCleared& e) { std::erase_if(state.slots, named(e.slot)); },
                 [&](const Asked& e) { state.asking = e.slot; },
                 [&](const FlowCompleted&) { state = {}; },
                 [&](const FlowCancelled&) { state = {}; },
                 [&](const NotUnderstood&) {},
                 [&](const TimerSet& e) {
                   state.wake_at = e.at;
                   state.reminded = e.reminded;
                 },
                 [&](const FlowLapsed&) { state = {}; },
             },
             event);
}

// -- expectation ----

Expectation expectation(const Pack& pack, const DialogueSettings& settings,
                        const DialogueState& state, const Moment& now) {
  Expectation expected;
  expected.now = now;
  expected.language = settings.language;
  expected.past_dates = settings.past_dates;
  const Flow* flow = pack.flow(state.flow);
  if (flow == nullptr) return expected;
  expected.flow = state.flow;
  expected.asking = state.asking;
  for (const Slot& slot : flow->slots) {
    // At the confirmation any slot may be corrected, so the first span's start is what days relate
    // to.
    const bool open = slot.name == state.asking || state.asking == kConfirmStep;
    if (!open || slot.ends.empty() || expected.anchor) continue;
    if (const SlotValue* start = state.slot(slot.ends)) {
      expected.anchor = parse_iso_date(start->value.reveal());
    }
  }
  return expected;
}

// -- the turn ----

Turn::Turn(const Pack& pack, const DialogueSettings& settings, const DialogueState& state,
           const Moment& now)
    : pack_(pack), settings_(settings), now_(now), state_(state), flow_(pack.flow(state.flow)) {}

void Turn::emit(Event event) {
  mitr::apply(state_, event);  // Qualified: std::apply is in sight through the variant.
  if (flow_ == nullptr || flow_->name != state_.flow) flow_ = pack_.flow(state_.flow);
  out_.events.push_back(std::move(event));
}

void Turn::say(const Phrase& phrase) {
  const std::string line = said(phrase, flow_, state_, settings_);
  if (line.empty()) return;
  if (!reply_.empty()) reply_ += '\n';
  reply_ += line;
}

void Turn::say_help() {
  std::string offers;
  for (const Flow& flow : pack_.flows()) {
    const std::string offer = said(flow.offer, nullptr, {}, settings_);
    if (offer.empty()) continue;
    if (!offers.empty()) offers += '\n';
    offers += "- " + offer;
  }
  if (!reply_.empty()) reply_ += '\n';
  reply_ += said(pack_.phrases().help, nullptr, {}, settings_, {{"offers", offers}});
}

void Turn::set_timer(std::chrono::minutes after, bool reminded) {
  const auto at = now_.at + after;
  emit(TimerSet{at.time_since_epoch().count(), reminded});
}

void Turn::await_answer() {
  if (flow_ == nullptr) return;
  if (flow_->remind_after.count() > 0) {
    set_timer(flow_->remind_after, false);
  } else if (state_.wake_at != 0) {
    emit(TimerSet{});  // The pack that wanted it has changed.
  }
}

Outcome Turn::finish() {
  if (!reply_.empty()) {
    if (reply_.size() > limits::kReplyBytesMax) {
      // The end carries the question: a long answer is cut in the middle of what it repeats.
      reply_.resize(limits::kReplyBytesMax);
      while (!reply_.empty() && (static_cast<unsigned char>(reply_.back()) & 0xC0) == 0x80) {
        reply_.pop_back();
      }
      if (!reply_.empty() && static_cast<unsigned char>(reply_.back()) >= 0xC0) reply_.pop_back();
    }
    out_.reply = TextMessage{.text = Personal(std::move(reply_)), .buttons = std::move(buttons_)};
  }
  return std::move(out_);
}

namespace {

/// Nothing in hand: a flow starts, or a courtesy is returned, or we say what we can do.
void at_rest(Turn& turn, const Understanding& heard) {
  const CommonPhrases& phrases = turn.pack().phrases();
  if (heard.move == Move::kCancel) {
    turn.say(phrases.nothing_to_cancel);
  } else if (!heard.intent.empty() && turn.pack().flow(heard.intent) != nullptr) {
    turn.start(heard.intent, heard);
  } else if (heard.move == Move::kGreet) {
    turn.say(phrases.welcome);
    turn.say_help();
  } else if (heard.move == Move::kThanks) {
    turn.say(phrases.welcome_thanks);
  } else {
    turn.emit(NotUnderstood{});
    turn.say_help();
  }
}

void words(Turn& turn, const Understanding& heard) {
  if (turn.flow() == nullptr) {
    at_rest(turn, heard);
  } else if (heard.move == Move::kCancel) {
    turn.cancel(turn.pack().phrases().cancelled);
  } else if (turn.confirming()) {
    turn.confirm(heard);
  } else if (turn.asked() != nullptr) {
    turn.collect(heard);
  } else {
    turn.ask_next();  // The pack changed under us and the slot asked is gone.
  }
}

/// A tap means what it stood for when it was offered; a stale one only repeats the question.
void tap(Turn& turn, const Choice& choice) {
  Understanding heard;
  if (turn.confirming() && choice.id == "yes") heard.move = Move::kYes;
  if (turn.confirming() && choice.id == "no") heard.move = Move::kNo;
  if (const Slot* asked = turn.asked(); asked != nullptr && asked->kind == SlotKind::kChoice) {
    for (const Option& option : asked->options) {
      if (option.id != choice.id) continue;
      heard.slots.push_back({asked->name, choice.title, Personal(choice.id)});
    }
  }
  const bool stale = heard.move == Move::kNone && heard.slots.empty();
  if (stale && turn.flow() != nullptr) {
    turn.repeat_question();
  } else {
    words(turn, heard);
  }
}

/// The contact has been away: one reminder, then the flow is dropped without a word.
Outcome away(Turn& turn, const DialogueState& state, const Moment& now) {
  if (state.at_rest() || state.wake_at == 0) return {};
  if (now.at.time_since_epoch().count() < state.wake_at) return {};
  const Flow* flow = turn.flow();
  // After a long outage the provider takes no free words any more: then nothing is said.
  const auto last_heard = std::chrono::sys_seconds{std::chrono::seconds{state.wake_at}} -
                          (flow == nullptr ? std::chrono::minutes{0} : flow->remind_after);
  const bool too_late = now.at >= last_heard + limits::kServiceWindow;
  if (flow == nullptr || flow->remind_after.count() == 0 || state.reminded || too_late) {
    turn.emit(FlowLapsed{state.flow});
  } else {
    turn.say(flow->reminder);
    turn.repeat_question();
    turn.set_timer(flow->lapse_after, true);
  }
  return turn.finish();
}

}  // namespace

Outcome step(const Pack& pack, const DialogueSettings& settings, const DialogueState& state,
             const Input& input, const Moment& now) {
  const auto* unreadable = std::get_if<Unreadable>(&input);
  if (unreadable != nullptr && !unreadable->answer) return {};
  Turn turn(pack, settings, state, now);
  if (std::holds_alternative<TimerFired>(input)) return away(turn, state, now);
  if (!state.at_rest() && turn.flow() == nullptr) {
    // The pack no longer has the flow in hand: say so rather than go on with half of it.
    turn.emit(FlowCancelled{state.flow});
    turn.say(pack.phrases().retired);
  }
  if (unreadable != nullptr) {
    turn.say(pack.phrases().unreadable);
    if (turn.flow() != nullptr) turn.repeat_question();
  } else if (const auto* heard = std::get_if<HeardWords>(&input)) {
    words(turn, heard->understanding);
  } else if (const auto* choice = std::get_if<Choice>(&input)) {
    tap(turn, *choice);
  }
  turn.await_answer();
  return turn.finish();
}

}  // namespace mitr
