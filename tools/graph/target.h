// The path and the query of a request target.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mitr::graph {

struct Target {
  std::string path;
  std::map<std::string, std::string> query;  ///< Percent-decoded; the last of equal keys stays.

  std::string value(const std::string& key) const;
  std::uint64_t number(const std::string& key, std::uint64_t otherwise) const;
};
Target parse_target(std::string_view target);
/// Percent-encodes everything but letters, digits and "-._~".
std::string percent_encode(std::string_view text);

}  // namespace mitr::graph
