#include "protocols/ids.h"

#include <charconv>

namespace mitr {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

template <class Number>
bool parse_number(std::string_view text, Number& out) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

constexpr std::size_t kUuidChars = 36;

}  // namespace

std::string uuid_text(const std::array<std::uint8_t, 16>& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(kUuidChars);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

std::optional<std::array<std::uint8_t, 16>> parse_uuid(std::string_view text) {
  if (text.size() != kUuidChars) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) {
      if (text[at++] != '-') return std::nullopt;
    }
    int high = hex_digit(text[at++]);
    int low = hex_digit(text[at++]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return bytes;
}

std::string to_string(const OutboxRef& ref) {
  return to_string(ref.contact) + '.' + std::to_string(ref.seq) + '.' + std::to_string(ref.ord);
}

std::optional<OutboxRef> parse_outbox_ref(std::string_view text) {
  if (text.size() < kUuidChars + 4 || text[kUuidChars] != '.') return std::nullopt;
  auto contact = parse_id<ContactId>(text.substr(0, kUuidChars));
  auto rest = text.substr(kUuidChars + 1);
  auto dot = rest.find('.');
  if (!contact || dot == std::string_view::npos) return std::nullopt;
  OutboxRef ref{*contact};
  if (!parse_number(rest.substr(0, dot), ref.seq) || !parse_number(rest.substr(dot + 1), ref.ord))
    return std::nullopt;
  return ref;
}

}  // namespace mitr
