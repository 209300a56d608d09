// An instant as a person in the tenant's time zone sees it. Made outside the deciding part, which
// has no clock.
#pragma once

#include <chrono>

namespace mitr {

struct Moment {
  std::chrono::sys_seconds at{};        ///< UTC.
  std::chrono::local_days today{};      ///< The date on the tenant's wall calendar.
  std::chrono::minutes time_of_day{0};  ///< Since local midnight.
  bool operator==(const Moment&) const = default;
};

}  // namespace mitr
