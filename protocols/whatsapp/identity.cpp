#include "protocols/whatsapp/identity.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <variant>

#include "protocols/bsuid.h"
#include "protocols/limits.h"

namespace mitr::whatsapp {
namespace {

/// The old id of a changed one stands nowhere but in a sentence for people: "User X changed from
/// OLD to NEW". Taken only when exactly these two ids stand there.
Personal old_bsuid(const SystemNotice& notice) {
  std::string_view words = notice.body.reveal();
  Personal old;
  bool new_seen = false;
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    const auto word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (!is_bsuid(word)) continue;
    if (word == notice.bsuid.reveal()) {
      new_seen = true;
    } else if (old.empty() && !new_seen) {
      old = Personal(word);
    } else {
      return {};  // A third: the person's name may be anything.
    }
  }
  return new_seen ? old : Personal{};
}

}  // namespace

Personal phone_digits(const Personal& written) {
  std::string digits;
  for (const char c : written.reveal()) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string_view("+ -().").find(c) == std::string_view::npos) {
      return {};
    }
    if (digits.size() > limits::kPhoneDigitsMax) return {};
  }
  return Personal(std::move(digits));
}

Personal provider_id(const Personal& id) {
  const auto& text = id.reveal();
  const bool control =
      std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
  return control || text.size() > limits::kProviderIdBytesMax ? Personal{} : id;
}

Personal username_key(const Personal& written) {
  std::string key = provider_id(written).reveal();
  if (key.starts_with('@')) key.erase(0, 1);
  for (char& c : key)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return Personal(std::move(key));
}

bool is_about(const ContactEntry& contact, const Personal& phone, const Personal& bsuid) {
  // The first of each is the usual case, and costs nothing in a batch of many people.
  if (!bsuid.empty() && contact.bsuid == bsuid) return true;
  if (phone.empty() || contact.phone.empty()) return false;
  return contact.phone == phone ||
         (contact.phone.size_bytes() != phone.size_bytes() && phone_digits(contact.phone) == phone);
}

PersonIdentity sender_of(const InboundMessage& message, const ContactEntry* contact,
                         const std::string& account) {
  PersonIdentity sender{account,
                        phone_digits(message.from),
                        provider_id(message.from_bsuid),
                        provider_id(message.from_parent_bsuid),
                        {}};
  if (contact == nullptr) return sender;
  if (sender.phone.empty()) sender.phone = phone_digits(contact->phone);
  if (sender.bsuid.empty()) sender.bsuid = provider_id(contact->bsuid);
  if (sender.parent_bsuid.empty()) sender.parent_bsuid = provider_id(contact->parent_bsuid);
  if (contact->profile) sender.username = username_key(contact->profile->username);
  return sender;
}

IdentityChange change_in(const InboundMessage& message, const std::string& account) {
  IdentityChange change;
  change.message = provider_id(message.id);
  change.at = message.at.value_or(std::chrono::sys_seconds{});
  change.before = sender_of(message, nullptr, account);
  change.after.account = account;
  const auto* notice = std::get_if<SystemNotice>(&message.content);
  if (notice == nullptr) return change;
  change.after.phone = phone_digits(notice->phone);
  change.after.bsuid = provider_id(notice->bsuid);
  change.after.parent_bsuid = provider_id(notice->parent_bsuid);
  if (notice->type == "user_changed_user_id" && change.before.bsuid.empty())
    change.before.bsuid = old_bsuid(*notice);
  return change;
}

IdentityChange change_in(const UserIdUpdate& update, const std::string& account) {
  IdentityChange change;
  change.at = update.at.value_or(std::chrono::sys_seconds{});
  change.before.account = change.after.account = account;
  change.after.phone = phone_digits(update.phone);
  if (update.bsuid) {
    change.before.bsuid = provider_id(update.bsuid->previous);
    change.after.bsuid = provider_id(update.bsuid->current);
  }
  if (update.parent_bsuid) {
    change.before.parent_bsuid = provider_id(update.parent_bsuid->previous);
    change.after.parent_bsuid = provider_id(update.parent_bsuid->current);
  }
  // Such news have no id of their own; the same change at the same second is the same news.
  const auto& [from, to] = std::tie(change.before, change.after);
  change.message = Personal("identity:" + from.bsuid.reveal() + ":" + from.parent_bsuid.reveal() +
                            ":" + to.bsuid.reveal() + ":" + to.phone.reveal() + ":" +
                            std::to_string(change.at.time_since_epoch().count()));
  return change;
}

}  // namespace mitr::whatsapp
