// What every recogniser answers: typed values with their place in the words.
//
// The shape, kept by all of nlu/slots so that wiring one is like wiring another:
//
//   std::vector<Found<T>> find_things(const Tokens& tokens, const ThingContext& context);
//
// - The answers stand in the order of the words and do not overlap. None found: empty.
// - `value` is the best reading; `others` are further readings of the same words, best first, and
//   empty where the words (with the context) allow only one. Whoever gets several asks.
// - A context is plain values with defaults that suit a sentence nobody asked for; `asked` says
//   that this kind of thing is what we asked, so that loose forms ("5" alone) count.
// - Pure, deterministic, no failure: foreign bytes give tokens, and tokens give answers or none.
// - Different recognisers may claim the same words ("5" is a number, an hour, a day). Who wires
// them
//   decides by what was asked, and gives words away once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "nlu/text/tokens.h"

namespace mitr {

/// Bytes [begin, end) of the text the tokens were made from.
struct ByteSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const ByteSpan&) const = default;
};

template <class T>
struct Found {
  T value{};
  TokenSpan tokens;
  ByteSpan bytes;
  std::vector<T> others;

  bool ambiguous() const { return !others.empty(); }
};

/// The bytes of a span; {0, 0} for an empty one.
inline ByteSpan bytes_of(const Tokens& tokens, TokenSpan span) {
  if (span.empty() || span.last > tokens.size()) return {};
  return {tokens[span.first].begin, tokens[span.last - 1].end};
}

template <class T>
Found<T> found_at(const Tokens& tokens, TokenSpan span, T value, std::vector<T> others = {}) {
  return {std::move(value), span, bytes_of(tokens, span), std::move(others)};
}

}  // namespace mitr
