#include "persistence/memory/held.h"

namespace mitr::memory {

HeldOfContact held_of(const Shelf& shelf, const ContactId& contact, std::size_t limit) {
  HeldOfContact held;
  for (const auto& [id, filed] : shelf.requests) {
    if (filed.request.contact == contact && held.requests.size() < limit)
      held.requests.push_back(filed.request);
  }
  for (const auto& [ref, outgoing] : shelf.outbox) {
    // A reply has no row before something is known of its fate.
    if (ref.contact != contact || outgoing.unanswered || held.outbox.size() >= limit) continue;
    held.outbox.push_back(outgoing.kept.row);
    held.outbox_states.push_back(outgoing.kept.state);
  }
  for (const auto& [turn, label] : shelf.reviews) {
    if (turn.contact == contact && held.reviews.size() < limit)
      held.reviews.push_back({turn, label});
  }
  for (const auto& [id, instructed] : shelf.instructions) {
    if (instructed.row.contact == contact && held.instructions.size() < limit)
      held.instructions.push_back(instructed.row);
  }
  return held;
}

Sealed key_of(const Shelf& shelf, const ContactId& contact) {
  const auto known = shelf.contacts.find(contact);
  return known == shelf.contacts.end() ? Sealed{} : known->second.wrapped_key;
}

}  // namespace mitr::memory
