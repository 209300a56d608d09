// The contacts one tenant has in memory: who is live, who is parked, who is being looked up. No CAF
// decisions here.
#pragma once

#include <deque>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actors/messages.h"
#include "persistence/crypto/keys.h"
#include "protocols/limits.h"

namespace mitr {

/// What is left of a conversation that has nothing in hand. Compact: there may be hundreds of
/// thousands.
struct ParkedRecord {
  std::uint64_t last_seq = 0;
  std::int64_t timer_at = 0;
  std::string state;    ///< Encoded DialogueState.
  std::string details;  ///< Encoded ContactDetails.
};

struct Contact {
  ContactId id;
  SecretKey key;
  ConversationActor live;         ///< Null while parked.
  std::uint64_t incarnation = 0;  ///< Counts the actors this contact has had.
  std::uint32_t last_tick = 0;    ///< Tick of the last turn.
  std::uint32_t epoch = 0;        ///< Of the lease under which `live` or `parked` was read.
  bool nameless = false;          ///< Known by id only, for its timer: forgotten when it is done.
  bool parking = false;           ///< Asked to park; turns wait in `held` until it answers.
  bool in_journal_only = false;   ///< No record here: the next actor wakes from the journal.
  std::unique_ptr<ParkedRecord> parked;
  std::unique_ptr<std::vector<TakeTurn>> held;
};

class ContactBook {
 public:
  /// The contact all these aliases point to; null if one is unknown (a claim settles it).
  Contact* find(const std::vector<KeyedHash>& aliases);
  Contact* find(const ContactId& id);
  void forget(const Contact& contact);
  /// Adds or finds the contact and points the aliases to it.
  Contact& learn(const ContactId& id, const std::vector<KeyedHash>& aliases);

  /// Notes that the contact went into memory as parked; forgets the oldest beyond kParkedMax.
  void parked(Contact& contact);
  std::size_t live_count() const { return live_.size(); }
  std::size_t size() const { return contacts_.size(); }
  void went_live(Contact& contact);
  void went_quiet(Contact& contact);
  /// Whose conversation this is; null if nobody's. Walks the live ones: for rare events.
  Contact* find_live(const caf::actor_addr& conversation);
  /// Live contacts without a turn since `tick`, at most `limit`.
  std::vector<Contact*> idle_since(std::uint32_t tick, std::size_t limit);

 private:
  void forget_oldest_parked();

  // Values live in node-based maps: pointers stay good while a contact is in the book.
  std::unordered_map<ContactId, Contact> contacts_;
  std::unordered_map<KeyedHash, Contact*> aliases_;
  std::unordered_map<ContactId, Contact*> live_;
  std::deque<std::pair<ContactId, std::uint64_t>>
      parked_order_;  ///< With the incarnation that parked.
};

}  // namespace mitr
