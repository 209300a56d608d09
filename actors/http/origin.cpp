// Reading a base URL.
#include "actors/http/origin.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace mitr::net {

namespace {

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

bool is_address_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' ||
         c == '.';
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (ec != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

}  // namespace

Result<Origin> parse_origin(std::string_view url) {
  const Error bad{
      Errc::kInvalidConfig,
      "'" + std::string(url) + "' is not a base URL; write http(s)://host[:port] without a path"};
  Origin origin;
  std::string_view rest = url;
  origin.tls = take_prefix(rest, "https://");
  if (!origin.tls && !take_prefix(rest, "http://")) return bad;
  if (rest.ends_with('/')) rest.remove_suffix(1);
  origin.authority = rest;
  if (take_prefix(rest, "[")) {
    const auto bracket = rest.find(']');
    if (bracket == std::string_view::npos) return bad;
    origin.host = rest.substr(0, bracket);
    rest.remove_prefix(bracket + 1);
    if (!std::ranges::all_of(origin.host, is_address_char)) return bad;
  } else {
    origin.host = rest.substr(0, rest.find(':'));
    rest.remove_prefix(origin.host.size());
    if (!std::ranges::all_of(origin.host, is_host_char)) return bad;
  }
  if (origin.host.empty()) return bad;
  origin.port = origin.tls ? 443 : 80;
  if (rest.empty()) return origin;
  if (!take_prefix(rest, ":")) return bad;
  const auto port = parse_port(rest);
  if (!port) return bad;
  origin.port = *port;
  return origin;
}

}  // namespace mitr::net
