// Writes the tenants of a settings file into the store, where they live from then on. Running it
// again changes nothing but what the file changed: ids, keys and contacts stay.
#pragma once

#include <vector>

#include "config/node_settings.h"
#include "persistence/crypto/keys.h"
#include "persistence/store.h"

namespace mitr {

/// Adds the system tenant too. Fails as the store does; kRefused when a number belongs to another
/// tenant.
Status seed_tenants(Store& store, const SecretKey& root, const std::vector<TenantSeed>& seeds);

}  // namespace mitr
