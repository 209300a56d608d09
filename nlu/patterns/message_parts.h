// Parts of a message that are said one after the other: "leave tomorrow, and the fees".
#pragma once

#include "nlu/text/tokens.h"

namespace mitr {

/// True for what stands between two parts.
bool joins(const Token& token);

/// The part of the message that holds the span, joints excluded.
TokenSpan part_around(const Tokens& tokens, TokenSpan span);

/// True if the part is one of two things said side by side: "and", "also" or a full stop stands
/// before or behind it. A comma alone may part a thing from its reason.
bool is_added(const Tokens& tokens, TokenSpan part);

}  // namespace mitr
