#include "actors/conversation/woken.h"

#include "nlu/dialogue/turn_record.h"
#include "persistence/crypto/seal.h"

namespace mitr {

Result<WokenConversation> woken_conversation(const TenantContext& tenant, const ContactId& contact,
                                             const StoredConversation& stored) {
  auto key = unwrap_key(tenant.key, stored.wrapped_key, kContactKey, contact.bytes);
  if (!key) return key.error();
  WokenConversation woken{*key, stored.last_seq, {}, {}};
  woken.state.withdrawn = stored.withdrawn;
  for (const auto& row : stored.rows) {
    auto plain = open_sealed(
        woken.key, {SealedColumn::kJournalBody, tenant.id, contact.bytes, row.seq}, row.body);
    if (!plain) return plain.error();
    auto turn = decode_turn(*plain);
    if (!turn) return turn.error();
    for (const auto& event : turn->events) apply(woken.state, event);
    if (turn->snapshot) woken.state = *turn->snapshot;
  }
  auto details = open_sealed(woken.key, {SealedColumn::kContactDetails, tenant.id, contact.bytes},
                             stored.details);
  if (!details) return details.error();
  auto decoded = decode_details(*details);
  if (!decoded) return decoded.error();
  woken.details = *std::move(decoded);
  if (stored.phone_lost) woken.details.phone = {};
  return woken;
}

}  // namespace mitr
