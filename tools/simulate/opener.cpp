#include "tools/simulate/opener.h"

#include "persistence/crypto/seal.h"

namespace mitr::simulate {
namespace {

RowIdentity identity_of(const Append& turn) {
  return {SealedColumn::kJournalBody, turn.tenant, turn.conversation.bytes, turn.seq};
}

}  // namespace

Opener::Opener(const std::vector<std::shared_ptr<const TenantContext>>& tenants) {
  for (const auto& tenant : tenants) tenants_.emplace(tenant->id, tenant);
}

void Opener::learn(const TenantId& tenant, const ClaimedContact& contact) {
  if (keys_.contains(contact.contact)) return;
  const auto& context = *tenants_.at(tenant);
  auto key = unwrap_key(context.key, contact.wrapped_key, kContactKey, contact.contact.bytes);
  if (key) keys_.emplace(contact.contact, *key);
}

std::optional<SeenTurn> Opener::open(const Append& turn) const {
  const auto key = keys_.find(turn.conversation);
  if (key == keys_.end()) return std::nullopt;
  const auto plain = open_sealed(key->second, identity_of(turn), turn.body);
  if (!plain) return std::nullopt;
  auto record = decode_turn(*plain);
  if (!record) return std::nullopt;
  SeenTurn opened{turn.tenant, turn.conversation, turn.seq, *std::move(record), {}, true};
  if (turn.reply) opened.leaving.push_back({turn.conversation, turn.seq, 0});
  for (const auto& row : turn.outbox) opened.leaving.push_back(row.ref);
  return opened;
}

Sealed Opener::seal_again(const Append& turn, const TurnRecord& record) const {
  return seal(keys_.at(turn.conversation), identity_of(turn), encode(record));
}

}  // namespace mitr::simulate
