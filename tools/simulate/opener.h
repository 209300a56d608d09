// Opens what the node sealed, with the keys that only a simulation has at hand.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "actors/tenant/tenant_context.h"
#include "tools/simulate/witness.h"

namespace mitr::simulate {

class Opener {
 public:
  explicit Opener(const std::vector<std::shared_ptr<const TenantContext>>& tenants);

  /// A contact was found or made: its key is known from here on.
  void learn(const TenantId& tenant, const ClaimedContact& contact);
  /// None: it does not open, or is no turn.
  std::optional<SeenTurn> open(const Append& turn) const;
  /// The body of `turn` with another record in it.
  Sealed seal_again(const Append& turn, const TurnRecord& record) const;

 private:
  std::map<TenantId, std::shared_ptr<const TenantContext>> tenants_;
  std::unordered_map<ContactId, SecretKey> keys_;
};

}  // namespace mitr::simulate
