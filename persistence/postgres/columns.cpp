// Encoding of binary parameters.
#include "persistence/postgres/columns.h"

namespace mitr::postgres {
namespace {

/// Dimensions, has-nulls flag, element type, length, lower bound: five 32-bit words before the
/// elements.
constexpr std::size_t kHeaderBytes = 20;
constexpr std::chrono::sys_seconds kServerEpoch{std::chrono::seconds{946'684'800}};

template <class Number>
void write_number(char* at, Number number) {
  const auto value = static_cast<std::uint64_t>(number);
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    at[i] = static_cast<char>(value >> (8 * (sizeof(Number) - 1 - i)) & 0xFF);
  }
}

void append_length(std::string& bytes, std::size_t length) {
  char word[4];
  write_number(word, static_cast<std::int32_t>(length));
  bytes.append(word, sizeof word);
}

}  // namespace

std::int64_t to_server_time(std::chrono::sys_seconds at) {
  return std::chrono::microseconds(at - kServerEpoch).count();
}

std::chrono::sys_seconds from_server_time(std::int64_t microseconds) {
  return kServerEpoch +
         std::chrono::floor<std::chrono::seconds>(std::chrono::microseconds(microseconds));
}

void ArrayColumn::clear() {
  bytes_.assign(kHeaderBytes, '\0');
  count_ = 0;
  nulls_ = false;
}

void ArrayColumn::add(const Uuid16& value) {
  append_length(bytes_, value.size());
  bytes_.append(reinterpret_cast<const char*>(value.data()), value.size());
  ++count_;
}

void ArrayColumn::add(std::string_view value) {
  append_length(bytes_, value.size());
  bytes_.append(value);
  ++count_;
}

void ArrayColumn::add_bool(bool value) {
  append_length(bytes_, 1);
  bytes_.push_back(value ? '\1' : '\0');
  ++count_;
}

void ArrayColumn::add_null() {
  bytes_.append(4, '\xFF');
  nulls_ = true;
  ++count_;
}

void ArrayColumn::add_time(const std::optional<std::chrono::sys_seconds>& at) {
  if (at) {
    add_int8(to_server_time(*at));
  } else {
    add_null();
  }
}

template <class Number>
void ArrayColumn::add_number(Number value) {
  char word[sizeof(Number)];
  write_number(word, value);
  append_length(bytes_, sizeof word);
  bytes_.append(word, sizeof word);
  ++count_;
}
template void ArrayColumn::add_number(std::int64_t);
template void ArrayColumn::add_number(std::int32_t);
template void ArrayColumn::add_number(std::int16_t);

Param ArrayColumn::param() {
  if (bytes_.size() < kHeaderBytes) clear();
  char* header = bytes_.data();
  write_number(header, std::int32_t{count_ == 0 ? 0 : 1});
  write_number(header + 4, std::int32_t{nulls_ ? 1 : 0});
  write_number(header + 8, static_cast<std::uint32_t>(element_));
  write_number(header + 12, count_);
  write_number(header + 16, std::int32_t{1});
  // An empty array has no dimensions, so its header ends after the type.
  return {bytes_.data(), count_ == 0 ? 12 : bytes_.size()};
}

Int8Param::Int8Param(std::int64_t value) {
  write_number(bytes_.data(), value);
}

}  // namespace mitr::postgres
