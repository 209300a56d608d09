// One GET whose answer is handed on piece by piece: a file is never whole in memory. Blocks; for a
// thread of its own.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/result.h"

namespace mitr {

struct DownloadRequest {
  std::string url;  ///< "https://host[:port]/path?query"; http only to this machine.
  std::vector<std::pair<std::string, std::string>> headers;
  std::size_t bytes_max = 0;              ///< Of the body.
  std::chrono::milliseconds patience{0};  ///< From the call to the last byte.
  std::string ca_file;                    ///< Extra CA for tests; empty: the system's.
};

struct DownloadAnswer {
  int status = 0;
  std::string location;  ///< Where a redirect says it is, as written; empty: this is none.
};

/// Hands on the body of an answer with status 200. False: enough, the download ends.
using TakePiece = std::function<bool(std::string_view)>;

/// The answer's status. Only at 200 were pieces handed on, and then all of them. A redirect is
/// told, not followed: whom to ask is the caller's to decide. kRefused: the URL is none to be
/// asked. kTooLarge: more than `bytes_max`. kUnavailable: the connection failed, or it took too
/// long, or `take` had enough: what was handed on is a part.
Result<DownloadAnswer> download(const DownloadRequest& request, const TakePiece& take);

/// The host of an http(s) URL, as the caller will connect to it; empty for what is none.
std::string host_of_url(std::string_view url);

}  // namespace mitr
