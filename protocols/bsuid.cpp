#include "protocols/bsuid.h"

#include <algorithm>
#include <cstddef>

namespace mitr {
namespace {

constexpr std::string_view kParent = "ENT.";

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_letter_or_digit(char c) {
  return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_opaque_part(std::string_view text) {
  constexpr std::size_t kCharactersMax = 128;
  return !text.empty() && text.size() <= kCharactersMax &&
         std::all_of(text.begin(), text.end(), is_letter_or_digit);
}

/// What follows the country, or nothing.
std::string_view after_country(std::string_view text) {
  const bool country =
      text.size() > 3 && is_capital(text[0]) && is_capital(text[1]) && text[2] == '.';
  return country ? text.substr(3) : std::string_view{};
}

}  // namespace

bool is_bsuid(std::string_view text) {
  return is_opaque_part(after_country(text)) || is_parent_bsuid(text);
}

bool is_parent_bsuid(std::string_view text) {
  const auto rest = after_country(text);
  return rest.starts_with(kParent) && is_opaque_part(rest.substr(kParent.size()));
}

}  // namespace mitr
