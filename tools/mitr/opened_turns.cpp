#include "tools/mitr/opened_turns.h"

#include "persistence/crypto/seal.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

Result<TurnRecord> open_turn(const SecretKey& key, const TenantId& tenant, const JournalRow& row) {
  auto plain = open_sealed(
      key, {SealedColumn::kJournalBody, tenant, row.conversation.bytes, row.seq}, row.body);
  if (!plain) return plain.error();
  return decode_turn(*plain);
}

}  // namespace

Result<TurnRecord> open_turn(const OpenTenant& tenant, const StoredTurn& turn) {
  const auto key =
      unwrap_key(tenant.key, turn.wrapped_key, kContactKey, turn.row.conversation.bytes);
  if (!key) return key.error();
  return open_turn(*key, tenant.row.id, turn.row);
}

Result<std::vector<OpenTenant>> open_tenants(Reader& reader, const SecretKey& root,
                                             const std::string& slug) {
  auto rows = reader.tenants();
  if (!rows) return rows.error();
  std::vector<OpenTenant> open;
  for (auto& row : *rows) {
    if (!slug.empty() && row.slug != slug) continue;
    auto key = unwrap_key(root, row.wrapped_key, kTenantKey, row.id.bytes);
    if (!key) return key.error();
    open.push_back({std::move(row), *key});
  }
  if (open.empty()) return Error{Errc::kNotFound, "there is no tenant '" + slug + "'"};
  return open;
}

Result<std::vector<TurnRecord>> open_turns(Reader& reader, const OpenTenant& tenant,
                                           const ContactId& conversation, std::uint64_t last_seq) {
  std::vector<TurnRecord> records;
  while (records.size() < last_seq) {
    auto turns = reader.turns(tenant.row.id, conversation, records.size(), limits::kReadRowsMax);
    if (!turns) return turns.error();
    for (const auto& turn : *turns) {
      const bool next = turn.row.conversation == conversation &&
                        turn.row.seq == records.size() + 1 && records.size() < last_seq;
      if (!next) break;
      const auto key = unwrap_key(tenant.key, turn.wrapped_key, kContactKey, conversation.bytes);
      if (!key) return key.error();
      auto record = open_turn(*key, tenant.row.id, turn.row);
      if (!record) return record.error();
      records.push_back(*std::move(record));
    }
    const bool more = !turns->empty() && turns->back().row.conversation == conversation &&
                      turns->size() == limits::kReadRowsMax;
    if (records.size() < last_seq && !more)
      return Error{Errc::kNotFound, "the conversation has no such turn"};
  }
  return records;
}

Result<ContactDetails> open_details(const OpenTenant& tenant, const ContactId& contact,
                                    const StoredConversation& stored) {
  const auto key = unwrap_key(tenant.key, stored.wrapped_key, kContactKey, contact.bytes);
  if (!key) return key.error();
  const auto plain = open_sealed(
      *key, {SealedColumn::kContactDetails, tenant.row.id, contact.bytes}, stored.details);
  if (!plain) return plain.error();
  return decode_details(*plain);
}

Result<DialogueState> open_state(const OpenTenant& tenant, const ContactId& conversation,
                                 const StoredConversation& stored) {
  const auto key = unwrap_key(tenant.key, stored.wrapped_key, kContactKey, conversation.bytes);
  if (!key) return key.error();
  DialogueState state;
  state.withdrawn = stored.withdrawn;
  for (const auto& row : stored.rows) {
    const auto turn = open_turn(*key, tenant.row.id, row);
    if (!turn) return turn.error();
    for (const auto& event : turn->events) apply(state, event);
    if (turn->snapshot) state = *turn->snapshot;
  }
  return state;
}

Status each_state(Reader& reader, const OpenTenant& tenant,
                  const std::function<void(const ContactId&, const DialogueState&)>& visit) {
  for (ContactId after{};;) {
    const auto page = reader.contacts(tenant.row.id, after, limits::kWakesMax);
    if (!page) return page.error();
    if (page->empty()) return Done{};
    after = page->back();
    std::vector<ConversationName> names;
    for (const auto& contact : *page) names.push_back({tenant.row.id, contact});
    const auto stored = reader.conversations(names);
    if (!stored) return stored.error();
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!(*stored)[i]) continue;
      const auto state = open_state(tenant, names[i].contact, *(*stored)[i]);
      if (!state) return state.error();
      visit(names[i].contact, *state);
    }
  }
}

}  // namespace mitr
