#include "protocols/whatsapp/webhook.h"

#include <optional>
#include <string>
#include <utility>

#include "protocols/limits.h"
#include "protocols/whatsapp/number_hearing.h"
#include "protocols/whatsapp/standing_hearing.h"

namespace mitr::whatsapp {
namespace {

/// Fields whose items are heard one by one. The others are filed a change at a time.
bool has_items_to_hear(std::string_view field) {
  return field == "messages" || field == "smb_message_echoes" || field == "message_echoes" ||
         field == "user_preferences" || field == "user_id_update";
}

/// A webhook with nothing but `change`.
FiledItem filed_change(Filing filing, const std::string& object, const Entry& entry,
                       Change change) {
  Notification alone;
  alone.object = object;
  alone.entries.push_back({entry.account, entry.time, {}, {}, {}});
  alone.entries[0].changes.push_back(std::move(change));
  return {filing, webhook_json(alone)};
}

/// A webhook with nothing but what is wrong with its list of entries, or of changes.
FiledItem filed_fragment(Filing filing, const std::string& object, std::vector<DeadItem> entries,
                         std::optional<Entry> entry) {
  Notification alone;
  alone.object = object;
  alone.dead = std::move(entries);
  if (entry) alone.entries.push_back(*std::move(entry));
  return {filing, webhook_json(alone)};
}

class Hearing {
 public:
  explicit Hearing(const Notification& notification) : notification_(notification) {}

  Result<Webhook> hear() {
    const auto& object = notification_.object;
    for (const auto& dead : notification_.dead)
      webhook_.filed.push_back(filed_fragment(Filing::kDead, object, {dead}, std::nullopt));
    for (const auto& entry : notification_.entries)
      if (!hear(entry)) return Error{Errc::kTooLarge, "webhook with too many items"};
    return std::move(webhook_);
  }

 private:
  /// False when there are more items than one POST may carry.
  bool hear(const Entry& entry) {
    for (const auto& dead : entry.dead) {
      const Entry alone{entry.account, entry.time, {}, {dead}, {}};
      webhook_.filed.push_back(filed_fragment(Filing::kDead, notification_.object, {}, alone));
    }
    if (entry.changes.empty() && entry.dead.empty())
      webhook_.filed.push_back(filed_fragment(Filing::kDead, notification_.object, {}, entry));
    for (const auto& change : entry.changes)
      if (!hear(entry, change)) return false;
    return true;
  }

  bool hear(const Entry& entry, const Change& change) {
    const auto* news = std::get_if<NumberNews>(&change.news);
    if (news == nullptr || !has_items_to_hear(change.field)) {
      if (++items_ > limits::kWebhookItemsMax) return false;
      const auto* unknown = std::get_if<UnknownNews>(&change.news);
      for (auto& standing : standings_in(entry, change))
        webhook_.standings.push_back(std::move(standing));
      const bool dead = change.field.empty() || (unknown != nullptr && unknown->json.empty());
      const auto known = unknown != nullptr ? Filing::kUnknown : Filing::kUnused;
      webhook_.filed.push_back(
          filed_change(dead ? Filing::kDead : known, notification_.object, entry, change));
      return true;
    }
    items_ += items_in(*news);
    if (items_ > limits::kWebhookItemsMax) return false;
    const auto file = [&](Filing filing, NumberNews part) {
      webhook_.filed.push_back(
          filed_change(filing, notification_.object, entry, {change.field, std::move(part), {}}));
    };
    if (!change.rest.empty()) {
      NumberNews none;
      none.metadata = news->metadata;
      webhook_.filed.push_back(filed_change(Filing::kUnknown, notification_.object, entry,
                                            {change.field, std::move(none), change.rest}));
    }
    hear_number_news(*news, entry.account, file, webhook_);
    return true;
  }

  const Notification& notification_;
  Webhook webhook_;
  std::size_t items_ = 0;
};

}  // namespace

Result<Webhook> heard_of(const Notification& notification) {
  return Hearing(notification).hear();
}

Result<Webhook> parse_webhook(std::string_view body) {
  const auto notification = parse_notification(body);
  if (!notification) return notification.error();
  return heard_of(*notification);
}

}  // namespace mitr::whatsapp
