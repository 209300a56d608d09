#include "tools/mitr/contact_search.h"

#include <algorithm>
#include <set>
#include <vector>

#include "config/tenant_settings.h"
#include "persistence/crypto/blind_index.h"
#include "protocols/bsuid.h"
#include "protocols/phone_number.h"
#include "protocols/whatsapp/identity.h"

namespace mitr {
namespace {

constexpr const char* kNobody = "the tenant knows no such contact; who never wrote cannot be told";

/// The portfolios to look in, as they are hashed: the wanted one, or all of the tenant's.
Result<std::vector<std::string>> portfolios_of(const TenantSettings& settings,
                                               const std::string& wanted) {
  std::set<std::string> all{""};
  for (const auto& [number, portfolio] : settings.portfolios) all.insert(portfolio);
  if (wanted.empty()) return std::vector<std::string>(all.begin(), all.end());
  const std::string hashed = wanted == kMainPortfolio ? "" : wanted;
  if (!all.contains(hashed))
    return Error{Errc::kMalformed, "the tenant has no portfolio '" + wanted + "'"};
  return std::vector<std::string>{hashed};
}

Result<KnownContact> find_by_alias(Reader& reader, const OpenTenant& tenant,
                                   const TenantSettings& settings, IndexedField field,
                                   const std::string& name, const std::string& wanted) {
  const auto portfolios = portfolios_of(settings, wanted);
  if (!portfolios) return portfolios.error();
  const BlindIndex index(tenant.key);
  std::optional<KnownContact> one;
  std::string found_in;
  bool several = false;
  for (const auto& portfolio : *portfolios) {
    auto known = reader.contact_of(tenant.row.id, index.hash(field, portfolio, name));
    if (!known && known.error().code == Errc::kNotFound) continue;
    if (!known) return known.error();
    several = several || one;
    found_in += one ? ", " : "";
    found_in += portfolio.empty() ? kMainPortfolio : portfolio;
    one = *std::move(known);
  }
  if (several) {
    return Error{Errc::kMalformed,
                 "that is somebody in more than one portfolio: say which, with "
                 "--portfolio (" +
                     found_in + ")"};
  }
  if (!one) return Error{Errc::kNotFound, kNobody};
  return *std::move(one);
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
  const auto settings = parse_tenant_settings(tenant.row.settings);
  if (!settings) return settings.error();
  const auto find = [&](IndexedField field, const std::string& name) {
    return find_by_alias(reader, tenant, *settings, field, name, whom.portfolio);
  };
  if (!whom.phone.empty()) {
    const auto phone = e164_phone(whom.phone, settings->dialogue.country);
    if (!phone) return Error{Errc::kMalformed, "that is no phone number"};
    // Aliases are hashed without the plus, as the provider writes numbers.
    return find(IndexedField::kPhone, phone->reveal().substr(1));
  }
  if (!whom.username.empty())
    return find(IndexedField::kUsername, whatsapp::username_key(Personal(whom.username)).reveal());
  if (!is_bsuid(whom.bsuid)) return Error{Errc::kMalformed, "that is no bsuid"};
  return find(is_parent_bsuid(whom.bsuid) ? IndexedField::kParentBsuid : IndexedField::kBsuid,
              whom.bsuid);
}

}  // namespace mitr
