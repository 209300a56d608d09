// The value of every change that is about one business number: messages and what comes beside them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "protocols/whatsapp/address_book_entry.h"
#include "protocols/whatsapp/call_event.h"
#include "protocols/whatsapp/contact_entry.h"
#include "protocols/whatsapp/dead_item.h"
#include "protocols/whatsapp/group_event.h"
#include "protocols/whatsapp/history_chunk.h"
#include "protocols/whatsapp/inbound_message.h"
#include "protocols/whatsapp/message_echo.h"
#include "protocols/whatsapp/number_metadata.h"
#include "protocols/whatsapp/status_notice.h"
#include "protocols/whatsapp/thread_handover.h"
#include "protocols/whatsapp/user_id_update.h"
#include "protocols/whatsapp/user_preference.h"

namespace mitr::whatsapp {

/// Copies of what another app on the same number answers. Never answered.
struct StandbyCopies {
  std::vector<ContactEntry> contacts;
  std::vector<InboundMessage> messages;
  std::vector<StatusNotice> statuses;
  std::vector<MessageEcho> echoes;
  Rest rest;
  bool operator==(const StandbyCopies&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.nouns("contacts", self.contacts);
    wire.nouns("messages", self.messages);
    wire.nouns("statuses", self.statuses);
    wire.nouns("message_echoes", self.echoes);
  }
};

struct NumberNews {
  std::string product;  ///< "whatsapp".
  std::optional<NumberMetadata> metadata;
  std::vector<ContactEntry> contacts;
  std::vector<InboundMessage> messages;
  std::vector<StatusNotice> statuses;
  std::vector<ErrorNotice> errors;
  std::vector<MessageEcho> echoes;
  std::vector<CallEvent> calls;
  std::vector<UserPreference> preferences;
  std::vector<UserIdUpdate> id_updates;
  std::vector<GroupEvent> groups;
  std::vector<HistoryChunk> history;
  std::vector<AddressBookEntry> address_book;
  std::optional<StandbyCopies> standby;
  std::optional<ThreadSide> sender;     ///< Of a handover.
  std::optional<ThreadSide> recipient;  ///< Of a handover.
  std::optional<ThreadControl> passed;
  std::optional<ThreadControl> taken;
  std::optional<ThreadControl> released;
  std::optional<std::chrono::sys_seconds> at;
  std::vector<DeadItem> dead;
  Rest rest;
  bool operator==(const NumberNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("messaging_product", self.product);
    wire.noun("metadata", self.metadata);
    wire.items("contacts", self.contacts, self.dead);
    wire.items("messages", self.messages, self.dead);
    wire.items("statuses", self.statuses, self.dead);
    wire.nouns("errors", self.errors);
    wire.items("message_echoes", self.echoes, self.dead);
    wire.items("calls", self.calls, self.dead);
    wire.items("user_preferences", self.preferences, self.dead);
    wire.items("user_id_update", self.id_updates, self.dead);
    wire.items("groups", self.groups, self.dead);
    wire.items("history", self.history, self.dead);
    wire.items("state_sync", self.address_book, self.dead);
    wire.noun("standby", self.standby);
    wire.noun("sender", self.sender);
    wire.noun("recipient", self.recipient);
    wire.noun("control_passed", self.passed);
    wire.noun("control_taken", self.taken);
    wire.noun("control_released", self.released);
    wire.time("timestamp", self.at);
  }
};

}  // namespace mitr::whatsapp
