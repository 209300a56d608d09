#include "nlu/patterns/message_parts.h"

namespace mitr {

bool joins(const Token& token) {
  return token.is(kIsAnd) || token.is("also") || token.is("plus") || token.is("but") ||
         token.is("then") || token.is("bhi") || token.is_mark(',') || token.is_mark('.') ||
         token.is_mark(';') || token.is_mark('?') || token.is_mark('!');
}

TokenSpan part_around(const Tokens& tokens, TokenSpan span) {
  while (span.first > 0 && !joins(tokens[span.first - 1])) --span.first;
  while (span.last < tokens.size() && !joins(tokens[span.last])) ++span.last;
  return span;
}

bool is_added(const Tokens& tokens, TokenSpan part) {
  const auto adds = [](const Token& token) {
    return token.is(kIsAnd) || token.is("also") || token.is("plus") || token.is_mark('.');
  };
  for (std::size_t at = part.first; at > 0 && joins(tokens[at - 1]); --at) {
    if (adds(tokens[at - 1])) return true;
  }
  for (std::size_t at = part.last; at < tokens.size() && joins(tokens[at]); ++at) {
    if (adds(tokens[at])) return true;
  }
  return false;
}

}  // namespace mitr
