#include "tools/mitr/desk.h"

#include <algorithm>

#include "actors/conversation/instruction.h"
#include "config/tenant_settings.h"
#include "persistence/crypto/blind_index.h"
#include "protocols/limits.h"
#include "protocols/phone_number.h"

namespace mitr {
namespace {

constexpr const char* kNobody = "the tenant knows no such contact; who never wrote cannot be told";

Result<KnownContact> find_by_phone(Reader& reader, const OpenTenant& tenant,
                                   const std::string& written) {
  const auto settings = parse_tenant_settings(tenant.row.settings);
  if (!settings) return settings.error();
  const auto phone = e164_phone(written, settings->dialogue.country);
  if (!phone) return Error{Errc::kMalformed, "that is no phone number"};
  const BlindIndex index(tenant.key);
  // Aliases are hashed without the plus, as the provider writes numbers.
  auto known =
      reader.contact_of(tenant.row.id, index.hash(IndexedField::kPhone, phone->reveal().substr(1)));
  if (!known && known.error().code == Errc::kNotFound) return Error{Errc::kNotFound, kNobody};
  return known;
}

Result<KnownContact> find_by_id(Reader& reader, const OpenTenant& tenant, const std::string& text) {
  const auto id = parse_id<ContactId>(text);
  if (!id) return Error{Errc::kMalformed, "'" + text + "' is no contact id; see the list"};
  auto stored = reader.conversation(tenant.row.id, *id);
  if (!stored && stored.error().code == Errc::kNotFound) return Error{Errc::kNotFound, kNobody};
  if (!stored) return stored.error();
  return KnownContact{*id, stored->wrapped_key};
}

Result<std::string> number_of(const OpenTenant& tenant, const std::string& wanted) {
  const auto& numbers = tenant.row.numbers;
  if (numbers.empty()) return Error{Errc::kRefused, "the tenant has no number to speak from"};
  if (wanted.empty()) return numbers.front();
  if (std::find(numbers.begin(), numbers.end(), wanted) == numbers.end())
    return Error{Errc::kNotFound, "the tenant has no number " + wanted};
  return wanted;
}

}  // namespace

Status list_handed(Reader& reader, const OpenTenant& tenant, std::chrono::sys_seconds now,
                   const std::function<void(const HandedConversation&)>& told) {
  return each_state(reader, tenant, [&](const ContactId& contact, const DialogueState& state) {
    const std::chrono::sys_seconds until{std::chrono::seconds{state.human_until}};
    if (until > now) told({contact, until, state.flow});
  });
}

Result<InstructionId> instruct(Store& store, const OpenTenant& tenant, const Addressee& whom,
                               const std::string& number, const Input& input,
                               std::chrono::sys_seconds now) {
  const auto from = number_of(tenant, number);
  if (!from) return from.error();
  const auto reader = store.reader();
  const auto known = whom.contact.empty() ? find_by_phone(*reader, tenant, whom.phone)
                                          : find_by_id(*reader, tenant, whom.contact);
  if (!known) return known.error();
  const auto key = unwrap_key(tenant.key, known->wrapped_key, kContactKey, known->contact.bytes);
  if (!key) return key.error();
  InstructionRow row;
  row.name = {tenant.row.id, random_id<InstructionId>()};
  row.contact = known->contact;
  row.number = *from;
  row.expires = now + limits::kInstructionExpiry;
  auto sealed = sealed_instruction(*key, std::move(row), input);
  if (!sealed) return sealed.error();
  if (auto filed = store.put_instruction(*sealed); !filed) return filed.error();
  return sealed->name.id;
}

}  // namespace mitr
