// A file as a message names it: image, video, document, audio, voice note or sticker. Its bytes
// stay with Meta until somebody fetches them.
#pragma once

#include <optional>
#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct Media {
  Personal id;  ///< Valid for 7 days.
  std::string mime_type;
  std::string sha256;  ///< Base64.
  Personal url;        ///< Valid for 5 minutes, and only with the token.
  Personal caption;
  Personal filename;             ///< Of documents.
  std::optional<bool> voice;     ///< Of audio: spoken into the chat.
  std::optional<bool> animated;  ///< Of stickers.
  Rest rest;
  bool operator==(const Media&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.text("mime_type", self.mime_type);
    wire.text("sha256", self.sha256);
    wire.text("url", self.url);
    wire.text("caption", self.caption);
    wire.text("filename", self.filename);
    wire.flag("voice", self.voice);
    wire.flag("animated", self.animated);
  }
};

}  // namespace mitr::whatsapp
