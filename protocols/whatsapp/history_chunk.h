// One of `history[]`: threads of the time before a number came to the API, in portions.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/error_notice.h"
#include "protocols/whatsapp/message_echo.h"

namespace mitr::whatsapp {

struct HistoryProgress {
  std::optional<std::int64_t> phase;
  std::optional<std::int64_t> chunk;
  std::optional<std::int64_t> percent;
  Rest rest;
  bool operator==(const HistoryProgress&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.whole("phase", self.phase);
    wire.whole("chunk_order", self.chunk);
    wire.whole("progress", self.percent);
  }
};

/// Whose thread it is.
struct HistoryOwner {
  Personal phone;
  Personal bsuid;
  Personal username;
  Rest rest;
  bool operator==(const HistoryOwner&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("wa_id", self.phone);
    wire.id("user_id", self.bsuid);
    wire.text("username", self.username);
  }
};

struct HistoryThread {
  Personal id;  ///< The person's phone.
  std::optional<HistoryOwner> owner;
  std::vector<MessageEcho> messages;
  Rest rest;
  bool operator==(const HistoryThread&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.noun("context", self.owner);
    wire.nouns("messages", self.messages);
  }
};

struct HistoryChunk {
  std::optional<HistoryProgress> progress;
  std::vector<HistoryThread> threads;
  std::vector<ErrorNotice> errors;  ///< The business did not want to share its past.
  Rest rest;
  bool operator==(const HistoryChunk&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.noun("metadata", self.progress);
    wire.nouns("threads", self.threads);
    wire.nouns("errors", self.errors);
  }
};

}  // namespace mitr::whatsapp
