// The rows that the journal benchmark writes: turns of conversations of some tenants, 300 bytes of
// words each, sealed as a node seals them. The journal and its limit draw from the same feed.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "persistence/crypto/keys.h"
#include "persistence/rows.h"

namespace mitr::bench {

class JournalRows {
 public:
  /// Tenants are drawn uniformly; every turn bears the epoch of its shard's lease, as a node's do.
  JournalRows(std::size_t tenants, const LeaseTable& leases);

  /// The next turn of some conversation, its body still empty.
  Append draw();
  void seal_body(Append& turn) const;
  /// What the turn answers, to leave as place 0.
  void seal_reply(Append& turn) const;
  /// The provider took the reply of that turn.
  static OutboxMark sent(const Append& turn);

 private:
  struct Talk {
    TenantId tenant;
    ContactId contact;
    std::uint64_t seq = 0;
  };
  Talk begin();

  LeaseTable leases_;
  std::vector<TenantId> tenants_;
  std::vector<Talk> talks_;
  std::mt19937_64 chance_{20'717};
  SecretKey key_ = SecretKey::random();
  std::string words_;
};

}  // namespace mitr::bench
