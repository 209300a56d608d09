// The contacts one tenant has in memory: who is live, who is parked, who is being looked up. No CAF
// decisions here. There may be a million, nearly all of them parked: a contact is a small record of
// one size, and what only a live one needs stands beside.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "actors/messages.h"
#include "actors/tenant/byte_cells.h"
#include "actors/tenant/parked_record.h"
#include "actors/tenant/seat_index.h"
#include "persistence/crypto/keys.h"
#include "protocols/limits.h"

namespace mitr {

struct Contact {
  ContactId id;
  SecretKey key;
  std::uint32_t epoch = 0;    ///< Of the lease under which its conversation or record was read.
  bool nameless : 1 = false;  ///< Known by id only, for its timer: forgotten when it is done.
  bool in_journal_only : 1 = false;  ///< No record here: the next actor wakes from the journal.
  bool gone : 1 = false;             ///< Erased: whoever comes by its names is another.

  const IndexBytes& index_bytes() const { return id.bytes; }

 private:
  friend class ContactBook;
  template <class>
  friend class Slab;
  template <class>
  friend class SeatIndex;

  bool parked_ = false;
  bool aliased_ = false;
  Seat next = kNoSeat;      ///< The index's.
  Seat record_ = kNoSeat;   ///< Its ParkedRecord's bytes, while parked.
  Seat older_ = kNoSeat;    ///< Parked next before it.
  Seat younger_ = kNoSeat;  ///< Parked next after it.
};

/// What a contact has besides while its conversation is live.
struct LiveConversation {
  ConversationActor actor;
  std::uint64_t incarnation = 0;  ///< Tells this actor from the others this contact has had.
  std::uint32_t last_tick = 0;    ///< Tick of the last turn.
  bool parking = false;           ///< Asked to park; turns wait in `held` until it answers.
  std::unique_ptr<std::vector<TakeTurn>> held;
};

class ContactBook {
 public:
  /// Keeps at most `parked_max` records: beyond it the oldest live in the journal only.
  explicit ContactBook(std::size_t parked_max = limits::kParkedMax) : parked_max_(parked_max) {}

  // References to contacts stay good until they are forgotten.

  /// The contact all these aliases point to; null if one is unknown, or they point to two (a claim
  /// settles it), or to one that is gone.
  Contact* find(const std::vector<KeyedHash>& aliases);
  Contact* find(const ContactId& id);
  /// Adds or finds the contact and points the aliases to it, wherever they pointed before: the
  /// store decides whose they are.
  Contact& learn(const ContactId& id, const std::vector<KeyedHash>& aliases);
  /// The next who comes by one of these is asked for in the store.
  void unlearn(const std::vector<KeyedHash>& aliases);
  /// Only one that no alias points to can be forgotten.
  void forget(Contact& contact);
  std::size_t size() const { return contacts_.size(); }

  // -- parked ----
  /// Keeps the record; forgets the oldest beyond the limit. True if there is one more record now.
  bool park(Contact& contact, const ParkedRecord& record);
  bool is_parked(const Contact& contact) const { return contact.parked_; }
  /// Gives the record away; nothing if there is none, or if it does not parse.
  std::optional<ParkedRecord> take_record(Contact& contact);
  /// True if there was one.
  bool drop_record(Contact& contact);
  std::size_t parked_count() const { return parked_count_; }

  // -- live ----
  LiveConversation& went_live(const Contact& contact, ConversationActor actor,
                              std::uint64_t incarnation);
  void went_quiet(const Contact& contact);
  /// Null while it is not live. Good until it went quiet.
  LiveConversation* live(const Contact& contact);
  std::size_t live_count() const { return live_.size(); }
  /// Whose conversation this is; null if nobody's. Walks the live ones: for rare events.
  Contact* find_live(const caf::actor_addr& conversation);
  /// Those without a turn since `tick` that were not asked to park, at most `limit`.
  std::vector<LiveConversation*> idle_since(std::uint32_t tick, std::size_t limit);

 private:
  struct Alias {
    KeyedHash hash;
    Seat contact = kNoSeat;
    Seat next = kNoSeat;  ///< The index's.
    const IndexBytes& index_bytes() const { return hash.bytes; }
  };

  void unlink(Contact& contact);

  std::size_t parked_max_;
  SeatIndex<Contact> contacts_;
  SeatIndex<Alias> aliases_;
  ByteCells records_;
  std::unordered_map<ContactId, LiveConversation> live_;
  // The parked in the order of their parking, as a list through them.
  Seat oldest_ = kNoSeat;
  Seat youngest_ = kNoSeat;
  std::size_t parked_count_ = 0;
};

}  // namespace mitr
