// Erasing one person for a tenant's operator: what would go, and doing it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "persistence/erasure.h"
#include "tools/mitr/contact_search.h"
#include "tools/mitr/opened_turns.h"

namespace mitr {

/// What is kept of somebody and would go with them. Counts and names of ours; nothing personal.
struct ErasurePlan {
  Erasure erasure;
  std::size_t names = 0;
  std::size_t requests = 0;
  std::size_t files = 0;
  std::size_t messages = 0;  ///< Of ours, whose fate is noted.
  std::size_t unsent = 0;    ///< Of those: still to leave.
  std::size_t reviews = 0;
  std::size_t instructions = 0;
  std::vector<std::uint32_t> models;  ///< Taught with their words: stale from then on.
  /// What the tenant's own configuration says they are: they are to be taken out there first.
  std::vector<std::string> roles;
};

/// kNotFound: the tenant knows no such contact.
Result<ErasurePlan> plan_erasure(Reader& reader, const OpenTenant& tenant, const Addressee& whom);

/// Erases; what was planned. By an id whose contact is erased already: what was written since goes
/// too. kRefused: they have a role. kFenced: they wrote again and again meanwhile; try again.
Result<ErasurePlan> erase_person(Store& store, Reader& reader, const OpenTenant& tenant,
                                 const Addressee& whom);

}  // namespace mitr
