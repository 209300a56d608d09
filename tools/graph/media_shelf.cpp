#include "tools/graph/media_shelf.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <nlohmann/json.hpp>

#include "persistence/crypto/sha256.h"

namespace mitr::graph {
namespace {

constexpr std::string_view kFiles = "/media/";
constexpr std::size_t kUsualBytes = 3000;

std::size_t size_of(std::string_view id) {
  const auto dash = id.rfind('-');
  if (dash == std::string_view::npos) return kUsualBytes;
  std::size_t size = 0;
  const auto digits = id.substr(dash + 1);
  const auto end = digits.data() + digits.size();
  if (std::from_chars(digits.data(), end, size).ptr != end) return kUsualBytes;
  return std::min(size, kSimMediaBytesMax);
}

/// "/v23.0/ID" as the id; empty for other paths.
std::string_view asked_id(std::string_view path) {
  if (!path.starts_with("/v")) return {};
  const auto slash = path.find('/', 1);
  if (slash == std::string_view::npos) return {};
  const auto id = path.substr(slash + 1);
  return id.find('/') == std::string_view::npos ? id : std::string_view{};
}

}  // namespace

std::string media_bytes(std::string_view id) {
  std::string bytes;
  const auto size = size_of(id);
  bytes.reserve(size + id.size());
  for (std::size_t line = 0; bytes.size() < size; ++line)
    bytes.append(id).append(" ").append(std::to_string(line)).append("\n");
  bytes.resize(size);
  return bytes;
}

std::optional<HttpAnswer> media_answer(const HttpRequest& request, std::string_view path,
                                       const std::string& origin) {
  const bool file = path.starts_with(kFiles);
  const auto id = file ? path.substr(kFiles.size()) : asked_id(path);
  if (id.empty()) return std::nullopt;
  if (!request.authorization.starts_with("Bearer ")) return HttpAnswer{401, "No token.\n"};
  if (file) return HttpAnswer{200, media_bytes(id), "application/octet-stream"};
  Sha256 hash;
  hash.add(media_bytes(id));
  const nlohmann::json answer = {
      {"messaging_product", "whatsapp"}, {"url", origin + std::string(kFiles) + std::string(id)},
      {"mime_type", "image/jpeg"},       {"sha256", hash.hex()},
      {"file_size", size_of(id)},        {"id", id}};
  return HttpAnswer{200, answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                    "application/json"};
}

}  // namespace mitr::graph
