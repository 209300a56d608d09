// Classes as schools write them: "5B", "5 b", "class 5-B", "V B", "LKG". Canonical: "5B", "12D",
// "LKG A".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "nlu/text/tokens.h"

namespace mitr {

struct ClassMatch {
  TokenSpan span;     ///< With "class", "grade" before it.
  TokenSpan typed;    ///< The class itself.
  std::string value;  ///< Without a section where none was written ("5").
};

/// `asked`: a class is what we asked for, so that loose forms ("5 a", "V B", "5") count.
std::optional<ClassMatch> find_class(const Tokens& tokens, bool asked);
/// True if the canonical class names its section, or is one that has none (LKG).
bool has_section(std::string_view value);

}  // namespace mitr
