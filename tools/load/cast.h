// Who takes part in a run: person n has a phone, a script and a number to write to, all made from
// n. Nothing is stored for a person here; what happened to them is the ledger's.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/load/script.h"

namespace mitr::load {

/// A person of this run: 0, 1, 2 …
using PersonIndex = std::uint32_t;

/// A number of the target and a script that is played to it.
struct CastNumber {
  std::string id;          ///< phone_number_id.
  std::size_t script = 0;  ///< Index into `scripts`.
};

class Cast {
 public:
  struct Parts {
    std::vector<Script> scripts;
    std::vector<CastNumber> numbers;  ///< Person n writes to number n modulo their count.
    std::uint64_t base = 0;           ///< Person n has the phone 91 and ten digits: base + n.
    std::chrono::sys_days today;      ///< Dates are counted from it.
  };
  explicit Cast(Parts parts) : parts_(std::move(parts)) {}

  const Script& script(PersonIndex person) const {
    return parts_.scripts[number_of(person).script];
  }
  const std::string& number(PersonIndex person) const { return number_of(person).id; }
  /// Twelve digits. Indian numbers whose tenth-last digit is 0 are given to nobody.
  std::string phone(PersonIndex person) const;
  /// Who has this phone; nothing if it is not of this cast. Whether they have been on stage yet is
  /// not known here.
  std::optional<PersonIndex> person_of(std::string_view phone) const;
  std::string profile_name(PersonIndex person) const;
  PersonValues values(PersonIndex person) const {
    return {script(person).values, parts_.base + person, parts_.today};
  }
  /// Turns of a dialogue, on average over the numbers.
  double turns_mean() const;
  const Parts& parts() const { return parts_; }

 private:
  const CastNumber& number_of(PersonIndex person) const {
    return parts_.numbers[person % parts_.numbers.size()];
  }

  Parts parts_;
};

}  // namespace mitr::load
