// A cereal archive for the journal: portable, and a third of the size of cereal's own (lengths and
// integers are varints). Reading is bounded by the bytes given: a length can never ask for more
// than is left.
#pragma once

#include <cereal/cereal.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace mitr {

class JournalOutput : public cereal::OutputArchive<JournalOutput, cereal::AllowEmptyClassElision> {
 public:
  JournalOutput(std::string& out, int format) : OutputArchive(this), out_(out), format_(format) {}

  /// Of the bytes written; fields younger than it are left out.
  int format() const { return format_; }

  void saveBinary(const void* data, std::size_t size) {  // cereal's name
    out_.append(static_cast<const char*>(data), size);
  }
  void put_varint(std::uint64_t value) {
    while (value >= 0x80) {
      out_.push_back(static_cast<char>((value & 0x7F) | 0x80));
      value >>= 7;
    }
    out_.push_back(static_cast<char>(value));
  }

 private:
  std::string& out_;
  int format_;
};

class JournalInput : public cereal::InputArchive<JournalInput, cereal::AllowEmptyClassElision> {
 public:
  JournalInput(std::string_view bytes, int format)
      : InputArchive(this), bytes_(bytes), format_(format) {}

  int format() const { return format_; }

  void loadBinary(void* data, std::size_t size) {  // cereal's name
    if (size > bytes_.size()) throw cereal::Exception("truncated");
    if (size > 0) std::memcpy(data, bytes_.data(), size);
    bytes_.remove_prefix(size);
  }
  std::uint64_t get_varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) throw cereal::Exception("truncated");
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    throw cereal::Exception("varint too long");
  }
  std::size_t left() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
  int format_;
};

// -- the functions cereal looks for (its names) ----

template <class T>
using JournalInteger = std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>, int>;

template <class T, JournalInteger<T> = 0>
void CEREAL_SAVE_FUNCTION_NAME(JournalOutput& ar, const T& value) {
  if constexpr (std::is_signed_v<T>) {
    const auto wide = static_cast<std::int64_t>(value);
    // Zigzag: small negative numbers stay small.
    ar.put_varint((static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63));
  } else {
    ar.put_varint(static_cast<std::uint64_t>(value));
  }
}
template <class T, JournalInteger<T> = 0>
void CEREAL_LOAD_FUNCTION_NAME(JournalInput& ar, T& value) {
  const std::uint64_t raw = ar.get_varint();
  if constexpr (std::is_signed_v<T>) {
    const auto wide = static_cast<std::int64_t>((raw >> 1) ^ (~(raw & 1) + 1));
    value = static_cast<T>(wide);
    if (static_cast<std::int64_t>(value) != wide) throw cereal::Exception("integer out of range");
  } else {
    value = static_cast<T>(raw);
    if (static_cast<std::uint64_t>(value) != raw) throw cereal::Exception("integer out of range");
  }
}
inline void CEREAL_SAVE_FUNCTION_NAME(JournalOutput& ar, const bool& value) {
  ar.put_varint(value ? 1 : 0);
}
inline void CEREAL_LOAD_FUNCTION_NAME(JournalInput& ar, bool& value) {
  const std::uint64_t raw = ar.get_varint();
  if (raw > 1) throw cereal::Exception("not a bool");
  value = raw == 1;
}
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(JournalOutput& ar, const cereal::SizeTag<T>& tag) {
  ar.put_varint(static_cast<std::uint64_t>(tag.size));
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(JournalInput& ar, cereal::SizeTag<T>& tag) {
  const std::uint64_t size = ar.get_varint();
  // Every element takes a byte or more, so a longer list than what is left is a lie.
  if (size > ar.left()) throw cereal::Exception("length beyond the end");
  tag.size = static_cast<std::remove_reference_t<T>>(size);
}
template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(JournalOutput& ar, cereal::NameValuePair<T>& pair) {
  ar(pair.value);
}
template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(JournalInput& ar, cereal::NameValuePair<T>& pair) {
  ar(pair.value);
}
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(JournalOutput& ar, const cereal::BinaryData<T>& data) {
  ar.saveBinary(data.data, static_cast<std::size_t>(data.size));
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(JournalInput& ar, cereal::BinaryData<T>& data) {
  ar.loadBinary(data.data, static_cast<std::size_t>(data.size));
}

}  // namespace mitr

CEREAL_REGISTER_ARCHIVE(mitr::JournalOutput)
CEREAL_REGISTER_ARCHIVE(mitr::JournalInput)
CEREAL_SETUP_ARCHIVE_TRAITS(mitr::JournalInput, mitr::JournalOutput)
