// What a tenant's records hold of names, for its tagger. Read by any actor of the tenant, replaced
// by the pack watch after an import.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "nlu/apce/known_values.h"

namespace mitr {

class LiveValues {
 public:
  using Values = std::shared_ptr<const apce::KnownValues>;

  /// Null: nothing is known.
  Values values() const { return values_.load(std::memory_order_acquire); }
  /// The import after which they were read; 0: none was.
  std::uint32_t imports() const { return imports_.load(std::memory_order_relaxed); }
  /// Called by one thread at a time.
  void replace(std::uint32_t imports, Values values) {
    values_.store(std::move(values), std::memory_order_release);
    imports_.store(imports, std::memory_order_relaxed);
  }

 private:
  std::atomic<Values> values_;
  std::atomic<std::uint32_t> imports_{0};
};

}  // namespace mitr
