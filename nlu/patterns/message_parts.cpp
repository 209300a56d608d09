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

}  // namespace mitr
