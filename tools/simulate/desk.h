// The people of the town's businesses: now and then one of them speaks in a conversation, and gives
// it back later. What they say is filed as `mitr desk` does it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "actors/wall_clock.h"
#include "persistence/memory/store.h"
#include "tools/mitr/opened_turns.h"
#include "tools/simulate/chance.h"
#include "tools/simulate/world.h"

namespace mitr::simulate {

class Desk {
 public:
  Desk(World& world, MemoryStore& store, const SecretKey& root, WallClock clock);

  /// Somebody answered a contact; a person of the business may take part.
  void look_at(const std::string& number, const std::string& phone);
  /// Nobody takes part any more.
  void close() { closed_ = true; }

 private:
  void speak(const OpenTenant& tenant, const std::string& number, const std::string& phone);
  bool file(const OpenTenant& tenant, const std::string& number, const std::string& phone,
            const Input& input);

  World& world_;
  MemoryStore& store_;
  std::vector<OpenTenant> tenants_;
  WallClock clock_;
  Chance chance_;
  std::uint64_t spoken_ = 0;
  bool closed_ = false;
};

}  // namespace mitr::simulate
