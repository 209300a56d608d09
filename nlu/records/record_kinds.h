// Which kinds of records a tenant has imported, as one value.
#pragma once

#include <cstdint>
#include <string_view>

namespace mitr {

class RecordKinds {
 public:
  bool has(std::string_view kind) const { return (bits_ & bit_of(kind)) != 0; }
  /// A kind nobody asks for is left out.
  void add(std::string_view kind) { bits_ |= bit_of(kind); }
  std::uint32_t bits() const { return bits_; }
  static RecordKinds of(std::uint32_t bits) {
    RecordKinds kinds;
    kinds.bits_ = bits;
    return kinds;
  }
  bool operator==(const RecordKinds&) const = default;

 private:
  static std::uint32_t bit_of(std::string_view kind);
  std::uint32_t bits_ = 0;
};

}  // namespace mitr
