// The order in which an outbound message's state may move, in one place for every store.
#pragma once

#include "persistence/rows.h"

namespace mitr {

/// True while the row may still have to leave.
constexpr bool is_open(OutboxState state) {
  return state == OutboxState::kDue || state == OutboxState::kClaimed;
}

/// True if nothing more happens to it by itself.
constexpr bool is_dead(OutboxState state) {
  return state == OutboxState::kFailed || state == OutboxState::kUnknown;
}

/// True if news of `to` moves a row that stands at `from`. The SQL of postgres/ says the same.
constexpr bool moves_forward(OutboxState from, OutboxState to) {
  if (to == OutboxState::kFailed) return is_open(from) || from <= OutboxState::kSent;
  if (from == OutboxState::kFailed) return to >= OutboxState::kSent && to <= OutboxState::kRead;
  if (to == OutboxState::kClaimed) return from == OutboxState::kDue;
  if (from == OutboxState::kClaimed) return to != OutboxState::kDue;
  return from < to;
}

}  // namespace mitr
