// The advertisement or post that brought somebody to write.
#pragma once

#include <optional>
#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct WelcomeMessage {
  std::string text;
  Rest rest;
  bool operator==(const WelcomeMessage&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("text", self.text);
  }
};

struct Referral {
  std::string source_url;
  std::string source;
  std::string source_type;  ///< "ad" or "post".
  std::string headline;
  std::string body;
  std::string media_type;
  std::string image_url;
  std::string video_url;
  std::string thumbnail_url;
  Personal click;  ///< ctwa_clid; names one click of one person. Left out for ads in Status.
  std::optional<WelcomeMessage> welcome;
  std::string ref;
  Rest rest;
  bool operator==(const Referral&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("source_url", self.source_url);
    wire.id("source_id", self.source);
    wire.text("source_type", self.source_type);
    wire.text("headline", self.headline);
    wire.text("body", self.body);
    wire.text("media_type", self.media_type);
    wire.text("image_url", self.image_url);
    wire.text("video_url", self.video_url);
    wire.text("thumbnail_url", self.thumbnail_url);
    wire.text("ctwa_clid", self.click);
    wire.noun("welcome_message", self.welcome);
    wire.text("ref", self.ref);
  }
};

}  // namespace mitr::whatsapp
