// The canonical form of what is sent instead of said: a file or a place. What a slot of
// such a kind holds, and how it is shown.
#pragma once

#include <string>
#include <string_view>

#include "protocols/envelope.h"

namespace mitr {

/// "image:1234567890": the kind, and the provider's id of the file.
std::string attachment_value(const Attachment& attachment);
/// True for what `attachment_value` answers.
bool is_attachment_value(std::string_view value);
/// "image".
std::string_view attachment_word(std::string_view value);
std::string_view word_for(AttachmentKind kind);

/// "12.971599,77.594566": degrees north and east.
std::string location_value(const Location& location);
bool is_location_value(std::string_view value);
/// What the place is called: its name, else its address, else nothing.
std::string location_words(const Location& location);

}  // namespace mitr
