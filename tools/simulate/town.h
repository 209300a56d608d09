// Who lives in the simulated town: four businesses, their staff, and the people who write to them.
// All of it is made up, from the seed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/node_settings.h"
#include "tools/simulate/person.h"
#include "tools/simulate/plan.h"

namespace mitr::simulate {

/// Whoever changes their phone, or goes away and leaves it to somebody else.
struct Move {
  Time at{0};
  bool told = false;  ///< They go on under a new phone and id, and the provider says so.
  std::string phone;  ///< The new ones, if so.
  std::string bsuid;
};

/// One of the people, and how the provider shows them.
struct Resident {
  Person person;
  std::string label;  ///< As "school-1/p03".
  std::string number;
  std::string phone;
  std::string bsuid;
  /// Withheld in the first messages: the provider shows only the other one.
  std::size_t phone_from = 0;
  std::size_t bsuid_from = 0;

  std::optional<Move> moves;
  Time arrives{0};  ///< Not before; their phone was another's until then.

  // -- as the simulation goes ----
  bool gone = false;
  std::size_t spoken = 0;  ///< Messages so far.
  std::uint64_t heard = 0;
  bool begins_soon = false;
};

struct Town {
  std::vector<TenantSeed> tenants;
  std::vector<Resident> people;
  std::string
      roster;  ///< Of school-1, as `mitr import` reads it: the children of half its parents.
};

Town build_town(const Plan& plan);

}  // namespace mitr::simulate
