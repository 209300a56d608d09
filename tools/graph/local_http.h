// A small blocking HTTP client for tools that talk to a server on this machine: one request, one
// connection.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "protocols/personal.h"
#include "protocols/result.h"

namespace mitr::graph {

struct LocalAnswer {
  int status = 0;
  Personal body;
};

/// GET (or, with a body, POST of JSON) of `url` ("http://host:port/path"). Plain HTTP only.
/// kUnavailable if nobody answers within `timeout`, kInvalidConfig if the URL is not http://.
Result<LocalAnswer> local_get(std::string_view url, std::chrono::milliseconds timeout);
Result<LocalAnswer> local_post(std::string_view url, const Personal& json,
                               std::chrono::milliseconds timeout);

}  // namespace mitr::graph
