#include "actors/conversation/conversation.h"

#include <algorithm>
#include <caf/all.hpp>

#include "nlu/dialogue/turn_record.h"
#include "nlu/understand.h"
#include "persistence/crypto/seal.h"

namespace mitr {
namespace {

/// The inbound body as the machine hears it.
Input heard(const TenantContext& tenant, const DialogueState& state, const Moment& now,
            const MessageBody& body) {
  if (const auto* words = std::get_if<Words>(&body)) {
    auto expected = expectation(*tenant.pack, tenant.settings.dialogue, state, now);
    return HeardWords{words->text,
                      tenant.pack->understander().understand(words->text.reveal(), expected)};
  }
  if (const auto* choice = std::get_if<Choice>(&body)) return *choice;
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
      [this](Park) { park(); },
  };
}

void Conversation::wake() {
  // .await: turns that came meanwhile wait in the mailbox until the state is known.
  request(parts_.archive, caf::infinite, WakeConversation{parts_.tenant->id, now_.contact})
      .await([this](ConversationWoken& answer) { woken(answer); }, [this](caf::error&) { lose(); });
}

void Conversation::woken(const ConversationWoken& answer) {
  if (answer.error) return lose();
  const auto& tenant = *parts_.tenant;
  for (const auto& row : answer.stored.rows) {
    auto plain = open_sealed(
        now_.key, {SealedColumn::kJournalBody, tenant.id, now_.contact.bytes, row.seq}, row.body);
    if (!plain) return lose();
    auto turn = decode_turn(*plain);
    if (!turn) return lose();
    for (const auto& event : turn->events) apply(now_.state, event);
    if (turn->snapshot) now_.state = *turn->snapshot;
  }
  now_.last_seq = answer.stored.last_seq;
  auto details =
      open_sealed(now_.key, {SealedColumn::kContactDetails, tenant.id, now_.contact.bytes},
                  answer.stored.details);
  auto decoded = details ? decode_details(*details) : Result<ContactDetails>(details.error());
  if (!decoded) return lose();
  now_.details = *std::move(decoded);
  now_.wake = false;
}

void Conversation::take(TakeTurn& turn) {
  if (lost_) return settle(turn, Settlement::kFailed);
  if (heard_before(turn.message)) {
    parts_.metrics->message_repeated();
    return settle(turn, Settlement::kDone);
  }
  const auto& tenant = *parts_.tenant;
  auto at = parts_.clock();
  auto moment = tenant.zone.moment(at);
  auto input = heard(tenant, now_.state, moment, turn.envelope.body);
  auto outcome = step(*tenant.pack, tenant.settings.dialogue, now_.state, input, moment);
  auto after = now_.state;
  for (const auto& event : outcome.events) apply(after, event);
  auto details = now_.details;
  bool learned = learn_details(details, turn.envelope);
  auto decided = decided_turn({tenant, now_.contact, now_.key, now_.last_seq + 1, at}, turn,
                              std::move(input), outcome, after, details, learned);
  // Infinite: the journal promises to answer, and a finite time-out would leave 190 bytes and a
  // timer behind each turn.
  auto append = std::move(decided.append);
  request(parts_.journal, caf::infinite, AppendTurn{std::move(append)})
      .await(
          [this, turn = std::move(turn), decided = std::move(decided), after = std::move(after),
           details = std::move(details)](const TurnAppended& answer) mutable {
            committed(turn, decided, std::move(after), std::move(details), answer);
          },
          [this](caf::error&) { lose(); });
}

void Conversation::committed(const TakeTurn& turn, DecidedTurn& decided, DialogueState after,
                             ContactDetails details, const TurnAppended& answer) {
  if (answer.error || answer.verdict == AppendVerdict::kFenced) {
    parts_.metrics->turn_failed(answer.error.value_or(Errc::kFenced));
    settle(turn, Settlement::kFailed);
    return lose();
  }
  remember(turn.message);
  if (answer.verdict == AppendVerdict::kDuplicate) {
    parts_.metrics->message_repeated();
    return settle(turn, Settlement::kDone);
  }
  parts_.metrics->turn_committed();
  now_.state = std::move(after);
  now_.details = std::move(details);
  ++now_.last_seq;
  if (!decided.released.empty()) {
    // Counted before the turn is settled: a node that drains waits for what is on its way to the
    // outbox.
    parts_.releases_in_transit->fetch_add(1);
    send(parts_.outbox, ReleaseOutbox{std::move(decided.released)});
  }
  settle(turn, Settlement::kDone);
}

void Conversation::park() {
  ConversationParked record;
  record.contact = now_.contact;
  record.refused = lost_ || now_.wake;
  if (!record.refused) {
    record.last_seq = now_.last_seq;
    record.state = encode(now_.state);
    record.details = encode(now_.details);
  }
  send(parts_.parent, std::move(record));
}

void Conversation::settle(const TakeTurn& turn, Settlement settlement) {
  send(turn.gateway, TurnSettled{turn.request, settlement});
}

void Conversation::lose() {
  if (lost_) return;
  lost_ = true;
  send(parts_.parent, ConversationLost{now_.contact, now_.incarnation});
}

bool Conversation::heard_before(const KeyedHash& message) const {
  return std::find(recent_.begin(), recent_.end(), message) != recent_.end();
}

void Conversation::remember(const KeyedHash& message) {
  recent_[recent_next_] = message;
  recent_next_ = (recent_next_ + 1) % recent_.size();
}

}  // namespace mitr
