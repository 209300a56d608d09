// One webhook body of Meta's as values, whatever it is about. Source: Cloud API reference,
// "Webhooks". Not here: what a conversation hears of it (webhook.h), HTTP, signatures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/personal.h"
#include "protocols/result.h"
#include "protocols/whatsapp/account_news.h"
#include "protocols/whatsapp/dead_item.h"
#include "protocols/whatsapp/number_news.h"
#include "protocols/whatsapp/number_standing.h"
#include "protocols/whatsapp/settings_news.h"
#include "protocols/whatsapp/template_news.h"

namespace mitr::whatsapp {

/// The value of a field that this version does not know, or that is no object.
struct UnknownNews {
  Personal json;  ///< Empty: there is none.
  bool operator==(const UnknownNews&) const = default;
};

using News = std::variant<UnknownNews, NumberNews, TemplateStatusNews, TemplateQualityNews,
                          TemplateTextNews, TemplateCategoryNews, NumberQualityNews, NumberNameNews,
                          SecurityNews, BusinessUsernameNews, AccountNews, AlertNews, ReviewNews,
                          CapabilityNews, SolutionNews, SettingsNews, PaymentSetupNews, FormNews>;

struct Change {
  std::string field;  ///< Names the kind of `news`.
  News news;
  Rest rest;
  bool operator==(const Change&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("field", self.field);
    wire.news(self.field, self.news);
  }
};

struct Entry {
  std::string account;               ///< Of the business account; of its portfolio in some events.
  std::optional<std::int64_t> time;  ///< Of account fields only.
  std::vector<Change> changes;
  std::vector<DeadItem> dead;
  Rest rest;
  bool operator==(const Entry&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.account);
    wire.whole("time", self.time);
    wire.items("changes", self.changes, self.dead);
  }
};

struct Notification {
  std::string object;  ///< "whatsapp_business_account".
  std::vector<Entry> entries;
  std::vector<DeadItem> dead;
  Rest rest;
  bool operator==(const Notification&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("object", self.object);
    wire.items("entry", self.entries, self.dead);
  }
};

/// Reads a body of any fields, types and tenants. What this version does not know is in the `rest`
/// of its object, in `UnknownNews` or `UnknownContent`; an item that is no object is in `dead`.
/// Fails with kMalformed if the body is not a JSON object with a list `entry`, with kTooLarge above
/// kWebhookBytesMax bytes.
Result<Notification> parse_notification(std::string_view body);

/// The body again: every member that was read, those that were not known too. What is not ASCII is
/// escaped, as Meta does, but for members that were not known.
Personal webhook_json(const Notification& notification);

/// Members that the values had no place for: what Meta added or writes otherwise by now.
std::size_t strange_members(const Notification& notification);

}  // namespace mitr::whatsapp
