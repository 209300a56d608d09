#include "tools/mitr/contact_search.h"

#include "config/tenant_settings.h"
#include "persistence/crypto/blind_index.h"
#include "protocols/bsuid.h"
#include "protocols/phone_number.h"
#include "protocols/whatsapp/identity.h"

namespace mitr {
namespace {

constexpr const char* kNobody = "the tenant knows no such contact; who never wrote cannot be told";

Result<KnownContact> find_by_alias(Reader& reader, const OpenTenant& tenant, IndexedField field,
                                   const std::string& name) {
  const BlindIndex index(tenant.key);
  auto known = reader.contact_of(tenant.row.id, index.hash(field, name));
  if (!known && known.error().code == Errc::kNotFound) return Error{Errc::kNotFound, kNobody};
  return known;
}

Result<KnownContact> find_by_phone(Reader& reader, const OpenTenant& tenant,
                                   const std::string& written) {
  const auto settings = parse_tenant_settings(tenant.row.settings);
  if (!settings) return settings.error();
  const auto phone = e164_phone(written, settings->dialogue.country);
  if (!phone) return Error{Errc::kMalformed, "that is no phone number"};
  // Aliases are hashed without the plus, as the provider writes numbers.
  return find_by_alias(reader, tenant, IndexedField::kPhone, phone->reveal().substr(1));
}

Result<KnownContact> find_by_id(Reader& reader, const OpenTenant& tenant, const std::string& text) {
  const auto id = parse_id<ContactId>(text);
  if (!id) return Error{Errc::kMalformed, "'" + text + "' is no contact id; see the list"};
  auto stored = reader.conversation(tenant.row.id, *id);
  if (!stored && stored.error().code == Errc::kNotFound) return Error{Errc::kNotFound, kNobody};
  if (!stored) return stored.error();
  return KnownContact{*id, stored->wrapped_key};
}

}  // namespace

Result<KnownContact> find_contact(Reader& reader, const OpenTenant& tenant, const Addressee& whom) {
  if (!whom.contact.empty()) return find_by_id(reader, tenant, whom.contact);
  if (!whom.phone.empty()) return find_by_phone(reader, tenant, whom.phone);
  if (!whom.username.empty()) {
    return find_by_alias(reader, tenant, IndexedField::kUsername,
                         whatsapp::username_key(Personal(whom.username)).reveal());
  }
  if (!is_bsuid(whom.bsuid)) return Error{Errc::kMalformed, "that is no bsuid"};
  const auto field =
      is_parent_bsuid(whom.bsuid) ? IndexedField::kParentBsuid : IndexedField::kBsuid;
  return find_by_alias(reader, tenant, field, whom.bsuid);
}

}  // namespace mitr
