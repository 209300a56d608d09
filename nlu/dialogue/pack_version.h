// Which text of a pack decided something: the first bytes of a hash over its files. A value; who
// computes it is config/pack_files.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mitr {

struct PackVersion {
  /// All zero: not known. So it is for a pack made by hand, and for what was stored before packs
  /// had versions. Eight bytes: two of a business's packs meet once in 10^19.
  std::array<std::uint8_t, 8> bytes{};
  bool known() const { return *this != PackVersion{}; }
  bool operator==(const PackVersion&) const = default;
};

/// Sixteen hexadecimal digits, and back; nothing for any other text.
std::string to_string(const PackVersion& version);
std::optional<PackVersion> parse_pack_version(std::string_view text);

}  // namespace mitr
