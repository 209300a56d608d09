// What differs between the people of a script: names, classes, dates, numbers. Made from the
// person's ordinal alone, so that nothing is stored for them and a run can be repeated.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mitr::load {

enum class ValueKind : std::uint8_t { kName = 1, kClass, kDate, kNumber, kPick };

/// One entry of a script's `values`.
struct ValueSpec {
  std::string name;
  ValueKind kind = ValueKind::kName;
  int min = 0;  ///< kNumber: least; kDate: days after today, or after the date `after`.
  int max = 0;
  std::optional<std::size_t> after;  ///< kDate: index of an earlier date.
  std::vector<std::string> options;  ///< kPick.
};

/// How a value is written.
enum class Form : std::uint8_t {
  kTyped = 1,  ///< As the person types it; dates as 2026-11-30.
  kShown,      ///< As the demo packs show it: dates as "Mon 30 Nov 2026", the rest as typed.
};

/// The values of one person. Borrows the specs.
class PersonValues {
 public:
  PersonValues(const std::vector<ValueSpec>& specs, std::uint64_t person,
               std::chrono::sys_days today)
      : specs_(specs), person_(person), today_(today) {}
  void append(std::string& out, std::size_t value, Form form) const;
  std::uint64_t person() const { return person_; }

 private:
  std::chrono::sys_days date(const ValueSpec& spec, std::size_t value) const;
  int between(const ValueSpec& spec, std::size_t value) const;

  const std::vector<ValueSpec>& specs_;
  std::uint64_t person_;
  std::chrono::sys_days today_;
};

/// A number that looks drawn, the same for the same arguments.
std::uint64_t drawn(std::uint64_t person, std::uint64_t salt);
/// The same as a share of one, [0, 1).
double drawn_share(std::uint64_t person, std::uint64_t salt);

/// A name for person `n`, as a profile or a slot has it.
std::string name_of(std::uint64_t n, std::uint64_t salt);

}  // namespace mitr::load
