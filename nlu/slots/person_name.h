// A person's name, answered ("her name is Aisha Khan") or mentioned in passing ("Aisha of 5B is
// absent"). Names have no dictionary here: position and the words around decide.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/text/tokens.h"

namespace mitr {

/// The name in an answer to "what is the name", from token `from` on, without lead-ins and whatever
/// follows. `taken` are spans other slots have claimed (a class, a date).
std::optional<TokenSpan> answered_name(const Tokens& tokens, const std::vector<TokenSpan>& taken,
                                       std::size_t from = 0);
/// A name mentioned in a free sentence; needs capitals, since any word might be one otherwise.
std::optional<TokenSpan> mentioned_name(const Tokens& tokens, const std::vector<TokenSpan>& taken);
/// Where the run of capitals ends that a name stands in, from its first token on; no further than
/// what is taken. `first + 1` where there are none.
std::size_t capitals_end(const Tokens& tokens, std::size_t first,
                         const std::vector<TokenSpan>& taken);
/// Canonical: one line; a name typed all in lower case gets its capitals.
std::string name_value(std::string_view typed);

}  // namespace mitr
