// Erasing one person: what goes with them, and what stays. What stays holds nothing of what they
// said and no name of theirs: a tombstone under a random id, keyed hashes of their latest messages
// and of their names, so that a repeat makes no ghost, and what they withdrew.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "persistence/rows.h"

namespace mitr {

/// How long a message that was erased is known again when it is repeated: the provider repeats a
/// webhook for up to 7 days. schema/0009_erasure.sql says the same.
inline constexpr std::chrono::hours kRepeatsKnown{24 * 8};

struct Erasure {
  ContactId contact;
  std::uint64_t last_seq = 0;  ///< Of the conversation as it was read; 0: they never wrote.
  /// What they withdrew, a bit each as in the dialogue's state: it outlives them by keyed hash.
  std::uint8_t withdrawn = 0;
};

/// Whom a node must forget.
struct ErasedContact {
  std::uint64_t place = 0;
  TenantId tenant;
  ContactId contact;
  bool operator==(const ErasedContact&) const = default;
};

/// What the store keeps of one contact besides details, names and turns.
struct HeldOfContact {
  std::vector<StoredRequest> requests;     ///< Files among them, of the kind kMediaRequest.
  std::vector<OutboxRow> outbox;           ///< Of their turns, to whomever, how far they got.
  std::vector<OutboxState> outbox_states;  ///< In the same order.
  std::vector<ReviewRow> reviews;
  std::vector<InstructionRow> instructions;
};

}  // namespace mitr
