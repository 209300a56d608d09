// Makes the names in a tenant's imported records known to its tagger: when a node starts, and after
// each import.
#pragma once

#include <memory>
#include <vector>

#include "actors/tenant/tenant_context.h"
#include "persistence/store.h"

namespace mitr {

/// Reads the records of the tenants whose imports are not those they know. A record that does not
/// open is left out. kUnavailable: the store is away; who was not reached keeps what it had.
Status take_imported_values(Reader& reader, const std::vector<TenantKinds>& kinds,
                            const std::vector<std::shared_ptr<const TenantContext>>& tenants);

}  // namespace mitr
