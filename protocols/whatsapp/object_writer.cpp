// JSON as Meta writes it: what is not ASCII is escaped in UTF-16 units.
#include "protocols/whatsapp/object_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "protocols/whatsapp/utf8.h"

namespace mitr::whatsapp {
namespace {

void append_unit(std::string& out, unsigned unit) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(unit >> shift) & 15U];
}

void append_code_point(std::string& out, unsigned code) {
  if (code < 0x10000) return append_unit(out, code);
  const unsigned beyond = code - 0x10000;
  append_unit(out, 0xD800 + (beyond >> 10));
  append_unit(out, 0xDC00 + (beyond & 0x3FF));
}

/// A number as JSON writes one: no sign, no leading zero, no more than 64 bits hold.
bool is_number(std::string_view text) {
  constexpr std::size_t kSafeDigits = 19;
  return !text.empty() && text.size() <= kSafeDigits && (text[0] != '0' || text.size() == 1) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t seconds(std::chrono::sys_seconds at) {
  return at.time_since_epoch().count();
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  constexpr unsigned kReplacement = 0xFFFD;
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const auto bytes = character_bytes(text, at);
    if (bytes == 1 && c >= ' ' && c != '"' && c != '\\' && c != 0x7F) {
      out += c;
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      append_code_point(out, bytes == 0 ? kReplacement : code_point(text, at, bytes));
    }
    at += std::max<std::size_t>(bytes, 1);
  }
  out += '"';
}

bool ObjectWriter::begin(std::string_view key) {
  for (const auto& kept : rest_)
    if (kept.key.reveal() == key) return false;
  if (!first_) out_ += ',';
  first_ = false;
  append_json_string(out_, key);
  out_ += ':';
  return true;
}

void ObjectWriter::end() {
  strange_ += rest_.size();
  for (const auto& kept : rest_) {
    if (!first_) out_ += ',';
    first_ = false;
    append_json_string(out_, kept.key.reveal());
    out_ += ':';
    out_ += kept.json.reveal();
  }
  out_ += '}';
}

void ObjectWriter::text(std::string_view key, const std::string& value) {
  if (!value.empty() && begin(key)) append_json_string(out_, value);
}

void ObjectWriter::text(std::string_view key, const std::optional<Personal>& value) {
  if (value && begin(key)) append_json_string(out_, value->reveal());
}

void ObjectWriter::texts(std::string_view key, const std::vector<std::string>& values) {
  if (values.empty() || !begin(key)) return;
  char before = '[';
  for (const auto& value : values) {
    out_ += before;
    append_json_string(out_, value);
    before = ',';
  }
  out_ += ']';
}

void ObjectWriter::whole(std::string_view key, const std::optional<std::int64_t>& value) {
  if (value && begin(key)) out_ += std::to_string(*value);
}

void ObjectWriter::number_id(std::string_view key, const std::string& value) {
  if (!is_number(value)) return text(key, value);
  if (begin(key)) out_ += value;
}

void ObjectWriter::decimal(std::string_view key, const std::optional<double>& value) {
  if (!value || !begin(key)) return;
  std::array<char, 32> digits{};
  // The shortest that reads back as the same number.
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *value).ptr;
  out_.append(digits.data(), end);
}

void ObjectWriter::flag(std::string_view key, const std::optional<bool>& value) {
  if (value && begin(key)) out_ += *value ? "true" : "false";
}

void ObjectWriter::time(std::string_view key,
                        const std::optional<std::chrono::sys_seconds>& value) {
  if (value) text(key, std::to_string(seconds(*value)));
}

void ObjectWriter::number_time(std::string_view key,
                               const std::optional<std::chrono::sys_seconds>& value) {
  if (value && begin(key)) out_ += std::to_string(seconds(*value));
}

void ObjectWriter::json(std::string_view key, const Personal& value) {
  if (!value.empty() && begin(key)) out_ += value.reveal();
}

}  // namespace mitr::whatsapp
