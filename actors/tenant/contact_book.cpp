#include "actors/tenant/contact_book.h"

namespace mitr {

Contact* ContactBook::find(const std::vector<KeyedHash>& aliases) {
  Contact* found = nullptr;
  for (const auto& alias : aliases) {
    auto at = aliases_.find(alias);
    if (at == aliases_.end()) return nullptr;
    if (!found) found = at->second;
  }
  return found;
}

Contact* ContactBook::find(const ContactId& id) {
  auto at = contacts_.find(id);
  return at == contacts_.end() ? nullptr : &at->second;
}

Contact& ContactBook::learn(const ContactId& id, const std::vector<KeyedHash>& aliases) {
  auto& contact = contacts_[id];
  contact.id = id;
  // An alias that already points somewhere keeps pointing there: the store decides merges, not the
  // order of arrival.
  for (const auto& alias : aliases) aliases_.try_emplace(alias, &contact);
  return contact;
}

void ContactBook::forget(const Contact& contact) {
  live_.erase(contact.id);
  contacts_.erase(ContactId{contact.id});
}

void ContactBook::parked(Contact& contact) {
  went_quiet(contact);
  parked_order_.emplace_back(contact.id, contact.incarnation);
  if (parked_order_.size() > limits::kParkedMax) forget_oldest_parked();
}

void ContactBook::went_live(Contact& contact) {
  live_[contact.id] = &contact;
}
void ContactBook::went_quiet(Contact& contact) {
  live_.erase(contact.id);
}

std::vector<Contact*> ContactBook::idle_since(std::uint32_t tick, std::size_t limit) {
  std::vector<Contact*> idle;
  for (auto& [id, contact] : live_) {
    if (idle.size() >= limit) break;
    if (!contact->parking && contact->last_tick < tick) idle.push_back(contact);
  }
  return idle;
}

Contact* ContactBook::find_live(const caf::actor_addr& conversation) {
  for (auto& [id, contact] : live_) {
    if (contact->live.address() == conversation) return contact;
  }
  return nullptr;
}

void ContactBook::forget_oldest_parked() {
  auto [id, incarnation] = parked_order_.front();
  parked_order_.pop_front();
  auto* contact = find(id);
  // Only if it has stayed parked since: a later incarnation has its own, younger entry.
  if (!contact || contact->live || contact->incarnation != incarnation) return;
  contact->parked.reset();
  contact->in_journal_only = true;
}

}  // namespace mitr
