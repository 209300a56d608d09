// Lenient reading of Meta's JSON: a missing member, or one of another type, reads as empty.
// Private to this folder: no other room sees simdjson.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace mitr::whatsapp {

using Json = simdjson::dom::element;

/// A parsed body. Borrows the thread's parser: at most one is alive per thread.
class JsonDocument {
 public:
  explicit JsonDocument(std::string_view body);
  /// The root if it is an object, else nothing. Valid while the document lives.
  const std::optional<Json>& root() const { return root_; }

 private:
  std::unique_ptr<simdjson::dom::parser> own_;  ///< Only for bodies too large to keep memory for.
  std::optional<Json> root_;
};

std::optional<Json> member(const Json& object, std::string_view key);
/// A string member; empty when missing or not a string. Borrows from the document.
std::string_view string_member(const Json& object, std::string_view key);
/// An id: a string as it is, or an integer in decimal, since Meta writes both.
std::string id_member(const Json& object, std::string_view key);
/// An integer, also one written as a string.
std::optional<std::int64_t> integer_member(const Json& object, std::string_view key);
/// A decimal number in millionths, rounded; also one written as a string. Nothing beyond what a
/// 64-bit count of millionths holds.
std::optional<std::int64_t> millionths_member(const Json& object, std::string_view key);
std::optional<simdjson::dom::array> array_member(const Json& object, std::string_view key);
/// The value as JSON again, without white space.
std::string raw_json(const Json& value);

/// `text` without U+0000, which neither PostgreSQL nor C strings hold, cut to `bytes_max` at a
/// character.
std::string kept_text(std::string_view text, std::size_t bytes_max);

}  // namespace mitr::whatsapp
