#include "tools/mitr/contact_search.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "persistence/crypto/blind_index.h"
#include "protocols/bsuid.h"
#include "protocols/phone_number.h"
#include "protocols/whatsapp/identity.h"

namespace mitr {
namespace {

constexpr const char* kNobody = "the tenant knows no such contact; who never wrote cannot be told";

/// As they are hashed, the main one first.
std::vector<std::string> portfolios_of(const TenantSettings& settings) {
  std::set<std::string> all{""};
  for (const auto& [number, portfolio] : settings.portfolios) all.insert(portfolio);
  return {all.begin(), all.end()};
}

/// Where to look. One that is named is looked in even if no number is of it any more.
std::vector<std::string> portfolios_wanted(const TenantSettings& settings,
                                           const std::string& wanted) {
  if (wanted.empty()) return portfolios_of(settings);
  return {wanted == kMainPortfolio ? std::string() : wanted};
}

Result<KnownContact> find_by_alias(Reader& reader, const OpenTenant& tenant,
                                   const TenantSettings& settings, IndexedField field,
                                   const std::string& name, const std::string& wanted) {
  const BlindIndex index(tenant.key);
  std::optional<KnownContact> one;
  std::string found_in;
  bool several = false;
  for (const auto& portfolio : portfolios_wanted(settings, wanted)) {
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
                 "that is somebody in more than one portfolio: say which of " + found_in};
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

Result<std::string> portfolio_of(Reader& reader, const OpenTenant& tenant,
                                 const TenantSettings& settings, const KnownContact& known) {
  const auto stored = reader.conversation(tenant.row.id, known.contact);
  if (!stored) return stored.error();
  const auto details = open_details(tenant, known.contact, *stored);
  if (!details) return details.error();
  const BlindIndex index(tenant.key);
  for (const auto& portfolio : portfolios_of(settings)) {
    for (const auto& [field, name] : {std::pair(IndexedField::kBsuid, &details->bsuid),
                                      std::pair(IndexedField::kPhone, &details->phone)}) {
      if (name->empty()) continue;
      const auto holder =
          reader.contact_of(tenant.row.id, index.hash(field, portfolio, name->reveal()));
      if (holder && holder->contact == known.contact) return portfolio;
      if (!holder && holder.error().code != Errc::kNotFound) return holder.error();
    }
  }
  return Error{Errc::kNotFound, "no number of the tenant reaches that contact"};
}

}  // namespace mitr
