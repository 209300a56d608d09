#include "actors/tenant/contact_book.h"

namespace mitr {

static_assert(sizeof(Contact) == 72, "a million of them are held: no padding by accident");

Contact* ContactBook::find(const std::vector<KeyedHash>& aliases) {
  Seat found = kNoSeat;
  for (const auto& alias : aliases) {
    const auto at = aliases_.find(alias.bytes);
    if (at == kNoSeat) return nullptr;
    if (found != kNoSeat && aliases_[at].contact != found) return nullptr;
    found = aliases_[at].contact;
  }
  return found == kNoSeat || contacts_[found].gone ? nullptr : &contacts_[found];
}

Contact* ContactBook::find(const ContactId& id) {
  const auto at = contacts_.find(id.bytes);
  return at == kNoSeat ? nullptr : &contacts_[at];
}

Contact& ContactBook::learn(const ContactId& id, const std::vector<KeyedHash>& aliases) {
  auto at = contacts_.find(id.bytes);
  if (at == kNoSeat) {
    Contact fresh;
    fresh.id = id;
    at = contacts_.add(fresh);
  }
  auto& contact = contacts_[at];
  for (const auto& alias : aliases) {
    contact.aliased_ = true;
    if (const auto known = aliases_.find(alias.bytes); known != kNoSeat) {
      aliases_[known].contact = at;
    } else {
      aliases_.add({alias, at});
    }
  }
  return contact;
}

void ContactBook::unlearn(const std::vector<KeyedHash>& aliases) {
  for (const auto& alias : aliases) {
    if (const auto at = aliases_.find(alias.bytes); at != kNoSeat) aliases_.erase(at);
  }
}

void ContactBook::forget(Contact& contact) {
  // Its seat will be another's: an alias must never lead there.
  assert(!contact.aliased_);
  if (contact.aliased_) return;
  live_.erase(contact.id);
  drop_record(contact);
  contacts_.erase(contacts_.find(contact.id.bytes));
}

// -- parked ----

bool ContactBook::park(Contact& contact, const ParkedRecord& record) {
  const auto before = parked_count_;
  drop_record(contact);
  const auto seat = contacts_.find(contact.id.bytes);
  contact.record_ = records_.put(encode(record));
  contact.parked_ = true;
  contact.in_journal_only = false;
  contact.older_ = youngest_;
  (youngest_ == kNoSeat ? oldest_ : contacts_[youngest_].younger_) = seat;
  youngest_ = seat;
  if (++parked_count_ > parked_max_) {
    auto& oldest = contacts_[oldest_];
    drop_record(oldest);
    oldest.in_journal_only = true;
  }
  return parked_count_ > before;
}

std::optional<ParkedRecord> ContactBook::take_record(Contact& contact) {
  if (!contact.parked_) return std::nullopt;
  auto record = decode_parked(records_.take(contact.record_));
  contact.record_ = kNoSeat;
  unlink(contact);
  if (!record) return std::nullopt;
  return *std::move(record);
}

bool ContactBook::drop_record(Contact& contact) {
  if (!contact.parked_) return false;
  records_.erase(contact.record_);
  contact.record_ = kNoSeat;
  unlink(contact);
  return true;
}

void ContactBook::unlink(Contact& contact) {
  (contact.older_ == kNoSeat ? oldest_ : contacts_[contact.older_].younger_) = contact.younger_;
  (contact.younger_ == kNoSeat ? youngest_ : contacts_[contact.younger_].older_) = contact.older_;
  contact.older_ = contact.younger_ = kNoSeat;
  contact.parked_ = false;
  --parked_count_;
}

// -- live ----

LiveConversation& ContactBook::went_live(const Contact& contact, ConversationActor actor,
                                         std::uint64_t incarnation) {
  auto& conversation = live_[contact.id];
  conversation.actor = std::move(actor);
  conversation.incarnation = incarnation;
  return conversation;
}

void ContactBook::went_quiet(const Contact& contact) {
  live_.erase(contact.id);
}

LiveConversation* ContactBook::live(const Contact& contact) {
  const auto at = live_.find(contact.id);
  return at == live_.end() ? nullptr : &at->second;
}

Contact* ContactBook::find_live(const caf::actor_addr& conversation) {
  for (auto& [id, live] : live_) {
    if (live.actor.address() == conversation) return find(id);
  }
  return nullptr;
}

std::vector<LiveConversation*> ContactBook::idle_since(std::uint32_t tick, std::size_t limit) {
  std::vector<LiveConversation*> idle;
  for (auto& [id, live] : live_) {
    if (idle.size() >= limit) break;
    if (!live.parking && live.last_tick < tick) idle.push_back(&live);
  }
  return idle;
}

}  // namespace mitr
