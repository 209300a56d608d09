#include "actors/conversation/conversation.h"

#include <algorithm>
#include <caf/all.hpp>
#include <spdlog/spdlog.h>

#include "actors/conversation/instruction.h"
#include "actors/conversation/lookup.h"
#include "actors/conversation/woken.h"
#include "actors/outbox/hold.h"
#include "nlu/dialogue/turn_record.h"

namespace mitr {
namespace {

/// The inbound body as the machine hears it.
Input heard(const Pack& pack, const TenantContext& tenant, const DialogueState& state,
            const Moment& now, const MessageBody& body) {
  const auto meaning = [&](const Personal& text) {
    return understand(pack, tenant.dialogue(), state, text, now);
  };
  if (const auto* words = std::get_if<Words>(&body))
    return HeardWords{words->text, meaning(words->text)};
  if (const auto* attachment = std::get_if<Attachment>(&body))
    return HeardAttachment{*attachment, meaning(attachment->caption)};
  if (const auto* choice = std::get_if<Choice>(&body)) return *choice;
  if (const auto* location = std::get_if<Location>(&body)) return *location;
  if (const auto* order = std::get_if<Order>(&body)) return *order;
  if (const auto* wrote = std::get_if<HumanWrote>(&body)) return HumanMessage{wrote->text, true};
  if (const auto* wish = std::get_if<MarketingWish>(&body))
    return ConsentChange{Consent::kMarketing, wish->wanted};
  return std::get<Unreadable>(body);
}

}  // namespace

Conversation::Conversation(caf::actor_config& config, ConversationParts parts,
                           ConversationStart start)
    : ConversationActor::base(config), parts_(std::move(parts)), now_(std::move(start)) {}

Conversation::behavior_type Conversation::make_behavior() {
  if (now_.wake) wake();
  return {
      [this](TakeTurn& turn) { take(turn); },
      [this](const TakeTimer& fell) { take_timer(fell); },
      [this](const TakeInstruction& taken) { take_instruction(taken); },
      [this](Park) { park(); },
  };
}

void Conversation::wake() {
  // .await: turns that came meanwhile wait in the mailbox until the state is known.
  request(parts_.archive, caf::infinite, WakeConversation{parts_.tenant->id, now_.contact})
      .await([this](ConversationWoken& answer) { woken(answer); }, [this](caf::error&) { lose(); });
}

void Conversation::woken(const ConversationWoken& answer) {
  if (answer.error) return lose(*answer.error == Errc::kNotFound);
  auto woken = woken_conversation(*parts_.tenant, now_.contact, answer.stored);
  if (!woken) return lose();
  now_.key = woken->key;
  now_.last_seq = woken->last_seq;
  now_.state = std::move(woken->state);
  now_.details = std::move(woken->details);
  now_.wake = false;
}

void Conversation::take(TakeTurn& taken) {
  Turn turn;
  turn.asker.gateway = std::move(taken.gateway);
  turn.asker.request = taken.request;
  if (lost_) return settle(turn.asker, Settlement::kFailed);
  if (heard_before(taken.message)) {
    parts_.metrics->message_repeated();
    return settle(turn.asker, Settlement::kDone);
  }
  const auto& tenant = *parts_.tenant;
  const auto& envelope = taken.envelope;
  const auto at = parts_.clock();
  const auto moment = tenant.zone.moment(at);
  const auto pack = tenant.packs->for_turn(now_.state);
  auto input = heard(*pack, tenant, now_.state, moment, envelope.body);
  turn.cause = {taken.message, envelope.message, envelope.sent_at, envelope.number};
  turn.outcome = step(*pack, tenant.dialogue(), now_.state, input, moment);
  turn.pack = pack->version();
  turn.details = now_.details;
  turn.learned = learn_details(turn.details, envelope);
  commit(std::move(turn), std::move(input), at);
}

void Conversation::take_timer(const TakeTimer& fell) {
  Turn turn;
  turn.asker.timekeeper = fell.timekeeper;
  if (lost_ || heard_before(fell.message)) return settle(turn.asker, Settlement::kDone);
  now_.timer_at = fell.timer.at.time_since_epoch().count();
  if (!look_up_late(fell)) decide_timer(fell);
}

void Conversation::decide_timer(const TakeTimer& fell) {
  Turn turn;
  turn.asker.timekeeper = fell.timekeeper;
  const auto& tenant = *parts_.tenant;
  const auto at = parts_.clock();
  turn.cause = {fell.message, {}, fell.timer.at, fell.timer.number};
  const auto pack = tenant.packs->for_turn(now_.state);
  turn.outcome = step(*pack, tenant.dialogue(), now_.state, TimerFired{}, tenant.zone.moment(at));
  turn.pack = pack->version();
  if (turn.outcome.events.empty() && !turn.outcome.reply) return move_timer(fell);
  if (turn.outcome.reply && may_not_remind(fell.timer.number, at)) return put_off(fell, at);
  turn.details = now_.details;
  commit(std::move(turn), TimerFired{}, at);
}

bool Conversation::look_up_late(const TakeTimer& fell) {
  const auto& tenant = *parts_.tenant;
  const auto pack = tenant.packs->for_turn(now_.state);
  const auto call =
      call_in_hand(*pack, tenant.dialogue(), now_.state, tenant.zone.moment(parts_.clock()));
  if (!call || !asks_records(*call)) return false;
  const auto wanted = records_wanted(tenant, *call, fell.timer.number, now_.details.phone);
  if (!wanted) return false;
  request(parts_.archive, caf::infinite, *wanted)
      .await(
          [this, fell, call = *call](const RecordsFound& found) {
            if (found.error) return decide_timer(fell);
            Asker asker;
            asker.timekeeper = fell.timekeeper;
            answered(asker, call, fell.timer.number, found);
          },
          [this, fell](caf::error&) { decide_timer(fell); });
  return true;
}

void Conversation::look_up(const CallOut& call, const std::string& number) {
  const auto wanted = records_wanted(*parts_.tenant, call, number, now_.details.phone);
  if (!wanted) return answered({}, call, number, {});
  // .await: whoever writes meanwhile is answered with what was found in sight.
  request(parts_.archive, caf::infinite, *wanted)
      .await([this, call, number](const RecordsFound& found) { answered({}, call, number, found); },
             [this, call, number](caf::error&) {
               answered({}, call, number, {Errc::kUnavailable, {}, {}});
             });
}

void Conversation::answered(const Asker& asker, const CallOut& call, const std::string& number,
                            const RecordsFound& found) {
  if (lost_) return settle(asker, Settlement::kDone);
  const auto& tenant = *parts_.tenant;
  const auto at = parts_.clock();
  const auto moment = tenant.zone.moment(at);
  auto result = answer_from(tenant, call, now_.details.phone, found, moment);
  Turn turn;
  turn.asker = asker;
  turn.cause = {hash_of_call(tenant, now_.contact, now_.last_seq), {}, at, number};
  const auto pack = tenant.packs->for_turn(now_.state);
  turn.outcome = step(*pack, tenant.dialogue(), now_.state, result, moment);
  turn.pack = pack->version();
  if (turn.outcome.events.empty()) return settle(asker, Settlement::kDone);
  turn.details = now_.details;
  commit(std::move(turn), std::move(result), at);
}

void Conversation::take_instruction(const TakeInstruction& taken) {
  Turn turn;
  turn.asker.keeper = taken.keeper;
  turn.asker.instruction = taken.row.name;
  // To somebody erased there is nothing to say, now or later.
  if (lost_) return settle(turn.asker, gone_ ? Settlement::kDone : Settlement::kFailed);
  if (heard_before(taken.message)) return settle(turn.asker, Settlement::kDone);
  auto input = open_instruction(now_.key, taken.row);
  if (!input) {
    spdlog::error("an instruction does not open id={}", to_string(taken.row.name.id));
    return settle(turn.asker, Settlement::kDone);
  }
  const auto& tenant = *parts_.tenant;
  const auto at = parts_.clock();
  turn.cause = {taken.message, {}, at, taken.row.number};
  const auto pack = tenant.packs->for_turn(now_.state);
  turn.outcome = step(*pack, tenant.dialogue(), now_.state, *input, tenant.zone.moment(at));
  turn.pack = pack->version();
  // Nothing comes of it, as of a notice to one who wants none.
  if (turn.outcome.events.empty() && !turn.outcome.reply)
    return settle(turn.asker, Settlement::kDone);
  turn.details = now_.details;
  commit(std::move(turn), *std::move(input), at);
}

void Conversation::move_timer(const TakeTimer& fell) {
  // A timer is set once and left where it stands while the contact goes on: here it is moved to
  // where it is wanted by now.
  TimerReset reset{parts_.tenant->id, now_.contact, fell.timer.at, std::nullopt};
  // Equal: the clock was set back since the timer was found due.
  if (now_.state.wake_at >= now_.timer_at)
    reset.at = std::chrono::sys_seconds{std::chrono::seconds{now_.state.wake_at}};
  now_.timer_at = reset.at ? now_.state.wake_at : 0;
  move_to(reset, fell.timekeeper);
}

bool Conversation::may_not_remind(const std::string& number, std::chrono::sys_seconds at) const {
  // Whoever waits for what we look up is answered, not reminded.
  if (now_.state.asking == kWaitStep) return false;
  return hold_of(*parts_.tenant->standing->all(), number, {}, at) != Hold::kNone;
}

void Conversation::put_off(const TakeTimer& fell, std::chrono::sys_seconds at) {
  // Nothing is decided: whoever writes meanwhile needs no reminder, and after a day there is none.
  const TimerReset reset{parts_.tenant->id, now_.contact, fell.timer.at, at + kReminderPutOff};
  now_.timer_at = reset.at->time_since_epoch().count();
  move_to(reset, fell.timekeeper);
}

void Conversation::tell_timers_apart(const Turn& turn) {
  // The turn that a timer makes ends or moves it, so a timer that stands where one has had its
  // outcome is another: the clock was set back, and fell on the same second.
  const auto at = turn.cause.sent_at;
  const TimerReset reset{parts_.tenant->id, now_.contact, at, at + std::chrono::seconds{1}};
  now_.timer_at = reset.at->time_since_epoch().count();
  move_to(reset, turn.asker.timekeeper);
}

void Conversation::move_to(const TimerReset& reset, const TimekeeperActor& timekeeper) {
  auto settled = [this, timekeeper] { send(timekeeper, TimerSettled{now_.contact}); };
  request(parts_.journal, caf::infinite, MoveTimer{reset})
      .await([settled](const TimerMoved&) { settled(); }, [settled](caf::error&) { settled(); });
}

void Conversation::commit(Turn turn, Input input, std::chrono::sys_seconds at) {
  turn.after = now_.state;
  for (const auto& event : turn.outcome.events) apply(turn.after, event);
  turn.decided = decided_turn(
      {*parts_.tenant, now_.contact, now_.key, now_.last_seq + 1, now_.epoch, at, turn.pack},
      turn.cause, std::move(input), turn.outcome, turn.after, turn.details, turn.learned);
  auto append = std::move(turn.decided.append);
  append.timer = turn.decided.append.timer = timer_move(turn, at);
  // Infinite: the journal promises to answer, and a finite time-out would leave 190 bytes and a
  // timer behind each turn.
  request(parts_.journal, caf::infinite, AppendTurn{std::move(append)})
      .await([this, turn = std::move(turn)](
                 const TurnAppended& answer) mutable { committed(turn, answer); },
             [this](caf::error&) { lose(); });
}

std::optional<TimerMove> Conversation::timer_move(const Turn& turn,
                                                  std::chrono::sys_seconds at) const {
  const auto wanted = turn.after.wake_at;
  // The timer that made this turn must not stay where it is: it would fall again.
  const bool fallen = now_.timer_at != 0 && at.time_since_epoch().count() >= now_.timer_at;
  if (wanted == 0) {
    if (fallen) return TimerMove{std::nullopt, turn.cause.number};
  } else if (fallen || now_.timer_at == 0 || wanted < now_.timer_at) {
    return TimerMove{std::chrono::sys_seconds{std::chrono::seconds{wanted}}, turn.cause.number};
  }
  return std::nullopt;
}

void Conversation::committed(Turn& turn, const TurnAppended& answer) {
  if (answer.error || answer.verdict == AppendVerdict::kFenced) {
    parts_.metrics->turn_failed(answer.error.value_or(Errc::kFenced));
    // It may be committed all the same, with a reply that nobody here will send.
    if (answer.error) send(parts_.outbox, TurnInDoubt{parts_.tenant->id});
    settle(turn.asker, Settlement::kFailed);
    return lose();
  }
  remember(turn.cause.message);
  if (answer.verdict == AppendVerdict::kDuplicate) {
    parts_.metrics->message_repeated();
    if (turn.asker.timekeeper) return tell_timers_apart(turn);
    return settle(turn.asker, Settlement::kDone);
  }
  parts_.metrics->turn_committed();
  now_.state = std::move(turn.after);
  now_.details = std::move(turn.details);
  ++now_.last_seq;
  if (const auto& timer = turn.decided.append.timer)
    now_.timer_at = timer->at ? timer->at->time_since_epoch().count() : 0;
  if (!turn.decided.released.empty()) {
    // Counted before the turn is settled: a node that drains waits for what is on its way to the
    // outbox.
    parts_.releases_in_transit->fetch_add(1);
    send(parts_.outbox, ReleaseOutbox{std::move(turn.decided.released)});
  }
  settle(turn.asker, Settlement::kDone);
  for (const auto& effect : turn.outcome.effects) {
    const auto* call = std::get_if<CallOut>(&effect);
    if (call != nullptr && asks_records(*call)) return look_up(*call, turn.cause.number);
  }
}

void Conversation::park() {
  ConversationParked record;
  record.contact = now_.contact;
  record.refused = lost_ || now_.wake;
  if (!record.refused) {
    record.last_seq = now_.last_seq;
    record.timer_at = now_.timer_at;
    // Most are parked with nothing in hand: that costs no bytes.
    if (now_.state != DialogueState{}) record.state = encode(now_.state);
    record.details = encode(now_.details);
  }
  send(parts_.parent, std::move(record));
}

void Conversation::settle(const Asker& asker, Settlement settlement) {
  if (asker.timekeeper) {
    send(asker.timekeeper, TimerSettled{now_.contact});
  } else if (asker.keeper) {
    send(asker.keeper, InstructionSettled{asker.instruction, settlement});
  } else if (asker.gateway) {
    send(asker.gateway, TurnSettled{asker.request, settlement});
  }
}

void Conversation::lose(bool gone) {
  if (lost_) return;
  lost_ = true;
  gone_ = gone;
  send(parts_.parent, ConversationLost{now_.contact, now_.incarnation, gone});
}

bool Conversation::heard_before(const KeyedHash& message) const {
  return std::find(recent_.begin(), recent_.end(), message) != recent_.end();
}

void Conversation::remember(const KeyedHash& message) {
  recent_[recent_next_] = message;
  recent_next_ = (recent_next_ + 1) % recent_.size();
}

}  // namespace mitr
