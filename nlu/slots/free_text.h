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
  PhraseList whole_unless;  ///< Not empty: a message that says more than these is the value.
  bool any() const {
    return !after.empty() || !words.empty() || last_clause || !whole_unless.empty();
  }
};

/// What of the message is spoken for.
struct TextClaims {
  std::vector<TokenSpan> taken;      ///< What other slots claimed.
  std::vector<TokenSpan> triggered;  ///< What started the flow.
  std::vector<TokenSpan> elsewhere;  ///< What asks for other flows.
};

/// `ids` are the tokens' vocabulary ids.
std::optional<TokenSpan> find_text(const Tokens& tokens, const std::vector<WordId>& ids,
                                   const TextSigns& signs, const TextClaims& claims);

}  // namespace mitr
