// Reading moves; see yes_no.h.
#include "nlu/slots/yes_no.h"

namespace mitr {
namespace {

/// Two-word forms of cancelling that no single word of gives away.
bool cancel_phrase(const Tokens& t, std::size_t at) {
  return (t[at].is("never") && t[at + 1].is("mind")) ||
         (t[at].is("forget") && t[at + 1].is("it")) || (t[at].is("leave") && t[at + 1].is("it")) ||
         (t[at].is("rehne") && t[at + 1].is("do"));
}

/// Counts of what the words are; `other` are words that belong to no move.
struct Tally {
  std::size_t words = 0;
  std::size_t cancel = 0;
  std::size_t greet = 0;
  std::size_t thanks = 0;
  std::size_t other = 0;
};

Tally tally(const Tokens& t) {
  Tally count;
  for (std::size_t at = 0; at < t.size(); ++at) {
    const Token& token = t[at];
    if (token.kind == TokenKind::kMark) continue;
    ++count.words;
    if (cancel_phrase(t, at)) {
      ++count.cancel;
      ++at;
    } else if (token.is(kIsCancel)) {
      ++count.cancel;
    } else if (token.is(kIsThanks)) {
      ++count.thanks;
    } else if (token.is(kIsGreet)) {
      ++count.greet;
    } else if (!token.is(kIsFiller) && !token.is(kIsNo) && !token.is(kIsYes) &&
               !token.is("leave") && !token.is("order") && !token.is("appointment")) {
      ++count.other;
    }
  }
  return count;
}

}  // namespace

Move move_of(const Tokens& tokens) {
  const Tally count = tally(tokens);
  if (count.words == 0) return Move::kNone;
  const bool pure = count.other == 0;
  // "don't cancel" is not cancelling: a "no" in front keeps it from counting.
  if (pure && count.cancel > 0) {
    const bool negated = tokens[0].is("dont") || (tokens[0].is("do") && tokens[1].is("not"));
    return negated ? Move::kNone : Move::kCancel;
  }
  std::size_t first = 0;
  while (first < tokens.size() && tokens[first].kind == TokenKind::kMark) ++first;
  for (const Found<YesNo>& found : find_yes_no(tokens, {.whole = true})) {
    if (found.value == YesNo::kUnclear) return Move::kNone;
    return found.value == YesNo::kYes ? Move::kYes : Move::kNo;
  }
  // "morning" and "evening" greet only after "good".
  const bool greets = !tokens[first].is("morning") && !tokens[first].is("evening") &&
                      !tokens[first].is("afternoon");
  if (pure && count.greet > 0 && greets) return Move::kGreet;
  if (pure && count.thanks > 0) return Move::kThanks;
  // A leading "no" or "yes" with more behind it: the rest is a correction or an addition. The mark
  // keeps "no school on friday" out.
  const Token& behind = tokens[first + 1];
  const bool led = behind.is_mark(',') || behind.is_mark('.') || behind.is_mark('!') ||
                   behind.is_mark('-') || behind.is("the") || behind.is("its") ||
                   behind.is("but") || behind.is(kIsClassWord) || behind.is("change");
  if (led && (tokens[first].is("no") || tokens[first].is("nahi"))) return Move::kNo;
  if (led && tokens[first].is("yes")) return Move::kYes;
  return Move::kNone;
}

}  // namespace mitr
