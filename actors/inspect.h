// How our values cross the wire: one `inspect` per type, the only place where values meet CAF's
// inspector. Wire rules of CAF 0.17.6: no float or double in a message; a type is known on the wire
// by its name.
#pragma once

#include <caf/detail/stringification_inspector.hpp>
#include <caf/meta/load_callback.hpp>
#include <caf/meta/save_callback.hpp>
#include <caf/meta/type_name.hpp>
#include <caf/sec.hpp>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>

#include "persistence/rows.h"
#include "protocols/envelope.h"
#include "protocols/ids.h"
#include "protocols/personal.h"

namespace mitr {

template <class Inspector, class Tag>
typename Inspector::result_type inspect(Inspector& f, Uuid<Tag>& x) {
  return f(caf::meta::type_name("uuid"), x.bytes);
}

template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, KeyedHash& x) {
  return f(caf::meta::type_name("hash"), x.bytes);
}

/// CAF prints messages it cannot deliver: personal data must not be in that text.
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Personal& x) {
  if constexpr (std::is_same_v<Inspector, caf::detail::stringification_inspector>) {
    return f(caf::meta::type_name("personal"));
  } else {
    return f(x.reveal());
  }
}

/// std::optional on the wire, since CAF 0.17 only knows its own: f(..., Maybe<T>{x.field}).
template <class T>
struct Maybe {
  std::optional<T>& held;
};

template <class Inspector, class T>
typename Inspector::result_type inspect(Inspector& f, Maybe<T>& x) {
  bool present = x.held.has_value();
  T value = x.held.value_or(T{});
  if constexpr (Inspector::writes_state) {
    auto load = caf::meta::load_callback([&]() -> caf::error {
      if (present)
        x.held = std::move(value);
      else
        x.held.reset();
      return caf::none;
    });
    return f(present, value, load);
  } else {
    return f(present, value);
  }
}

template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, OutboxRef& x) {
  return f(caf::meta::type_name("ref"), x.contact, x.seq, x.ord);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Words& x) {
  return f(caf::meta::type_name("words"), x.text);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Choice& x) {
  return f(caf::meta::type_name("choice"), x.id, x.title);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Unreadable& x) {
  return f(caf::meta::type_name("unreadable"), x.type, x.answer);
}

template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Attachment& x) {
  return f(caf::meta::type_name("attachment"), x.kind, x.media, x.mime, x.caption);
}
/// Where somebody is must not be in a text that CAF prints.
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Location& x) {
  if constexpr (std::is_same_v<Inspector, caf::detail::stringification_inspector>) {
    return f(caf::meta::type_name("location"));
  } else {
    return f(caf::meta::type_name("location"), x.latitude, x.longitude, x.name, x.address);
  }
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, OrderItem& x) {
  return f(caf::meta::type_name("order_item"), x.product, x.quantity, x.price_paise);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Order& x) {
  return f(caf::meta::type_name("order"), x.items);
}

template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, HumanWrote& x) {
  return f(caf::meta::type_name("human_wrote"), x.text);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, MarketingWish& x) {
  return f(caf::meta::type_name("marketing_wish"), x.wanted);
}

/// A message body: its index, then all alternatives with only one filled. Small, and needs no
/// factory.
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, MessageBody& x) {
  auto index = static_cast<std::uint8_t>(x.index());
  std::tuple<Words, Choice, Unreadable, Attachment, Location, Order, HumanWrote, MarketingWish>
      parts;
  std::visit([&parts](const auto& held) { std::get<std::decay_t<decltype(held)>>(parts) = held; },
             x);
  // Not by a structured binding: those may not be captured.
  auto& words = std::get<Words>(parts);
  auto& choice = std::get<Choice>(parts);
  auto& unreadable = std::get<Unreadable>(parts);
  auto& attachment = std::get<Attachment>(parts);
  auto& location = std::get<Location>(parts);
  auto& order = std::get<Order>(parts);
  auto& wrote = std::get<HumanWrote>(parts);
  auto& wish = std::get<MarketingWish>(parts);
  if constexpr (Inspector::writes_state) {
    auto load = caf::meta::load_callback([&]() -> caf::error {
      if (index >= std::variant_size_v<MessageBody>) return caf::sec::unknown_type;
      if (index == 0) x = std::move(words);
      if (index == 1) x = std::move(choice);
      if (index == 2) x = std::move(unreadable);
      if (index == 3) x = std::move(attachment);
      if (index == 4) x = std::move(location);
      if (index == 5) x = std::move(order);
      if (index == 6) x = std::move(wrote);
      if (index == 7) x = wish;
      return caf::none;
    });
    return f(index, words, choice, unreadable, attachment, location, order, wrote, wish, load);
  } else {
    return f(index, words, choice, unreadable, attachment, location, order, wrote, wish);
  }
}

