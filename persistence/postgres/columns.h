// PostgreSQL's binary format of parameters and results. Text would cost the server a parse per
// value. Not here: what a column means.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mitr::postgres {

/// The type numbers of pg_type that we send.
enum class Oid : std::uint32_t {
  kBool = 16,
  kBytea = 17,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kTimestamp = 1184,
  kUuid = 2950,
};

/// One parameter in binary; a null data pointer is NULL. Views: the owner outlives the sending.
using Param = std::string_view;

using Uuid16 = std::array<std::uint8_t, 16>;

/// Microseconds since 2000-01-01, the server's clock count.
std::int64_t to_server_time(std::chrono::sys_seconds at);
std::chrono::sys_seconds from_server_time(std::int64_t microseconds);
/// The server's 'infinity'.
inline constexpr std::int64_t kNever = INT64_MAX;

/// A one-dimensional array parameter: one column of many rows. Reused from batch to batch.
class ArrayColumn {
 public:
  explicit ArrayColumn(Oid element) : element_(element) {}
  void clear();
  void add(const Uuid16& value);
  void add(std::string_view value);
  void add_int8(std::int64_t value) { add_number(value); }
  void add_int4(std::int32_t value) { add_number(value); }
  void add_int2(std::int16_t value) { add_number(value); }
  void add_bool(bool value);
  void add_null();
  void add_time(const std::optional<std::chrono::sys_seconds>& at);
  std::int32_t size() const { return count_; }
  bool has_nulls() const { return nulls_; }
  /// Valid until the next change.
  Param param();

 private:
  template <class Number>
  void add_number(Number value);
  Oid element_;
  std::int32_t count_ = 0;
  bool nulls_ = false;
  std::string bytes_;
};

/// Empties every column of a group.
template <class... Columns>
void clear_all(Columns&... columns) {
  (columns.clear(), ...);
}

/// The parameters of a statement, in the order of its columns.
template <class... Columns>
std::array<Param, sizeof...(Columns)> params_of(Columns&... columns) {
  return {columns.param()...};
}

/// A 64-bit scalar parameter with its own storage.
class Int8Param {
 public:
  explicit Int8Param(std::int64_t value);
  Param param() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::array<char, 8> bytes_{};
};

inline Param uuid_param(const Uuid16& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <std::size_t Size>
Param hash_param(const std::array<std::uint8_t, Size>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Big-endian integer of exactly `sizeof(Number)` bytes.
template <class Number>
Number read_number(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Number) && i < bytes.size(); ++i) {
    value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
  }
  return static_cast<Number>(value);
}

}  // namespace mitr::postgres
