// How one tenant stands with the provider, as far as this node knows. Read by its actors, changed
// by the gateway when it hears something and by the pack watch when another node did.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "protocols/standing.h"

namespace mitr {

class LiveStanding {
 public:
  using All = std::shared_ptr<const std::vector<Standing>>;

  All all() const;
  void replace(std::vector<Standing> all);
  /// Puts it in the place of what was told of the same before.
  void tell(const Standing& news);

 private:
  mutable std::mutex mutex_;  ///< Held for as long as it takes to copy a pointer.
  All all_ = std::make_shared<const std::vector<Standing>>();
};

}  // namespace mitr
