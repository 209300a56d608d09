// Finding a text slot in a sentence; see free_text.h.
#include "nlu/slots/free_text.h"

#include <algorithm>

namespace mitr {
namespace {

bool overlaps(const std::vector<TokenSpan>& spans, TokenSpan span) {
  return std::any_of(spans.begin(), spans.end(), [span](const TokenSpan& other) {
    return other.first < span.last && span.first < other.last;
  });
}

bool inside(const std::vector<TokenSpan>& spans, std::size_t at) {
  return overlaps(spans, {at, at + 1});
}

/// A mark that ends a clause: a dash only with space around it.
bool ends_clause(const Tokens& t, std::size_t at) {
  if (t[at].kind != TokenKind::kMark) return false;
  switch (t[at].mark) {
    case ',':
    case '.':
    case ';':
    case '!':
    case '?':
      return true;
    case '-':
      return !t[at].glued;
    default:
      return false;
  }
}

bool says_something(const Token& token) {
  return token.is_word() && !token.is(kIsFiller) && !token.is(kIsThanks) && !token.is(kIsGreet) &&
         !token.is(kIsDateLead) && !token.is("approve") && !token.is("grant") &&
         !token.is("regards") && !token.is("allow");
}

/// Drops marks, connectors and politeness at both ends; empty if nothing is said.
TokenSpan stripped(const Tokens& t, TokenSpan span) {
  const auto loose_end = [](const Token& token) {
    return token.kind == TokenKind::kMark || token.is(kIsAnd) || token.is("so");
  };
  while (!span.empty() && loose_end(t[span.first])) ++span.first;
  while (!span.empty() && (loose_end(t[span.last - 1]) || t[span.last - 1].is("please") ||
                           t[span.last - 1].is(kIsThanks))) {
    --span.last;
  }
  for (std::size_t at = span.first; at < span.last; ++at) {
    if (says_something(t[at])) return span;
  }
  return {};
}

/// Behind the last marker, up to what another slot has claimed or the end of the sentence.
std::optional<TokenSpan> behind_marker(const Tokens& t, const std::vector<WordId>& ids,
                                       const PhraseList& after,
                                       const std::vector<TokenSpan>& taken) {
  std::optional<TokenSpan> found;
  for (std::size_t at = 0; at < t.size(); ++at) {
    const std::size_t length = after.match(ids, at);
    if (length == 0) continue;
    std::size_t first = at + length;
    while (first < t.size() && (inside(taken, first) || t[first].is("of") || t[first].is("some") ||
                                t[first].is_mark(':'))) {
      ++first;
    }
    std::size_t last = first;
    while (last < t.size() && !inside(taken, last)) {
      const bool stop = ends_clause(t, last) && !t[last].is_mark(',');
      if (stop && !(t[last].is_mark('.') && t[last + 1].glued)) break;
      ++last;
    }
    if (const TokenSpan span = stripped(t, {first, last}); !span.empty()) found = span;
    at += length - 1;
  }
  return found;
}

/// The last clause, if it is not the first, says something and is nobody else's.
std::optional<TokenSpan> trailing_clause(const Tokens& t, const std::vector<TokenSpan>& taken,
                                         const std::vector<TokenSpan>& triggered) {
  std::size_t last = t.size();
  while (last > 0) {
    while (last > 0 && ends_clause(t, last - 1)) {
      if (t[last - 1].is_mark('?')) return std::nullopt;
      --last;
    }
    std::size_t first = last;
    while (first > 0 && !ends_clause(t, first - 1)) --first;
    if (first == 0) return std::nullopt;
    const TokenSpan clause = stripped(t, {first, last});
    if (clause.empty()) {  // "…, fever. Thank you": look before the politeness.
      last = first - 1;
      continue;
    }
    const bool speaks_of_writer = (t[clause.first].is("i") && t[clause.first + 1].is("am")) ||
                                  t[clause.first].is("im") || t[clause.first].is("this") ||
                                  (t[clause.first].is("my") && t[clause.first + 1].is("name"));
    if (overlaps(taken, clause) || overlaps(triggered, clause) || speaks_of_writer) {
      return std::nullopt;
    }
    return clause;
  }
  return std::nullopt;
}

/// Words of the list wherever they stand, joined over "and": "cold and fever".
std::optional<TokenSpan> by_words(const Tokens& t, const std::vector<WordId>& ids,
                                  const PhraseList& words) {
  for (std::size_t at = 0; at < t.size(); ++at) {
    const std::size_t length = words.match(ids, at);
    if (length == 0) continue;
    TokenSpan span{at, at + length};
    for (;;) {
      std::size_t next = span.last;
      if (t[next].is(kIsAnd) || t[next].is_mark('&') || t[next].is_mark(',') ||
          t[next].is("with")) {
        ++next;
      }
      const std::size_t more = words.match(ids, next);
      if (more == 0) break;
      span.last = next + more;
    }
    return span;
  }
  return std::nullopt;
}

/// The longest stretch that asks for no other flow, if it says more than `bare`.
std::optional<TokenSpan> whole_message(const Tokens& t, const std::vector<WordId>& ids,
                                       const PhraseList& bare,
                                       const std::vector<TokenSpan>& elsewhere) {
  constexpr int kWordsMin = 2;  // "Bus late" is a story; "complaint, bus" is a heading.
  TokenSpan longest;
  for (std::size_t at = 0; at < t.size(); ++at) {
    const std::size_t first = at;
    while (at < t.size() && !inside(elsewhere, at)) ++at;
    if (at - first > longest.last - longest.first) longest = {first, at};
  }
  const TokenSpan span = stripped(t, longest);
  int words = 0;
  for (std::size_t at = span.first; at < span.last; ++at) {
    if (const std::size_t length = bare.match(ids, at); length > 0) {
      at += length - 1;
    } else if (says_something(t[at])) {
      ++words;
    }
  }
  if (words < kWordsMin) return std::nullopt;
  return span;
}

}  // namespace

std::optional<TokenSpan> find_text(const Tokens& tokens, const std::vector<WordId>& ids,
                                   const TextSigns& signs, const TextClaims& claims) {
  if (!signs.after.empty()) {
    if (auto found = behind_marker(tokens, ids, signs.after, claims.taken)) return found;
  }
  if (signs.last_clause) {
    if (auto found = trailing_clause(tokens, claims.taken, claims.triggered)) return found;
  }
  if (!signs.words.empty()) {
    if (auto found = by_words(tokens, ids, signs.words)) return found;
  }
  if (signs.whole_unless.empty()) return std::nullopt;
  return whole_message(tokens, ids, signs.whole_unless, claims.elsewhere);
}

}  // namespace mitr
