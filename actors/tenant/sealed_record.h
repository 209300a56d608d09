// A record of a tenant's own data on its way into the store and back: under which hashes it is
// filed, and what opens it. No CAF.
#pragma once

#include <string>
#include <string_view>

#include "config/record_file.h"
#include "persistence/crypto/blind_index.h"
#include "persistence/crypto/keys.h"
#include "persistence/rows.h"

namespace mitr {

/// What a record of the kind is filed under, for a finder text of nlu/records.
KeyedHash finder_hash(const BlindIndex& index, std::string_view kind, const Personal& text);
TenantRecord sealed_record(const BlindIndex& index, const SecretKey& tenant_key,
                           const TenantId& tenant, std::string_view kind,
                           const ImportedRecord& record);
/// kTampered if the row was made under another key, or is another's.
Result<RequestFields> open_record(const SecretKey& tenant_key, const TenantId& tenant,
                                  const KeyedHash& key, std::string_view body);

}  // namespace mitr
