// Cutting phone numbers out of a message; see phone.h.
#include "nlu/slots/phone.h"

#include <optional>

#include "protocols/phone_number.h"

namespace mitr {
namespace {

// Of E.164: no number is longer, and none that people give is shorter.
constexpr std::size_t kDigitsMax = 15;
constexpr std::size_t kDigitsMin = 7;

bool parts_digits(const Token& token) {
  return token.is_mark('-') || token.is_mark('(') || token.is_mark(')') || token.is_mark('.');
}

/// The longest run from `at` that is a number.
std::optional<Found<Phone>> phone_at(const Tokens& t, std::size_t at, std::string_view region) {
  const bool plus = t[at].is_mark('+') || t[at].is_mark('(');
  if (!plus && !t[at].is_number()) return std::nullopt;
  std::size_t digits = 0;
  std::vector<std::size_t> ends;
  for (std::size_t next = at; next < t.size(); ++next) {
    if (t[next].is_number()) {
      digits += t[next].digits();
      if (digits > kDigitsMax) break;
      // "9876543210th" and "9876543210x": glued letters make it something else.
      const bool mixed = t[next + 1].is_word() && t[next + 1].glued;
      if (digits >= kDigitsMin && !mixed) ends.push_back(next + 1);
    } else if (!parts_digits(t[next]) && !(next == at && plus)) {
      break;
    }
  }
  for (; !ends.empty(); ends.pop_back()) {
    const TokenSpan span{at, ends.back()};
    if (auto e164 = e164_phone(t.quote(span), region)) {
      return found_at(t, span, Phone{*std::move(e164)});
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Found<Phone>> find_phones(const Tokens& tokens, const PhoneContext& context) {
  std::vector<Found<Phone>> all;
  for (std::size_t at = 0; at < tokens.size();) {
    const bool inside =
        at > 0 && tokens[at].glued && (tokens[at - 1].is_word() || tokens[at - 1].is_number());
    auto found = inside ? std::nullopt : phone_at(tokens, at, context.region);
    if (!found) {
      ++at;
      continue;
    }
    at = found->tokens.last;
    all.push_back(std::move(*found));
  }
  return all;
}

}  // namespace mitr
