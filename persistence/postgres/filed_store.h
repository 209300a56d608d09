// Items of webhooks that were filed, for an operator: what there is, and its end.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "persistence/rows.h"
#include "protocols/result.h"

namespace mitr {

struct FiledRow {
  RequestId id;
  std::string reason;
  std::chrono::sys_seconds at{};
  Sealed body;
};

/// Calls block; serves one thread.
class FiledStore {
 public:
  virtual ~FiledStore() = default;
  /// In the order of their ids after the given one, at most `limit`.
  virtual Result<std::vector<FiledRow>> page(const TenantId& tenant, const RequestId& after,
                                             std::size_t limit) = 0;
  /// Removes at most `limit` that were filed before; how many it were.
  virtual Result<std::size_t> remove_before(const TenantId& tenant, std::chrono::sys_seconds at,
                                            std::size_t limit) = 0;
};

/// For a DSN that open_postgres has taken; connects with the first call.
std::unique_ptr<FiledStore> postgres_filed(std::string dsn);

}  // namespace mitr