template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Envelope& x) {
  return f(caf::meta::type_name("envelope"), x.number, x.message, x.phone, x.bsuid, x.parent_bsuid,
           x.username, x.account, x.profile_name, x.sent_at, x.body);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, DeliveryStatus& x) {
  return f(caf::meta::type_name("status"), x.number, x.message, x.callback, x.state, x.error_code,
           x.at);
}

// -- rows ----

template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, OutboxRow& x) {
  return f(caf::meta::type_name("outbox_row"), x.ref, x.recipient, x.number, x.lane, x.not_before,
           x.expires, x.body);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, DueRow& x) {
  return f(caf::meta::type_name("due_row"), x.tenant, x.row, x.state, x.created_at, x.wrapped_key);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, OutboxMark& x) {
  Maybe<OutboxRef> ref{x.ref};
  Maybe<KeyedHash> provider{x.provider};
  return f(caf::meta::type_name("mark"), x.tenant, ref, provider, x.state, x.error_code, x.first);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, RequestRow& x) {
  return f(caf::meta::type_name("request_row"), x.id, x.kind, x.body);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, TimeSpan& x) {
  return f(caf::meta::type_name("time_span"), x.from, x.to);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, ReplyRow& x) {
  return f(caf::meta::type_name("reply_row"), x.number, x.expires, x.body);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, TimerMove& x) {
  Maybe<std::chrono::sys_seconds> at{x.at};
  return f(caf::meta::type_name("timer_move"), at, x.number);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, TimerReset& x) {
  Maybe<std::chrono::sys_seconds> at{x.at};
  return f(caf::meta::type_name("timer_reset"), x.tenant, x.contact, x.was, at);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, DueTimer& x) {
  return f(caf::meta::type_name("due_timer"), x.tenant, x.contact, x.at, x.number);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, InstructionName& x) {
  return f(caf::meta::type_name("instruction_name"), x.tenant, x.id);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, InstructionRow& x) {
  return f(caf::meta::type_name("instruction"), x.name, x.contact, x.number, x.expires, x.body);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Append& x) {
  Maybe<Sealed> details{x.details};
  Maybe<KeyedHash> phone{x.phone};
  Maybe<ReplyRow> reply{x.reply};
  Maybe<TimerMove> timer{x.timer};
  return f(caf::meta::type_name("append"), x.tenant, x.conversation, x.seq, x.message, x.epoch,
           x.snapshot, x.body, details, phone, reply, x.outbox, x.requests, timer);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Alias& x) {
  return f(caf::meta::type_name("alias"), x.hash, x.kind);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Claim& x) {
  return f(caf::meta::type_name("claim"), x.tenant, x.aliases, x.former, x.told, x.fresh,
           x.wrapped_key, x.details);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, ClaimedContact& x) {
  Maybe<ContactId> loser{x.loser};
  return f(caf::meta::type_name("claimed"), x.contact, x.created, x.wrapped_key, x.details,
           x.last_seq, x.owns_bsuid, x.owns_phone, loser);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, KeptWebhook& x) {
  return f(caf::meta::type_name("kept"), x.tenant, x.id, x.reason, x.body);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, Standing& x) {
  Maybe<std::chrono::sys_seconds> until{x.until};
  return f(caf::meta::type_name("standing"), x.account, x.subject, x.name, x.aspect, x.value,
           x.reason, x.told, until);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, StandingRow& x) {
  return f(caf::meta::type_name("standing_row"), x.tenant, x.standing);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, JournalRow& x) {
  return f(caf::meta::type_name("journal_row"), x.conversation, x.seq, x.snapshot, x.at, x.body);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, StoredConversation& x) {
  return f(caf::meta::type_name("stored_conversation"), x.wrapped_key, x.details, x.last_seq,
           x.phone_lost, x.rows);
}

}  // namespace mitr
