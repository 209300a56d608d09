// Parts of a message that are said one after the other: "leave tomorrow, and the fees".
#pragma once

#include "nlu/text/tokens.h"

namespace mitr {

/// True for what stands between two parts.
bool joins(const Token& token);

/// The part of the message that holds the span, joints excluded.
TokenSpan part_around(const Tokens& tokens, TokenSpan span);

}  // namespace mitr
