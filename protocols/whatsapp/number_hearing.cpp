#include "protocols/whatsapp/number_hearing.h"

#include <optional>
#include <utility>

#include "protocols/limits.h"
#include "protocols/whatsapp/heard_body.h"
#include "protocols/whatsapp/identity.h"
#include "protocols/whatsapp/json.h"
#include "protocols/whatsapp/rest_counter.h"
#include "protocols/whatsapp/webhook.h"

namespace mitr::whatsapp {
namespace {

std::optional<DeliveryState> state_of(std::string_view word) {
  if (word == "sent") return DeliveryState::kSent;
  if (word == "delivered") return DeliveryState::kDelivered;
  if (word == "read") return DeliveryState::kRead;
  if (word == "played") return DeliveryState::kPlayed;
  if (word == "failed") return DeliveryState::kFailed;
  return std::nullopt;
}

/// `errors[0].code`, or 0.
int first_error_code(const StatusNotice& status) {
  if (status.errors.empty()) return 0;
  const auto code = status.errors[0].code.value_or(0);
  return std::in_range<int>(code) ? static_cast<int>(code) : 0;
}

bool is_changed_id(const InboundMessage& message) {
  const auto* notice = std::get_if<SystemNotice>(&message.content);
  return notice != nullptr &&
         (notice->type == "user_changed_number" || notice->type == "user_changed_user_id");
}

class NumberHearing {
 public:
  NumberHearing(const NumberNews& news, const std::string& account, const FileNews& file,
                Webhook& out)
      : news_(news), account_(account), file_(file), out_(out) {
    if (news.metadata) number_ = provider_id(Personal(news.metadata->number)).reveal();
  }

  void hear() {
    for (const auto& message : news_.messages) hear(message);
    for (const auto& status : news_.statuses) hear(status);
    for (const auto& echo : news_.echoes) hear(echo);
    for (const auto& preference : news_.preferences) hear(preference);
    for (const auto& update : news_.id_updates) hear(update);
    for (const auto& dead : news_.dead) {
      NumberNews alone = head(nullptr);
      alone.dead.push_back(dead);
      file_(Filing::kDead, std::move(alone));
    }
    file_what_is_left();
  }

 private:
  // -- messages ----

  void hear(const InboundMessage& message) {
    const auto* contact = contact_of(phone_digits(message.from), provider_id(message.from_bsuid));
    if (is_changed_id(message)) {
      auto change = change_in(message, account_);
      change.number = number_;
      out_.identity_changes.push_back(std::move(change));
      return file(Filing::kUnused, message, contact);
    }
    const auto sender = sender_of(message, contact, account_);
    Envelope envelope = envelope_to(sender, contact);
    envelope.message = provider_id(message.id);
    envelope.sent_at = message.at.value_or(std::chrono::sys_seconds{});
    if (number_.empty() || envelope.message.empty() || !sender.named())
      return file(Filing::kDead, message, contact);
    // A reply would go to the writer alone, out of context; this version has no groups.
    if (!message.group.empty()) return file(Filing::kUnused, message, contact);
    const bool known = RestCounter::count(message) == 0 &&
                       (contact == nullptr || RestCounter::count(*contact) == 0) &&
                       !std::holds_alternative<UnknownContent>(message.content);
    const bool whole = take_body(std::move(envelope), message) && !message.referral &&
                       !(message.context && message.context->product);
    if (!known || !whole) file(known ? Filing::kUnused : Filing::kUnknown, message, contact);
  }

  /// Makes the envelopes of one message. False if it holds more than they say.
  bool take_body(Envelope envelope, const InboundMessage& message) {
    if (const auto* revoke = std::get_if<Revoke>(&message.content)) {
      envelope.body = Unreadable{"revoke", false};
      const auto named = provider_id(revoke->message);
      if (!named.empty()) envelope.message = named;
      out_.messages.push_back(std::move(envelope));
      return false;
    }
    if (message.edit && message.edit->edited) return take_edit(std::move(envelope), *message.edit);
    auto heard = heard_body(message.type, message.content);
    envelope.body = std::move(heard.body);
    out_.messages.push_back(std::move(envelope));
    return heard.whole;
  }

  bool take_edit(Envelope envelope, const Edit& edit) {
    const auto named = provider_id(edit.message);
    auto heard = heard_body(edit.edited->type, edit.edited->content);
    // What cannot be read now could not be read before, and needs no second "I cannot read this".
    if (std::holds_alternative<Unreadable>(heard.body)) heard.body = Unreadable{"edit", false};
    if (!named.empty() && named != envelope.message) {
      Envelope before = envelope;
      before.message = named;
      before.body = Unreadable{"edit", false};
      out_.messages.push_back(std::move(before));
    }
    envelope.body = std::move(heard.body);
    out_.messages.push_back(std::move(envelope));
    return false;
  }

  void file(Filing filing, const InboundMessage& message, const ContactEntry* contact) {
    NumberNews alone = head(contact);
    alone.messages.push_back(message);
    file_(filing, std::move(alone));
  }

  // -- statuses ----

  void hear(const StatusNotice& notice) {
    const auto state = state_of(notice.state);
    DeliveryStatus status;
    status.message = provider_id(notice.id);
    const bool ours = notice.type.empty() || notice.type == "message";
    const bool dead = number_.empty() || status.message.empty();
    if (dead || !ours || !state) {
      NumberNews alone = head(nullptr);
      alone.statuses.push_back(notice);
      const auto known = ours ? Filing::kUnknown : Filing::kUnused;
      return file_(dead ? Filing::kDead : known, std::move(alone));
    }
    status.number = number_;
    // Longer than we may send is not ours; a part of it would name nothing.
    if (notice.callback.size() <= limits::kCallbackBytesMax) status.callback = notice.callback;
    status.state = *state;
    if (*state == DeliveryState::kFailed) status.error_code = first_error_code(notice);
    status.at = notice.at.value_or(std::chrono::sys_seconds{});
    out_.statuses.push_back(std::move(status));
    if (RestCounter::count(notice) == 0) return;
    NumberNews alone = head(nullptr);
    alone.statuses.push_back(notice);
    file_(Filing::kUnknown, std::move(alone));
  }

