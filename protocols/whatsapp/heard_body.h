// What a conversation hears of a message. Private to this folder.
#pragma once

#include <string>

#include "protocols/envelope.h"
#include "protocols/whatsapp/content.h"

namespace mitr::whatsapp {

struct HeardBody {
  MessageBody body;
  bool whole = true;  ///< False: the message holds more than is heard, and is filed beside it.
};

/// Every type has a body: what cannot be read, or needs no reply, is Unreadable. Texts are without
/// U+0000 and cut to their bounds.
HeardBody heard_body(const std::string& type, const Content& content);

/// The words of somebody of the business; empty for whatever is no text and has no caption.
HeardBody heard_echo(const Content& content);

}  // namespace mitr::whatsapp
