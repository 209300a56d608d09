#include "actors/conversation/decided_turn.h"

#include "actors/media/media_request.h"
#include "actors/outbox/hold.h"
#include "nlu/dialogue/request_fields.h"
#include "nlu/dialogue/turn_record.h"
#include "persistence/crypto/seal.h"
#include "protocols/whatsapp/send.h"

namespace mitr {
namespace {

RowIdentity identity(SealedColumn column, const TurnPlace& place, std::uint16_t ord = 0) {
  return {column, place.tenant.id, place.contact.bytes, place.seq, ord};
}

/// One message that leaves: its place, its sealed body, and the same in the clear for the sender.
Sealed add_released(DecidedTurn& decided, const TurnPlace& place, Released message,
                    Outbound outbound) {
  outbound.callback = to_string(message.ref);
  message.body = whatsapp::render_send(outbound);
  auto sealed = seal(place.key, identity(SealedColumn::kOutboxBody, place, message.ref.ord),
                     message.body.reveal());
  decided.released.push_back(std::move(message));
  return sealed;
}

void add_reply(DecidedTurn& decided, const TurnPlace& place, const std::string& number,
               const ContactDetails& to, const TextMessage& reply) {
  const auto expires = place.now + kReplyExpiry;
  Released message{place.tenant.id, {place.contact, place.seq, 0},
                   place.contact,   number,
                   Lane::kReply,    place.now,
                   expires,         {}};
  auto body = add_released(decided, place, std::move(message), {to.phone, to.bsuid, reply, {}});
  decided.append.reply = ReplyRow{number, expires, std::move(body)};
}

/// What may not leave as the business stands with the provider now: a row that waits, and is not
/// released. A sweep of the outbox finds it when it may.
void add_held(DecidedTurn& decided, const TurnPlace& place, const std::string& number,
              const ContactDetails& to, const TextMessage& reply, bool answer) {
  const OutboxRef ref{place.contact, place.seq, 1};
  const auto body = whatsapp::render_send({to.phone, to.bsuid, reply, to_string(ref)});
  auto sealed = seal(place.key, identity(SealedColumn::kOutboxBody, place, ref.ord), body.reveal());
  decided.append.outbox.push_back(
      {ref, place.contact, number, answer ? Lane::kReply : Lane::kTransaction, place.now,
       place.now + (answer ? kReplyExpiry : kNoticeExpiry), std::move(sealed)});
}

void say(DecidedTurn& decided, const TurnPlace& place, const std::string& number,
         const ContactDetails& to, const TextMessage& reply, bool answer) {
  const auto all = place.tenant.standing->all();
  const auto hold =
      answer ? hold_of_answer(*all, number, place.now) : hold_of(*all, number, {}, place.now);
  if (hold == Hold::kNone) return add_reply(decided, place, number, to, reply);
  add_held(decided, place, number, to, reply, answer);
}

void add_notice(DecidedTurn& decided, const TurnPlace& place, const std::string& number,
                const Notify& notify) {
  const auto* entry = place.tenant.find(notify.role, notify.key);
  if (!entry) return;  // nobody by that role: the request is stored all the same
  // Place 0 is the reply's, whether there is one or not.
  const OutboxRef ref{place.contact, place.seq,
                      static_cast<std::uint16_t>(decided.append.outbox.size() + 1)};
  const auto expires = place.now + kNoticeExpiry;
  Released message{place.tenant.id,    ref,       entry->contact, number,
                   Lane::kTransaction, place.now, expires,        {}};
  auto body = add_released(decided, place, std::move(message),
                           {entry->details.phone, entry->details.bsuid, notify.message, {}});
  decided.append.outbox.push_back(
      {ref, entry->contact, number, Lane::kTransaction, place.now, expires, std::move(body)});
}

void add_effect(DecidedTurn& decided, const TurnPlace& place, const std::string& number,
                const Effect& effect) {
  if (const auto* notify = std::get_if<Notify>(&effect)) {
    add_notice(decided, place, number, *notify);
  } else if (const auto* file = std::get_if<FileRequest>(&effect)) {
    auto id = random_id<RequestId>();
    decided.append.requests.push_back(
        {id, file->kind,
         seal(place.key, {SealedColumn::kRequestBody, place.tenant.id, id.bytes},
              encode_fields(file->fields))});
  }
}

void add_file(DecidedTurn& decided, const TurnPlace& place, const std::string& number,
              const Input& input) {
  const auto* heard = std::get_if<HeardAttachment>(&input);
  if (heard == nullptr || heard->attachment.media.empty()) return;
  // Fetched when the turn is stored: by then it cannot be forgotten, and holds up nobody.
  decided.append.requests.push_back(
      sealed_media_request(place.key, place.tenant.id, {heard->attachment, number}));
}

}  // namespace

DecidedTurn decided_turn(const TurnPlace& place, const TurnCause& cause, Input input,
                         const Outcome& outcome, const DialogueState& after,
                         const ContactDetails& contact_details, bool details_changed) {
  DecidedTurn decided;
  auto& append = decided.append;
  append.tenant = place.tenant.id;
  append.conversation = place.contact;
  append.seq = place.seq;
  append.epoch = place.epoch;
  append.message = cause.message;
  append.snapshot = after.at_rest() || place.seq % kSnapshotEvery == 0;

  add_file(decided, place, cause.number, input);
  const bool answer = !std::holds_alternative<Proactive>(input);
  TurnRecord record{cause.id,
                    cause.sent_at.time_since_epoch().count(),
                    place.now.time_since_epoch().count(),
                    std::move(input),
                    outcome.events,
                    outcome.reply,
                    {},
                    place.pack};
  if (append.snapshot) record.snapshot = after;
  append.body = seal(place.key, identity(SealedColumn::kJournalBody, place), encode(record));
  if (details_changed) {
    append.details =
        seal(place.key, {SealedColumn::kContactDetails, place.tenant.id, place.contact.bytes},
             encode(contact_details));
    const auto& phone = contact_details.phone;
    if (!phone.empty())
      append.phone = BlindIndex(place.tenant.key)
                         .hash(IndexedField::kPhone,
                               place.tenant.settings.portfolio_of(cause.number), phone.reveal());
  }
  if (outcome.reply) say(decided, place, cause.number, contact_details, *outcome.reply, answer);
  for (const auto& effect : outcome.effects) add_effect(decided, place, cause.number, effect);
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
