// simdjson's DOM with the three things Meta's bodies need: padding, mended surrogates, numbers as
// strings.
#include "protocols/whatsapp/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "protocols/limits.h"

namespace mitr::whatsapp {
namespace {

/// Value of the four hex digits at `at`, or nothing.
std::optional<unsigned> hex4(std::string_view body, std::size_t at) {
  if (at + 4 > body.size()) return std::nullopt;
  unsigned value = 0;
  auto [end, error] = std::from_chars(body.data() + at, body.data() + at + 4, value, 16);
  if (error != std::errc{} || end != body.data() + at + 4) return std::nullopt;
  return value;
}

/// The code unit of a \u escape at `at`, or nothing if there is no such escape.
std::optional<unsigned> escaped_unit(std::string_view body, std::size_t at) {
  if (at + 6 > body.size() || body[at] != '\\' || body[at + 1] != 'u') return std::nullopt;
  return hex4(body, at + 2);
}

bool is_high(unsigned unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low(unsigned unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

/// Where the next escape of half a surrogate pair stands, from `at` on; npos if there is none.
std::size_t find_lone_surrogate(std::string_view body, std::size_t at) {
  while (at < body.size()) {
    const void* found = std::memchr(body.data() + at, '\\', body.size() - at);
    if (found == nullptr) return std::string_view::npos;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - body.data());
    auto unit = escaped_unit(body, at);
    if (!unit) {
      at += 2;  // another escape, whose second character may be a backslash
    } else if (is_high(*unit)) {
      auto next = escaped_unit(body, at + 6);
      if (!next || !is_low(*next)) return at;
      at += 12;
    } else if (is_low(*unit)) {
      return at;
    } else {
      at += 6;
    }
  }
  return std::string_view::npos;
}

/// Replaces every lone surrogate by U+FFFD. A name cut in the middle of an emoji is such a one, and
/// would otherwise make the whole batch unreadable.
std::string mend_surrogates(std::string_view body, std::size_t first) {
  std::string mended(body);
  for (auto at = first; at != std::string::npos; at = find_lone_surrogate(mended, at + 6))
    mended.replace(at, 6, "\\ufffd");
  return mended;
}

simdjson::dom::parser& thread_parser() {
  static thread_local simdjson::dom::parser parser;
  return parser;
}

}  // namespace

JsonDocument::JsonDocument(std::string_view body) {
  if (body.empty()) return;
  if (body.size() > limits::kParserKeepBytes) own_ = std::make_unique<simdjson::dom::parser>();
  auto& parser = own_ ? *own_ : thread_parser();
  const auto lone = find_lone_surrogate(body, 0);
  std::string mended;
  if (lone != std::string_view::npos) body = mended = mend_surrogates(body, lone);
  Json root;
  // Copies into the parser's own buffer, which has the padding that simdjson reads past the end.
  if (parser.parse(body.data(), body.size()).get(root) == simdjson::SUCCESS && root.is_object())
    root_ = root;
}

std::optional<Json> member(const Json& object, std::string_view key) {
  simdjson::dom::object fields;
  Json value;
  if (object.get(fields) != simdjson::SUCCESS || fields.at_key(key).get(value) != simdjson::SUCCESS)
    return std::nullopt;
  return value;
}

std::string_view string_member(const Json& object, std::string_view key) {
  std::string_view text;
  auto value = member(object, key);
  if (!value || value->get(text) != simdjson::SUCCESS) return {};
  return text;
}

std::string id_member(const Json& object, std::string_view key) {
  auto value = member(object, key);
  if (!value) return {};
  std::string_view text;
  if (value->get(text) == simdjson::SUCCESS) return std::string(text);
  if (std::int64_t number = 0; value->get(number) == simdjson::SUCCESS)
    return std::to_string(number);
  if (std::uint64_t number = 0; value->get(number) == simdjson::SUCCESS)
    return std::to_string(number);
  return {};
}

std::optional<std::int64_t> integer_member(const Json& object, std::string_view key) {
  auto value = member(object, key);
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  if (value->get(number) == simdjson::SUCCESS) return number;
  std::string_view text;
  if (value->get(text) != simdjson::SUCCESS) return std::nullopt;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> millionths_member(const Json& object, std::string_view key) {
  constexpr double kWholeMax = 9e12;
  auto value = member(object, key);
  if (!value) return std::nullopt;
  double number = 0;
  std::string_view text;
  if (value->get(text) == simdjson::SUCCESS) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  } else if (value->get(number) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  // Not a number compares false with everything.
  if (!(number > -kWholeMax && number < kWholeMax)) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(number * 1e6));
}

std::optional<simdjson::dom::array> array_member(const Json& object, std::string_view key) {
  auto value = member(object, key);
  simdjson::dom::array items;
  if (!value || value->get(items) != simdjson::SUCCESS) return std::nullopt;
  return items;
}

std::string raw_json(const Json& value) {
  return simdjson::minify(value);
}

std::string kept_text(std::string_view text, std::size_t bytes_max) {
  std::string kept;
  if (text.find('\0') == std::string_view::npos) {
    kept.assign(text.substr(0, bytes_max + 1));
  } else {
    kept.reserve(std::min(text.size(), bytes_max + 1));
    for (char c : text) {
      if (kept.size() > bytes_max) break;
      if (c != '\0') kept += c;
    }
  }
  if (kept.size() > bytes_max) {
    auto end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(kept[end]) & 0xC0) == 0x80) --end;
    kept.resize(end);
  }
  return kept;
}

}  // namespace mitr::whatsapp
