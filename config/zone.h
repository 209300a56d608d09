// A tenant's time zone: turns an instant into the date and time on the tenant's wall.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "protocols/moment.h"
#include "protocols/result.h"

namespace date {
class time_zone;
}

namespace mitr {

/// Found once by name, then cheap to copy and safe to share: points into the process-wide zone
/// table.
class Zone {
 public:
  /// `name` as in the IANA table, "Asia/Kolkata". kNotFound for a name it does not hold,
  /// kUnavailable without a table.
  static Result<Zone> find(std::string_view name);
  Moment moment(std::chrono::sys_seconds at) const;
  const std::string& name() const;

 private:
  explicit Zone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
};

}  // namespace mitr
