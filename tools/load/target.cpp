#include "tools/load/target.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "actors/http/origin.h"

namespace mitr::load {
namespace {

/// "127." and three more numbers, written out: a name that begins so is somebody's domain.
bool is_loopback_v4(std::string_view host) {
  std::array<unsigned, 4> parts{};
  const char* at = host.data();
  const char* end = host.data() + host.size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto read = std::from_chars(at, end, parts[i]);
    if (read.ec != std::errc{} || parts[i] > 255) return false;
    at = read.ptr;
    if (i + 1 == parts.size()) break;
    if (at == end || *at != '.') return false;
    ++at;
  }
  return at == end && parts[0] == 127;
}

}  // namespace

Result<LoadTarget> parse_load_target(std::string_view url) {
  const auto scheme = url.find("://");
  const auto slash = scheme == std::string_view::npos ? scheme : url.find('/', scheme + 3);
  const auto origin = url.substr(0, slash);
  const auto read = net::parse_origin(origin);
  if (!read) return Error{Errc::kInvalidConfig, "the target must be http(s)://host[:port]/path"};
  LoadTarget out;
  out.origin = std::string(origin);
  out.path = slash == std::string_view::npos ? "/" : std::string(url.substr(slash));
  out.host = read->host;
  out.is_loopback = is_loopback_v4(out.host) || out.host == "::1" || out.host == "localhost";
  return out;
}

Status allow_target(const LoadTarget& target, bool is_ours, std::string_view confirmed) {
  if (target.is_loopback) return Done{};
  if (is_ours && confirmed == target.host) return Done{};
  std::string what = target.host +
                     " is not this machine. Thousands of people writing to a server that is not "
                     "yours is an attack. If it is yours, say so twice: --target-is-ours "
                     "--confirm-target " +
                     target.host;
  if (!is_ours && !confirmed.empty()) what += " (--target-is-ours is missing)";
  if (is_ours && !confirmed.empty()) what += " (--confirm-target names another host)";
  return Error{Errc::kRefused, std::move(what)};
}

}  // namespace mitr::load
