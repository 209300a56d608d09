// The order in which an outbound message's state may move, in one place for every store.
#pragma once

#include "persistence/rows.h"

namespace mitr {

/// True while the row may still have to leave.
constexpr bool is_open(OutboxState state) {
  return state == OutboxState::kDue || state == OutboxState::kUnknown;
}

/// True if news of `to` moves a row that stands at `from`. The SQL of postgres/ says the same.
constexpr bool moves_forward(OutboxState from, OutboxState to) {
  if (to == OutboxState::kFailed) return from <= OutboxState::kSent;
  if (from == OutboxState::kFailed) return to >= OutboxState::kSent;
  return from < to;
}

}  // namespace mitr
