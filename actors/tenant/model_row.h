// A tenant's trained model as a row of the store: sealed under the tenant's key, and bound to its
// number.
#pragma once

#include <string_view>

#include "actors/tenant/live_model.h"
#include "persistence/crypto/seal.h"
#include "persistence/store.h"

namespace mitr {

RowIdentity model_body_of(const TenantId& tenant, std::uint32_t number);
RowIdentity model_manifest_of(const TenantId& tenant, std::uint32_t number);

/// The node's table of word vectors; null: it has none.
using WordTable = std::shared_ptr<const apce::WordVectors>;

/// The model in the row. kTampered, or kMalformed if this build does not read it: an older one may
/// have made it, and it is to be trained anew. kInvalidConfig: it was taught with word vectors, and
/// `table` is not those.
Result<LiveModel::Model> open_model(const TenantId& tenant, const SecretKey& key,
                                    const ModelRow& row, const WordTable& table = nullptr);
/// Reads and opens one. kNotFound: the tenant has no such model.
Result<LiveModel::Model> load_model(Reader& reader, const TenantId& tenant, const SecretKey& key,
                                    std::uint32_t number, const WordTable& table = nullptr);

}  // namespace mitr
