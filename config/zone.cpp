// See zone.h. The zone table is the system's (tzdata), read by Howard Hinnant's date library: g++
// 12 has none of its own.
#include "config/zone.h"

#include <date/tz.h>
#include <exception>

namespace mitr {

Result<Zone> Zone::find(std::string_view name) {
  try {
    date::get_tzdb();
  } catch (const std::exception&) {
    return Error{Errc::kUnavailable, "the time zone table cannot be read; install tzdata"};
  }
  try {
    return Zone(date::locate_zone(name));
  } catch (const std::exception&) {
    return Error{Errc::kNotFound, "no time zone '" + std::string(name) + "'"};
  }
}

Moment Zone::moment(std::chrono::sys_seconds at) const {
  using namespace std::chrono;
  const seconds local = zone_->to_local(at).time_since_epoch();
  const days day = floor<days>(local);
  return Moment{at, local_days(day), floor<minutes>(local - day)};
}

const std::string& Zone::name() const {
  return zone_->name();
}

}  // namespace mitr
