// Makes the models that tenants promoted theirs: when a node starts, and again and again while it
// runs. A turn that is being understood ends with the model it began with.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "actors/tenant/tenant_context.h"
#include "persistence/store.h"

namespace mitr {

class PromotedModelsTaker {
 public:
  /// Told of each tenant whose model was replaced, or could not be.
  using Told = std::function<void(const TenantContext&, std::uint32_t number, const Status&)>;

  /// One look at what is promoted. kUnavailable: the store is away, and nothing changed. A model
  /// that cannot be opened is told once; its tenant keeps what it had.
  Status look(Reader& reader, const std::vector<std::shared_ptr<const TenantContext>>& tenants,
              const Told& told);

 private:
  struct Broken {
    TenantId tenant;
    std::uint32_t number = 0;
    bool operator==(const Broken&) const = default;
  };
  void take_over(Reader& reader, const TenantContext& tenant, std::uint32_t number,
                 const Told& told);

  std::vector<Broken> broken_;
};

}  // namespace mitr
