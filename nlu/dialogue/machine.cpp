// The conversation's rules in the large: expectation, and which part of the machine a turn belongs
// to. No clock, no words: meaning arrives in the input, wording comes from the pack.
#include <algorithm>
#include <charconv>
#include <utility>

#include "nlu/dialogue/checks.h"
#include "nlu/dialogue/turn.h"
#include "nlu/reply/display.h"
#include "nlu/slots/date.h"
#include "protocols/limits.h"

namespace mitr {

// -- expectation ----

Expectation expectation(const Pack& pack, const DialogueSettings& settings,
                        const DialogueState& state, const Moment& now) {
  Expectation expected;
  expected.now = now;
  expected.language = settings.language;
  expected.country = settings.country;
  expected.past_dates = settings.past_dates;
  expected.asking = state.asking;
  expected.openings = settings.openings.get();
  expected.known = settings.known.get();
  const Flow* flow = pack.flow(state.flow);
  if (flow == nullptr) return expected;
  expected.flow = state.flow;
  expected.doubt = state.doubt;
  expected.held.reserve(state.slots.size());
  for (const auto& [slot, value] : state.slots) expected.held.emplace_back(slot, value.value);
  for (const Slot& slot : flow->slots) {
    // Where any slot may be corrected, the first span's start is what days relate to.
    const bool open = slot.name == state.asking || flow->slot(state.asking) == nullptr;
    if (!open || slot.ends.empty() || expected.anchor) continue;
    if (const SlotValue* start = state.slot(slot.ends)) {
      expected.anchor = parse_iso_date(start->value.reveal());
    }
  }
  return expected;
}

Understanding understand(const Pack& pack, const DialogueSettings& settings,
                         const DialogueState& state, const Personal& words, const Moment& now) {
  if (words.empty()) return {};
  return pack.understander().understand(words.reveal(), expectation(pack, settings, state, now));
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

void Turn::say(const Phrase& phrase, const Places& places) {
  const std::string line = said(phrase, flow_, state_, settings_, places);
  if (line.empty()) return;
  if (!reply_.empty()) reply_ += '\n';
  reply_ += line;
}

void Turn::say_of(const Phrase& phrase, const Flow* flow) {
  say(phrase, {{"flow", flow == nullptr ? std::string() : title_of(*flow)}});
}

void Turn::say_help() {
  std::string offers;
  for (const Flow& flow : pack_.flows()) {
    const std::string offer = said(flow.offer, nullptr, {}, settings_);
    if (offer.empty()) continue;
    if (!offers.empty()) offers += '\n';
    offers += "- " + offer;
  }
  say(pack_.phrases().help, {{"offers", offers}});
}

std::string Turn::title_of(const Flow& flow) const {
  return said(flow.title, nullptr, {}, settings_);
}

void Turn::offer_yes_no() {
  const CommonPhrases& phrases = pack_.phrases();
  offer_buttons({{"yes", said(phrases.yes, nullptr, {}, settings_)},
                 {"no", said(phrases.no, nullptr, {}, settings_)}});
}

void Turn::set_timer(std::chrono::minutes after, bool reminded) {
  const auto at = now_.at + after;
  emit(TimerSet{at.time_since_epoch().count(), reminded});
}

void Turn::await_answer() {
  if (flow_ == nullptr || asking(kWaitStep)) return;
  const bool leaving = !out_.events.empty() && out_.events.back() == Event(Moved{Move::kBye});
  if (flow_->remind_after.count() > 0) {
    // Whoever said goodbye knows that it is half filled: no reminder, and the longer patience.
    set_timer(leaving ? flow_->lapse_after : flow_->remind_after, leaving);
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

/// Turns in a row that started nothing before a person is asked to help.
constexpr std::uint8_t kUnclearMax = 2;

/// Nothing in hand: a flow starts, or a courtesy is returned, or we say what we can do.
void at_rest(Turn& turn, const Understanding& heard) {
  const CommonPhrases& phrases = turn.pack().phrases();
  const bool courteous = heard.move == Move::kGreet || heard.move == Move::kThanks;
  if (heard.move == Move::kCancel && heard.intent.empty()) {
    turn.say(phrases.nothing_to_cancel);
  } else if (!heard.intent.empty() && turn.pack().flow(heard.intent) != nullptr) {
    turn.start(heard.intent, heard);
  } else if (turn.repair(heard.move)) {
    return;
  } else if (courteous) {
    if (turn.state().misses > 0) turn.emit(Moved{heard.move});
    turn.say(heard.move == Move::kGreet ? phrases.welcome : phrases.welcome_thanks);
    if (heard.move == Move::kGreet) turn.say_help();
  } else if (turn.state().misses >= kUnclearMax) {
    turn.emit(NotUnderstood{});
    turn.hand_over("not_understood", phrases.human_missed);
  } else if (heard.rivals.size() > 1) {
    std::vector<SlotCandidate> choices;
    for (const std::string& flow : heard.rivals) choices.push_back({flow, {}, {}});
    turn.ask_which(choices);
  } else {
    const Flow* closed = turn.pack().flow(turn.state().closed);
    turn.emit(NotUnderstood{});
    if (closed != nullptr) turn.say_of(phrases.closed, closed);
    turn.say_help();
  }
}

/// A tap means what it stood for when it was offered; a stale one only repeats the question.
void tap(Turn& turn, const Choice& choice) {
  Understanding heard;
  const bool yes_no = turn.confirming() || turn.asking(kResumeStep);
  if (yes_no && choice.id == "yes") heard.move = Move::kYes;
  if (yes_no && choice.id == "no") heard.move = Move::kNo;
  if (turn.asking(kWhichStep)) {
    const std::string& id = choice.id;
    std::uint8_t place = 0;
    std::from_chars(id.data(), id.data() + id.size(), place);
    if (place >= 1 && place <= turn.state().doubt.size()) heard.pick = place;
  }
  const Slot* asked = turn.asked();
  const bool picks =
      asked != nullptr && (asked->kind == SlotKind::kChoice || asked->kind == SlotKind::kYesNo);
  if (picks && fits_kind(*asked, Personal(choice.id)) && !choice.id.empty()) {
    heard.slots.push_back({asked->name, choice.title, Personal(choice.id)});
  }
  if (asked != nullptr && asked->kind == SlotKind::kRecord) {
    const SlotValue* list = turn.state().slot(asked->from);
    if (list != nullptr && row_of(decode_rows(list->value.reveal()), choice.id))
      heard.slots.push_back({asked->name, choice.title, Personal(choice.id)});
  }
  const bool stale = heard.move == Move::kNone && heard.slots.empty() && heard.pick == 0;
  if (!stale) {
    turn.hear(heard);
  } else if (turn.flow() != nullptr) {
    turn.repeat_question();
  } else {
    turn.say(turn.pack().phrases().settled);
  }
}

/// The contact has been away: one reminder, then the flow is dropped without a word.
Outcome away(Turn& turn, const DialogueState& state, const Moment& now) {
  if (state.at_rest() || state.wake_at == 0) return {};
  if (now.at.time_since_epoch().count() < state.wake_at) return {};
  turn.migrate();
  if (turn.flow() != nullptr && turn.asking(kWaitStep)) {
    turn.arrive(nullptr);
    turn.await_answer();
    return turn.finish();
  }
  const Flow* flow = turn.flow();
  // After a long outage the provider takes no free words any more: then nothing is said.
  const auto last_heard = std::chrono::sys_seconds{std::chrono::seconds{state.wake_at}} -
                          (flow == nullptr ? std::chrono::minutes{0} : flow->remind_after);
  const bool too_late = now.at >= last_heard + limits::kServiceWindow;
  if (flow == nullptr || flow->remind_after.count() == 0 || state.reminded || too_late) {
    turn.emit(FlowLapsed{state.flow});
  } else if (state.human_until > now.at.time_since_epoch().count() ||
             !state.allows(Consent::kMessages)) {
    // A person has them, or they want no words of ours: we do not interrupt.
    turn.set_timer(flow->lapse_after, true);
  } else {
    turn.say(flow->reminder);
    turn.repeat_question();
    turn.set_timer(flow->lapse_after, true);
  }
  return turn.finish();
}

/// True while a person answers and the contact has not called us back.
bool with_human(Turn& turn, const Input& input, const Moment& now) {
  const std::int64_t until = turn.state().human_until;
  if (until == 0) return false;
  const auto* heard = std::get_if<HeardWords>(&input);
  const bool called = heard != nullptr && (heard->understanding.move == Move::kMenu ||
                                           heard->understanding.move == Move::kStartOver);
  const bool over = now.at.time_since_epoch().count() >= until;
  if (!over && !called && !std::holds_alternative<HandBack>(input)) return true;
  turn.emit(HandedBack{});
  return false;
}

}  // namespace

void Turn::hear(const Understanding& heard) {
  if (asking(kWhichStep) && answer_which(heard)) return;
  if (flow_ == nullptr) {
    at_rest(*this, heard);
  } else if (heard.move == Move::kCancel) {
    cancel(heard);
  } else if (heard.slots.empty() && heard.intent.empty() && heard.doubt.empty() &&
             repair(heard.move)) {
    return;
  } else if (asking(kResumeStep)) {
    answer_resume(heard);
  } else if (confirming()) {
    confirm(heard);
  } else {
    collect(heard);
  }
}

std::optional<CallOut> call_in_hand(const Pack& pack, const DialogueSettings& settings,
                                    const DialogueState& state, const Moment& now) {
  return Turn(pack, settings, state, now).call_in_hand();
}

namespace {

/// What a turn does with an input of each kind, once it is ours to answer.
struct Answer {
  Turn& turn;

  void operator()(const HeardWords& heard) const { turn.hear(heard.understanding); }
  void operator()(const Choice& choice) const { tap(turn, choice); }
  void operator()(const Unreadable&) const { turn.cannot_read(); }
  void operator()(const TimerFired&) const {}
  void operator()(const CallResult& result) const { turn.arrive(&result); }
  void operator()(const HandBack&) const {
    if (turn.flow() != nullptr) turn.repeat_question();
  }
  void operator()(const HeardAttachment& sent) const { turn.receive(sent); }
  void operator()(const Location& sent) const { turn.receive(sent); }
  void operator()(const Order& sent) const { turn.receive(sent); }
  void operator()(const Digits& pressed) const { turn.press(pressed); }
  void operator()(const Silence&) const { turn.silence(); }
  void operator()(const Interrupted&) const {}
  void operator()(const Proactive& proactive) const { turn.notice(proactive); }
  void operator()(const HumanMessage&) const {}
  void operator()(const ConsentChange&) const {}
};

/// Kept with the turn for whoever asks why, and answered by nothing.
bool only_kept(const DialogueState& state, const Input& input) {
  if (const auto* unreadable = std::get_if<Unreadable>(&input)) return !unreadable->answer;
  if (const auto* proactive = std::get_if<Proactive>(&input)) {
    return !state.allows(Consent::kMessages) ||
           (proactive->marketing && !state.allows(Consent::kMarketing));
  }
  if (std::holds_alternative<HandBack>(input)) return state.human_until == 0;
  return std::holds_alternative<Interrupted>(input);
}

}  // namespace

Outcome step(const Pack& pack, const DialogueSettings& settings, const DialogueState& state,
             const Input& input, const Moment& now) {
  if (only_kept(state, input)) return {};
  Turn turn(pack, settings, state, now);
  if (std::holds_alternative<TimerFired>(input)) return away(turn, state, now);
  if (const auto* change = std::get_if<ConsentChange>(&input)) {
    turn.emit(ConsentSet{change->consent, change->granted});
    return turn.finish();
  }
  if (const auto* message = std::get_if<HumanMessage>(&input)) {
    turn.human_wrote(*message);
    return turn.finish();
  }
  const auto* heard = std::get_if<HeardWords>(&input);
  const Move move = heard == nullptr ? Move::kNone : heard->understanding.move;
  const bool wishes =
      move == Move::kStop || (move == Move::kStart && !state.allows(Consent::kMessages));
  if (wishes && state.human_until > now.at.time_since_epoch().count()) {
    // A person has the conversation; this is heard all the same.
    turn.wish(move, false);
    return turn.finish();
  }
  const bool ours = std::holds_alternative<Proactive>(input);
  if (!ours && with_human(turn, input, now)) return {};
  turn.migrate();
  if (!state.at_rest() && turn.flow() == nullptr) {
    // The pack no longer has the flow in hand: say so rather than go on with half of it.
    turn.stop(pack.phrases().retired);
  }
  const bool unasked = std::holds_alternative<CallResult>(input) &&
                       (turn.flow() == nullptr || !turn.asking(kWaitStep));
  if (unasked) return turn.state() == state ? Outcome{} : turn.finish();
  if (wishes) {
    turn.wish(move, true);
  } else {
    std::visit(Answer{turn}, input);
  }
  turn.await_answer();
  return turn.finish();
}

}  // namespace mitr
