// Numbers to bytes and back, little-endian, small where they are small. A reader never reads
// beyond its bytes nor sets memory aside for more than they can hold: it fails once, and then
// answers zeros.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mitr::apce {

static_assert(std::endian::native == std::endian::little, "models are read as they lie");

class PackedWriter {
 public:
  template <class T>
  void fixed(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    bytes_.append(bytes, sizeof value);
  }
  /// Seven bits a byte, the lowest first.
  void small(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) bytes_.push_back(static_cast<char>(value | 0x80U));
    bytes_.push_back(static_cast<char>(value));
  }
  void text(std::string_view text) {
    small(text.size());
    bytes_ += text;
  }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

class PackedReader {
 public:
  explicit PackedReader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  T fixed() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value{};
    if (!has(sizeof value)) return value;
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
  }
  std::uint64_t small() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = fixed<std::uint8_t>();
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    failed_ = true;
    return 0;
  }
  /// A number of things to come, each of at least `bytes_each`; 0 if they cannot all be there.
  std::size_t count(std::size_t bytes_each) {
    const std::uint64_t count = small();
    if (count > bytes_.size() / bytes_each) {
      failed_ = true;
      return 0;
    }
    return static_cast<std::size_t>(count);
  }
  std::string text(std::size_t bytes_max) {
    const std::size_t size = count(1);
    if (size > bytes_max) failed_ = true;
    if (failed_) return {};
    std::string text(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return text;
  }

  /// What is still to come, which counts as read.
  std::string_view rest() { return std::exchange(bytes_, {}); }

  bool failed() const { return failed_; }
  /// True if everything was read, and all of it was there.
  bool finished() const { return !failed_ && bytes_.empty(); }

 private:
  bool has(std::size_t size) {
    if (failed_ || bytes_.size() < size) failed_ = true;
    return !failed_;
  }

  std::string_view bytes_;
  bool failed_ = false;
};

/// Keys written as steps, the first from zero. Nothing if they do not ascend.
inline std::optional<std::vector<std::uint32_t>> read_ascending(PackedReader& in) {
  std::vector<std::uint32_t> keys(in.count(1));
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::uint64_t step = in.small();
    before += step;
    if (step > 0xFFFFFFFF || before > 0xFFFFFFFF || (i > 0 && step == 0)) return std::nullopt;
    keys[i] = static_cast<std::uint32_t>(before);
  }
  if (in.failed()) return std::nullopt;
  return keys;
}
inline void write_ascending(PackedWriter& out, std::span<const std::uint32_t> keys) {
  out.small(keys.size());
  std::uint32_t before = 0;
  for (const std::uint32_t key : keys) {
    out.small(key - before);
    before = key;
  }
}

}  // namespace mitr::apce
