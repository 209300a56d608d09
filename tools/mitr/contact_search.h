// Finds a contact by what a person at a desk knows of them.
#pragma once

#include <string>

#include "config/tenant_settings.h"
#include "persistence/store.h"
#include "tools/mitr/opened_turns.h"

namespace mitr {

/// One of these; the first that is given counts.
struct Addressee {
  std::string contact;  ///< Our id.
  std::string phone;    ///< As people write it.
  std::string bsuid;
  std::string username;  ///< With or without '@'. Changes hands: who used it last.
  /// In which of the tenant's portfolios they go by that; empty: in any.
  std::string portfolio;
};

/// kNotFound: the tenant knows nobody by that. kMalformed: it is no such name, or one that stands
/// for people of several portfolios.
Result<KnownContact> find_contact(Reader& reader, const OpenTenant& tenant, const Addressee& whom);

/// In which of the tenant's portfolios the contact is known by the phone or bsuid they are reached
/// by; empty: the main one. kNotFound: in none of those that its settings name.
Result<std::string> portfolio_of(Reader& reader, const OpenTenant& tenant,
                                 const TenantSettings& settings, const KnownContact& known);

}  // namespace mitr
