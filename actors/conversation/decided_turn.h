// One decided turn as rows: the journal record, what leaves, what is filed. Sealing happens here,
// on the conversation's thread, so that neither the journal nor the store ever holds a word. No
// CAF.
#pragma once

#include <vector>

#include "actors/messages.h"
#include "actors/tenant/tenant_context.h"
#include "nlu/dialogue/dialogue.h"

namespace mitr {

/// Who the turn belongs to and where it stands.
struct TurnPlace {
  const TenantContext& tenant;
  ContactId contact;
  const SecretKey& key;
  std::uint64_t seq = 0;
  std::uint32_t epoch = 0;  ///< Of the shard's lease.
  std::chrono::sys_seconds now{};
  PackVersion pack{};  ///< What decided it.
};

/// What made the turn: a message, or the conversation's own timer.
struct TurnCause {
  KeyedHash message;  ///< Gives it one outcome.
  Personal id;        ///< The provider's message id; empty for a timer.
  std::chrono::sys_seconds sent_at{};
  std::string number;  ///< The tenant's phone_number_id that answers leave by.
};

struct DecidedTurn {
  Append append;
  std::vector<Released> released;  ///< What leaves once the append is committed.
};

/// A snapshot every so many turns, besides those at rest: bounds what waking reads.
inline constexpr std::uint64_t kSnapshotEvery = 32;
/// A reply not sent within this time answers a question nobody remembers. Inside the 24-hour
/// service window.
inline constexpr std::chrono::hours kReplyExpiry{6};
/// A notice to staff is worth sending for a day.
inline constexpr std::chrono::hours kNoticeExpiry{24};

/// `details` is set when the message brought new contact details (stored with the turn).
DecidedTurn decided_turn(const TurnPlace& place, const TurnCause& cause, Input input,
                         const Outcome& outcome, const DialogueState& after,
                         const ContactDetails& contact_details, bool details_changed);

/// What we need from an envelope to know how to reach its sender, laid over what was known. True if
/// anything is new.
bool learn_details(ContactDetails& known, const Envelope& envelope);

}  // namespace mitr
