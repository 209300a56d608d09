// Looking left and right; see surroundings.h.
#include "nlu/slots/surroundings.h"

#include <algorithm>

namespace mitr {
namespace {

constexpr std::size_t kNumberDigitsMax = 9;
constexpr std::size_t kPhoneGroupDigits = 5;

bool chains(const Token& mark) {
  return mark.is_mark('/') || mark.is_mark('-') || mark.is_mark(':') || mark.is_mark('.') ||
         mark.is_mark('@') || mark.is_mark('_');
}

bool solid(const Token& token) {
  return token.is_number() || token.is_word();
}

}  // namespace

const Token& token_before(const Tokens& tokens, std::size_t at) {
  return at > 0 ? tokens[at - 1] : tokens[tokens.size()];
}

bool in_chain(const Tokens& tokens, TokenSpan span) {
  const std::size_t at = span.first;
  const bool before = at > 1 && tokens[at].glued && chains(tokens[at - 1]) &&
                      tokens[at - 1].glued && solid(tokens[at - 2]) &&
                      !is_money_word(tokens[at - 2].sense.meaning);
  const Token& mark = tokens[span.last];
  const Token& next = tokens[span.last + 1];
  // A stop at the end of a sentence may lack its space; a stop before digits does not end one.
  const bool behind = chains(mark) && mark.glued && next.glued && solid(next) &&
                      !(mark.is_mark('.') && next.is_word());
  return before || behind;
}

bool in_mixture(const Tokens& tokens, TokenSpan span) {
  const Token& before = token_before(tokens, span.first);
  if (tokens[span.first].is_number() && tokens[span.first].glued && before.is_word() &&
      !is_money_word(before.sense.meaning)) {
    return true;
  }
  const Token& behind = tokens[span.last];
  return behind.is_word() && behind.glued && !is_counted(behind.sense.meaning) && !behind.is("x") &&
         tokens[span.last - 1].is_number();
}

bool looks_like_id(const Tokens& tokens, std::size_t at) {
  const Token& token = tokens[at];
  if (!token.is_number()) return false;
  if (token.digits() > kNumberDigitsMax) return true;
  const bool decimal = tokens[at + 1].is_mark('.') && tokens[at + 1].glued;
  if (token.digits() > 1 && token.norm[0] == '0' && !decimal) return true;
  const Token& before = token_before(tokens, at);
  if (before.is_mark('#') || (before.is_mark('+') && token.glued)) return true;
  const auto group = [](const Token& other) {
    return other.is_number() && other.digits() >= kPhoneGroupDigits;
  };
  return token.digits() >= kPhoneGroupDigits && (group(before) || group(tokens[at + 1]));
}

}  // namespace mitr
