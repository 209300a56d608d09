// How a tenant held its contacts before they were compact: node-based maps, a record and two
// strings of its own for each. Kept only to be measured beside the contact book.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actors/tenant/parked_record.h"
#include "persistence/crypto/keys.h"
#include "protocols/ids.h"

namespace mitr {

class NodeBasedBook {
 public:
  struct Contact {
    ContactId id;
    SecretKey key;
    void* live = nullptr;
    std::uint64_t incarnation = 0;
    std::uint32_t last_tick = 0;
    std::uint32_t epoch = 0;
    bool nameless = false;
    bool parking = false;
    bool in_journal_only = false;
    std::unique_ptr<ParkedRecord> parked;
    std::unique_ptr<int> held;
  };

  Contact* find(const std::vector<KeyedHash>& aliases) {
    Contact* found = nullptr;
    for (const auto& alias : aliases) {
      auto at = aliases_.find(alias);
      if (at == aliases_.end()) return nullptr;
      if (!found) found = at->second;
    }
    return found;
  }
  Contact& learn(const ContactId& id, const std::vector<KeyedHash>& aliases) {
    auto& contact = contacts_[id];
    contact.id = id;
    for (const auto& alias : aliases) aliases_.try_emplace(alias, &contact);
    return contact;
  }
  void park(Contact& contact, ParkedRecord record) {
    contact.parked = std::make_unique<ParkedRecord>(std::move(record));
    parked_order_.emplace_back(contact.id, ++contact.incarnation);
    if (parked_order_.size() > contacts_.size()) parked_order_.pop_front();
  }
  ParkedRecord take_record(Contact& contact) {
    auto record = std::move(contact.parked);
    return std::move(*record);
  }

 private:
  std::unordered_map<ContactId, Contact> contacts_;
  std::unordered_map<KeyedHash, Contact*> aliases_;
  std::deque<std::pair<ContactId, std::uint64_t>> parked_order_;
};

}  // namespace mitr
