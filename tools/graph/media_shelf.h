// Files as Meta keeps them: asked for by id, then fetched from the address that is told. Made up
// from the id, so that whoever knows it can tell whether the bytes are right.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "actors/http/server.h"

namespace mitr::graph {

/// The bytes of a file. An id that ends with "-N" names a file of N bytes, at most
/// kSimMediaBytesMax; others have some thousand.
std::string media_bytes(std::string_view id);

inline constexpr std::size_t kSimMediaBytesMax = 20u << 20;

/// The answer to GET /v…/{id} and to GET /media/{id}; none for other paths. `origin`: where the
/// simulator is reached, as "http://127.0.0.1:18090".
std::optional<HttpAnswer> media_answer(const HttpRequest& request, std::string_view path,
                                       const std::string& origin);

}  // namespace mitr::graph
