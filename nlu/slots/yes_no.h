// Whole-message moves: yes, no, cancel, greeting, thanks, in English and everyday Hindi.
#pragma once

#include "nlu/text/tokens.h"
#include "nlu/understanding.h"

namespace mitr {

/// The move a message makes as a whole. "no, class is 6A" is a no; "no fever today" in a reason is
/// for the caller to ignore, since free text is never mined.
Move move_of(const Tokens& tokens);

}  // namespace mitr
