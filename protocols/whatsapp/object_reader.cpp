// What counts as Meta's usual form of each kind of member.
#include "protocols/whatsapp/object_reader.h"

#include <charconv>
#include <unordered_set>

namespace mitr::whatsapp {
namespace {

/// Beyond it a calendar of four-digit years ends.
constexpr std::int64_t kYear10000 = 253'402'300'800;

std::optional<std::string_view> string_of(const Json& value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

std::optional<std::int64_t> whole_of(const Json& value) {
  std::int64_t number = 0;
  if (value.get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

std::optional<std::int64_t> whole_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::chrono::sys_seconds> moment(const std::optional<std::int64_t>& seconds) {
  if (!seconds || *seconds < 0 || *seconds >= kYear10000) return std::nullopt;
  return std::chrono::sys_seconds{std::chrono::seconds{*seconds}};
}

/// The digits of a number that is written as one.
std::string digits_of(const Json& value) {
  if (const auto number = whole_of(value)) return std::to_string(*number);
  std::uint64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return std::to_string(number);
  return {};
}

std::string without_nul(std::string_view text) {
  std::string kept(text);
  std::erase(kept, '\0');
  return kept;
}

}  // namespace

std::optional<ObjectReader::Found> ObjectReader::find(std::string_view key) const {
  std::size_t place = 0;
  for (auto at = object_.begin(); at != object_.end(); ++at, ++place)
    if (!taken(place) && at.key() == key) return Found{place, at.value()};
  return std::nullopt;
}

void ObjectReader::leave(Rest& rest) const {
  std::size_t place = 0;
  std::size_t left = 0;
  for (auto at = object_.begin(); at != object_.end(); ++at, ++place) left += taken(place) ? 0 : 1;
  if (left == 0) return;
  // A name that stands twice means its first: written back it would stand once.
  std::unordered_set<std::string_view> names;
  place = 0;
  for (auto at = object_.begin(); at != object_.end(); ++at, ++place)
    if (taken(place)) names.insert(at.key());
  place = 0;
  for (auto at = object_.begin(); at != object_.end(); ++at, ++place)
    if (!taken(place) && names.insert(at.key()).second)
      rest.push_back({Personal(at.key()), Personal(raw_json(at.value()))});
}

void ObjectReader::text(std::string_view key, std::string& out) {
  const auto found = find(key);
  const auto text = found ? string_of(found->value) : std::nullopt;
  if (!text) return;
  out = without_nul(*text);
  if (!out.empty() && out.size() == text->size()) take(*found);
}

void ObjectReader::id(std::string_view key, std::string& out) {
  const auto found = find(key);
  if (!found) return;
  const auto text = string_of(found->value);
  out = text ? std::string(*text) : digits_of(found->value);
  if (text && !out.empty()) take(*found);
}

void ObjectReader::text(std::string_view key, std::optional<Personal>& out) {
  const auto found = find(key);
  const auto text = found ? string_of(found->value) : std::nullopt;
  if (!text) return;
  out = Personal(without_nul(*text));
  if (out->size_bytes() == text->size()) take(*found);
}

void ObjectReader::texts(std::string_view key, std::vector<std::string>& out) {
  simdjson::dom::array list;
  const auto found = find(key);
  if (!found || found->value.get(list) != simdjson::SUCCESS) return;
  bool usual = true;
  for (const Json item : list) {
    const auto text = string_of(item);
    usual = usual && text && text->find('\0') == std::string_view::npos;
    if (text) out.push_back(without_nul(*text));
  }
  if (usual && !out.empty()) take(*found);
}

void ObjectReader::whole(std::string_view key, std::optional<std::int64_t>& out) {
  const auto found = find(key);
  if (!found) return;
  out = whole_of(found->value);
  if (out) return take(*found);
  if (const auto text = string_of(found->value)) out = whole_in(*text);
}

void ObjectReader::number_id(std::string_view key, std::string& out) {
  const auto found = find(key);
  if (!found) return;
  out = digits_of(found->value);
  // No more digits than any number of 64 bits without a sign may have.
  constexpr std::size_t kSafeDigits = 19;
  if (!out.empty() && out[0] != '-' && out.size() <= kSafeDigits) return take(*found);
  if (const auto text = string_of(found->value)) out = without_nul(*text);
}

void ObjectReader::decimal(std::string_view key, std::optional<double>& out) {
  const auto found = find(key);
  if (!found) return;
  if (const auto whole = whole_of(found->value)) {
    // Beyond 2^53 a double is another number: those stay in the rest.
    out = static_cast<double>(*whole);
    constexpr std::int64_t kExact = std::int64_t{1} << 53;
    if (*whole > -kExact && *whole < kExact) take(*found);
    return;
  }
  double number = 0;
  if (found->value.get(number) == simdjson::SUCCESS) {
    out = number == 0 ? 0 : number;  // Not the zero with a sign.
    if (!found->value.is<std::uint64_t>()) take(*found);
    return;
  }
  const auto text = string_of(found->value);
  if (!text) return;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  // "inf" and "nan" are numbers to from_chars, and to nobody else.
  const bool finite = number - number == 0;
  if (error == std::errc{} && end == text->data() + text->size() && finite) out = number;
}

void ObjectReader::flag(std::string_view key, std::optional<bool>& out) {
  bool flag = false;
  const auto found = find(key);
  if (!found || found->value.get(flag) != simdjson::SUCCESS) return;
  out = flag;
  take(*found);
}

void ObjectReader::time(std::string_view key, std::optional<std::chrono::sys_seconds>& out) {
  const auto found = find(key);
  if (!found) return;
  const auto text = string_of(found->value);
  out = moment(text ? whole_in(*text) : whole_of(found->value));
  if (out && text && *text == std::to_string(out->time_since_epoch().count())) take(*found);
}

void ObjectReader::number_time(std::string_view key, std::optional<std::chrono::sys_seconds>& out) {
  const auto found = find(key);
  if (!found) return;
  const auto number = whole_of(found->value);
  const auto text = string_of(found->value);
  out = moment(text ? whole_in(*text) : number);
  if (out && number) take(*found);
}

void ObjectReader::json(std::string_view key, Personal& out) {
  const auto found = find(key);
  if (!found) return;
  out = Personal(raw_json(found->value));
  take(*found);
}

}  // namespace mitr::whatsapp
