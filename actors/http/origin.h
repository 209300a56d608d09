// Where a client's connections go: the scheme, host and port of a base URL.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/result.h"

namespace mitr::net {

struct Origin {
  bool tls = false;
  std::string host;  ///< Name or address, an IPv6 address without its brackets.
  std::uint16_t port = 0;
  std::string authority;  ///< For the Host field: as written in the URL.
};

/// Reads "http(s)://host[:port]", a trailing slash allowed. kInvalidConfig otherwise.
Result<Origin> parse_origin(std::string_view url);

}  // namespace mitr::net
