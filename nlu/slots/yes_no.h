// Yes, no and unclear in English and Hindi, both scripts; and the moves a whole message makes (yes,
// no, cancel, greeting, thanks).
#pragma once

#include <vector>

#include "nlu/slots/found.h"
#include "nlu/understanding.h"

namespace mitr {

enum class YesNo : std::uint8_t { kUnclear = 0, kYes, kNo };

struct YesNoContext {
  /// A yes or no is what we asked for: "no fever" is a no, "i think yes" a yes.
  bool asked = false;
  bool whole = false;  ///< Only what the whole message says; leading words are no answer.
};

/// At most one answer. Unclear is an answer too: "maybe", "not sure", "yes no", "ok?". "no, class
/// is 6A" is a no whose span is its leading words.
std::vector<Found<YesNo>> find_yes_no(const Tokens& tokens, const YesNoContext& context);

/// The move a message makes as a whole. "no, class is 6A" is a no; "no fever today" in a reason is
/// for the caller to ignore, since free text is never mined.
Move move_of(const Tokens& tokens);

}  // namespace mitr