  // -- what comes beside messages ----

  void hear(const MessageEcho& echo) {
    PersonIdentity to{account_,
                      phone_digits(echo.to),
                      provider_id(echo.to_bsuid),
                      provider_id(echo.to_parent_bsuid),
                      {}};
    auto heard = heard_echo(echo.content);
    Envelope envelope = envelope_to(to, nullptr);
    envelope.message = provider_id(echo.id);
    envelope.sent_at = echo.at.value_or(std::chrono::sys_seconds{});
    envelope.body = std::move(heard.body);
    const bool dead = number_.empty() || envelope.message.empty() || !to.named();
    if (!dead) out_.messages.push_back(std::move(envelope));
    const bool known = RestCounter::count(echo) == 0;
    if (!dead && known && heard.whole) return;
    NumberNews alone = head(nullptr);
    alone.echoes.push_back(echo);
    const auto beside = known ? Filing::kUnused : Filing::kUnknown;
    file_(dead ? Filing::kDead : beside, std::move(alone));
  }

  void hear(const UserPreference& preference) {
    PersonIdentity person{account_,
                          phone_digits(preference.phone),
                          provider_id(preference.bsuid),
                          provider_id(preference.parent_bsuid),
                          {}};
    const auto* contact = contact_of(person.phone, person.bsuid);
    const bool stop = preference.value == "stop";
    const bool known =
        preference.category == "marketing_messages" && (stop || preference.value == "resume");
    const bool dead = number_.empty() || !person.named();
    if (!dead && known) {
      Envelope envelope = envelope_to(person, contact);
      envelope.sent_at = preference.at.value_or(std::chrono::sys_seconds{});
      // Such news have no id of their own; the same wish at the same second is the same news.
      envelope.message = Personal(
          "preference:" + (person.bsuid.empty() ? person.phone : person.bsuid).reveal() + ":" +
          std::to_string(envelope.sent_at.time_since_epoch().count()) + ":" + preference.value);
      envelope.body = MarketingWish{!stop};
      out_.messages.push_back(std::move(envelope));
      if (RestCounter::count(preference) == 0) return;
    }
    NumberNews alone = head(contact);
    alone.preferences.push_back(preference);
    file_(dead ? Filing::kDead : Filing::kUnknown, std::move(alone));
  }

  void hear(const UserIdUpdate& update) {
    auto change = change_in(update, account_);
    change.number = number_;
    const bool dead = !change.before.named() && !change.after.named();
    if (!dead) out_.identity_changes.push_back(std::move(change));
    NumberNews alone = head(nullptr);
    alone.id_updates.push_back(update);
    file_(dead ? Filing::kDead : Filing::kUnused, std::move(alone));
  }

  /// What these fields do not usually hold: errors, lists of other fields, members Meta added.
  void file_what_is_left() {
    const auto& n = news_;
    const bool lists = !n.errors.empty() || !n.calls.empty() || !n.groups.empty() ||
                       !n.history.empty() || !n.address_book.empty();
    const bool handover = n.sender || n.recipient || n.passed || n.taken || n.released || n.at;
    if (!lists && !handover && !n.standby && n.rest.empty() && items_in(n) > 0) return;
    NumberNews left = n;
    left.messages.clear();
    left.statuses.clear();
    left.echoes.clear();
    left.preferences.clear();
    left.id_updates.clear();
    left.dead.clear();
    file_(n.rest.empty() ? Filing::kUnused : Filing::kUnknown, std::move(left));
  }

  // -- people ----

  /// Matched by id: the lists are parallel in practice, not by promise.
  const ContactEntry* contact_of(const Personal& phone, const Personal& bsuid) const {
    for (const auto& contact : news_.contacts)
      if (is_about(contact, phone, bsuid)) return &contact;
    return nullptr;
  }

  Envelope envelope_to(const PersonIdentity& person, const ContactEntry* contact) const {
    Envelope envelope;
    envelope.number = number_;
    envelope.phone = person.phone;
    envelope.bsuid = person.bsuid;
    envelope.parent_bsuid = person.parent_bsuid;
    envelope.username = person.username;
    envelope.account = provider_id(Personal(person.account)).reveal();
    if (contact != nullptr && contact->profile) {
      const auto& name = contact->profile->name.reveal();
      envelope.profile_name = Personal(kept_text(name, limits::kNameBytesMax));
    }
    return envelope;
  }

  /// The news without any item.
  NumberNews head(const ContactEntry* contact) const {
    NumberNews alone;
    alone.product = news_.product;
    alone.metadata = news_.metadata;
    if (contact != nullptr) alone.contacts.push_back(*contact);
    return alone;
  }

  const NumberNews& news_;
  const std::string& account_;
  const FileNews& file_;
  Webhook& out_;
  std::string number_;
};

}  // namespace

std::size_t items_in(const NumberNews& news) {
  std::size_t dead = 0;
  for (const auto& item : news.dead) dead += item.list == "contacts" ? 0 : 1;
  return news.messages.size() + news.statuses.size() + news.echoes.size() +
         news.preferences.size() + news.id_updates.size() + dead;
}

void hear_number_news(const NumberNews& news, const std::string& account, const FileNews& file,
                      Webhook& out) {
  NumberHearing(news, account, file, out).hear();
}

}  // namespace mitr::whatsapp
