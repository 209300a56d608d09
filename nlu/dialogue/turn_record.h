// What the journal holds of one turn, and its bytes (cereal, versioned: old journals still read).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/dialogue/dialogue.h"
#include "protocols/result.h"

namespace mitr {

struct TurnRecord {
  Personal message;             ///< Provider's id of the inbound message.
  std::int64_t sent_at = 0;     ///< Unix seconds, the provider's clock.
  std::int64_t decided_at = 0;  ///< Unix seconds, ours: the `now` the turn was decided at.
  Input input;
  std::vector<Event> events;
  std::optional<TextMessage> reply;
  std::optional<DialogueState> snapshot;  ///< State after the turn.
  PackVersion pack{};                     ///< What decided it.
  bool operator==(const TurnRecord&) const = default;
};

std::string encode(const TurnRecord& turn);
/// kMalformed for bytes that are no turn record or of a version this build does not read. Never
/// throws.
Result<TurnRecord> decode_turn(std::string_view bytes);

/// The parked form of a state: compact, same versioning.
std::string encode(const DialogueState& state);
Result<DialogueState> decode_state(std::string_view bytes);

}  // namespace mitr
