// A reason or an item found inside a longer sentence: behind "because", as the last clause, or by
// word list. A free-text question takes the whole answer and never comes here.
#pragma once

#include <optional>
#include <vector>

#include "nlu/patterns/vocabulary.h"
#include "nlu/text/tokens.h"

namespace mitr {

/// How a text slot may be found in a sentence that says more; compiled from the pack.
struct TextSigns {
  PhraseList after;  ///< Markers: the text behind them is the value ("because", "due to").
  PhraseList words;  ///< Words that are a value themselves ("viral fever").
  bool last_clause = false;
  bool any() const { return !after.empty() || !words.empty() || last_clause; }
};

/// `ids` are the tokens' vocabulary ids; `taken` what other slots claimed; `triggered` what started
/// the flow.
std::optional<TokenSpan> find_text(const Tokens& tokens, const std::vector<WordId>& ids,
                                   const TextSigns& signs, const std::vector<TokenSpan>& taken,
                                   const std::vector<TokenSpan>& triggered);

}  // namespace mitr
