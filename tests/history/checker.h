// Holds a crash run against the store's promises. Pure: histories and rows in, breaches out.
#pragma once

#include <string>
#include <vector>

#include "tests/history/history.h"

namespace mitr::history {

/// The promises, by name:
/// - lost: an acknowledged message has no row;
/// - twice: a message has two rows;
/// - gap: the seqs of a conversation are not 1, 2, 3 …;
/// - stale: along seq an epoch falls: a deposed writer wrote after its successor;
/// - false_ack: a process was told "committed" for a place that does not hold its message;
/// - two_winners: two processes were told "committed" for one place;
/// - ghost: a row nobody sent.
struct Breach {
  std::string promise;
  int conversation = 0;
  std::uint64_t seq = 0;
};

/// `events`: of all processes, in any order. `rows`: in any order.
std::vector<Breach> check(const std::vector<Event>& events, std::vector<Row> rows);

}  // namespace mitr::history
