#include "nlu/dialogue/pack_version.h"

#include <charconv>

namespace mitr {

std::string to_string(const PackVersion& version) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : version.bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::optional<PackVersion> parse_pack_version(std::string_view text) {
  PackVersion version;
  if (text.size() != 2 * version.bytes.size()) return std::nullopt;
  for (std::uint8_t& byte : version.bytes) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + 2, byte, 16);
    if (error != std::errc{} || end != text.data() + 2) return std::nullopt;
    text.remove_prefix(2);
  }
  return version;
}

}  // namespace mitr
