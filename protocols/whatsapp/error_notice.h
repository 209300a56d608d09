// One of Meta's `errors[]`: why a message failed, or cannot be shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct ErrorDetails {
  std::string details;
  Rest rest;
  bool operator==(const ErrorDetails&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("details", self.details);
  }
};

struct ErrorNotice {
  std::optional<std::int64_t> code;
  std::string title;
  std::string message;
  std::optional<ErrorDetails> data;
  std::string href;
  Rest rest;
  bool operator==(const ErrorNotice&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.whole("code", self.code);
    wire.text("title", self.title);
    wire.text("message", self.message);
    wire.noun("error_data", self.data);
    wire.text("href", self.href);
  }
};

}  // namespace mitr::whatsapp
