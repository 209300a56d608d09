// What each of Meta's error codes means for the message that got it. Private to this folder.
#pragma once

#include <optional>

#include "protocols/whatsapp/send.h"

namespace mitr::whatsapp {

/// Nothing for a code that this version does not know.
std::optional<SendVerdict> verdict_of_code(int code);

}  // namespace mitr::whatsapp
