#include "actors/conversation/decided_turn.h"

#include "nlu/dialogue/request_fields.h"
#include "nlu/dialogue/turn_record.h"
#include "persistence/crypto/seal.h"
#include "protocols/whatsapp/send.h"

namespace mitr {
namespace {

RowIdentity identity(SealedColumn column, const TurnPlace& place, std::uint16_t ord = 0) {
  return {column, place.tenant.id, place.contact.bytes, place.seq, ord};
}

/// Adds one outbound message to the turn: a sealed row, and the same in the clear for the sender.
void add_outbound(DecidedTurn& decided, const TurnPlace& place, const std::string& number,
                  ContactId recipient, Lane lane, std::chrono::sys_seconds expires,
                  Outbound outbound) {
  OutboxRef ref{place.contact, place.seq, static_cast<std::uint16_t>(decided.append.outbox.size())};
  outbound.callback = to_string(ref);
  auto body = whatsapp::render_send(outbound);
  decided.append.outbox.push_back(
      {ref, recipient, number, lane, place.now, expires,
       seal(place.key, identity(SealedColumn::kOutboxBody, place, ref.ord), body.reveal())});
  decided.released.push_back(
      {place.tenant.id, ref, recipient, number, lane, place.now, expires, std::move(body)});
}

void add_effect(DecidedTurn& decided, const TurnPlace& place, const std::string& number,
                const Effect& effect) {
  if (const auto* notify = std::get_if<Notify>(&effect)) {
    const auto* entry = place.tenant.find(notify->role, notify->key);
    if (!entry) return;  // nobody by that role: the request is stored all the same
    add_outbound(decided, place, number, entry->contact, Lane::kTransaction,
                 place.now + kNoticeExpiry,
                 {entry->details.phone, entry->details.bsuid, notify->message, {}});
  } else if (const auto* file = std::get_if<FileRequest>(&effect)) {
    auto id = random_id<RequestId>();
    decided.append.requests.push_back(
        {id, file->kind,
         seal(place.key, {SealedColumn::kRequestBody, place.tenant.id, id.bytes},
              encode_fields(file->fields))});
  }
}

}  // namespace

DecidedTurn decided_turn(const TurnPlace& place, const TakeTurn& turn, Input input,
                         const Outcome& outcome, const DialogueState& after,
                         const ContactDetails& contact_details, bool details_changed) {
  DecidedTurn decided;
  auto& append = decided.append;
  append.tenant = place.tenant.id;
  append.conversation = place.contact;
  append.seq = place.seq;
  append.message = turn.message;
  append.snapshot = after.at_rest() || place.seq % kSnapshotEvery == 0;

  TurnRecord record{turn.envelope.message,
                    turn.envelope.sent_at.time_since_epoch().count(),
                    place.now.time_since_epoch().count(),
                    std::move(input),
                    outcome.events,
                    outcome.reply,
                    {}};
  if (append.snapshot) record.snapshot = after;
  append.body = seal(place.key, identity(SealedColumn::kJournalBody, place), encode(record));
  if (details_changed) {
    append.details =
        seal(place.key, {SealedColumn::kContactDetails, place.tenant.id, place.contact.bytes},
             encode(contact_details));
  }
  const auto& number = turn.envelope.number;
  if (outcome.reply) {
    add_outbound(decided, place, number, place.contact, Lane::kReply, place.now + kReplyExpiry,
                 {contact_details.phone, contact_details.bsuid, *outcome.reply, {}});
  }
  for (const auto& effect : outcome.effects) add_effect(decided, place, number, effect);
  return decided;
}

bool learn_details(ContactDetails& known, const Envelope& envelope) {
  bool changed = false;
  auto learn = [&changed](Personal& field, const Personal& heard) {
    if (heard.empty() || heard == field) return;
    field = heard;
    changed = true;
  };
  learn(known.phone, envelope.phone);
  learn(known.bsuid, envelope.bsuid);
  learn(known.name, envelope.profile_name);
  return changed;
}

}  // namespace mitr
