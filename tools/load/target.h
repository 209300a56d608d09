// Where a run's webhooks go, and whether they may. A load driver aimed at somebody else's machine
// is an attack: beyond loopback it must be said twice whose the target is.
#pragma once

#include <string>
#include <string_view>

#include "protocols/result.h"

namespace mitr::load {

struct LoadTarget {
  std::string origin;  ///< "http://127.0.0.1:18080"
  std::string path;    ///< "/webhook"
  std::string host;    ///< Without port.
  bool is_loopback = false;
};
/// Reads "http(s)://host[:port]/path". kInvalidConfig for anything else.
Result<LoadTarget> parse_load_target(std::string_view url);
/// kRefused unless the target is this machine, or `is_ours` was given and `confirmed` is its host,
/// typed again.
Status allow_target(const LoadTarget& target, bool is_ours, std::string_view confirmed);

}  // namespace mitr::load
