// Who lives in the simulated town: four businesses, their staff, and the people who write to them.
// All of it is made up, from the seed.
#pragma once

#include <string>
#include <vector>

#include "config/node_settings.h"
#include "tools/simulate/person.h"
#include "tools/simulate/plan.h"

namespace mitr::simulate {

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

  // -- as the simulation goes ----
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
