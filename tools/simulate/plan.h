// What one simulation is told. The seed decides everything else.
#pragma once

#include <cstdint>

#include "tools/simulate/chance.h"

namespace mitr::simulate {

/// How unkind the world is.
enum class Faults : std::uint8_t { kNone, kMild, kWild };

/// Bugs on purpose, each as it once was or could be. Only tests choose one: they show that the
/// simulator would find it.
enum class Planted : std::uint8_t {
  kNothing,
  kReplyBeforeCommit,   ///< The writer says "committed" and commits a little later.
  kMissingDedup,        ///< A message that comes again is a message like any other.
  kForgetfulTimer,      ///< The turn of a timer is stored without what it changed.
  kThenForAwait,        ///< A conversation takes its next message while one is being committed.
  kSendWithoutWaiting,  ///< The next reply leaves before the last was answered.
  kPhoneStays,          ///< Who lost their phone to somebody else is spoken to there all the same.
};

struct Plan {
  std::uint64_t seed = 1;
  std::chrono::minutes lasts{30};
  std::uint32_t people = 40;
  Faults faults = Faults::kMild;
  Planted planted = Planted::kNothing;
};

/// Rates are per 10,000.
struct FaultRates {
  // -- the store: a commit, a read, a renewal of the leases ----
  std::uint32_t commit_lost = 0;  ///< Not written, and failed.
  std::uint32_t answer_lost = 0;  ///< Written, and failed.
  std::uint32_t commit_late = 0;  ///< Failed, and written after that.
  std::uint32_t commit_slow = 0;  ///< Takes up to `slow`.
  std::uint32_t read_failed = 0;
  std::uint32_t renewal_failed = 0;
  Time slow{0};
  // -- the node ----
  std::uint32_t stall = 0;  ///< An actor does not come to run for up to `stalled`, a step.
  Time stalled{0};
  Time crash_every{0};  ///< On average; 0: never.
  Time lease_lost_every{0};
  // -- webhooks: each try ----
  std::uint32_t post_lost = 0;
  std::uint32_t reply_lost = 0;  ///< The node answered, and the provider did not hear it.
  std::uint32_t doubled = 0;     ///< Sent again though it was answered 200.
  std::uint32_t bundled = 0;     ///< Waits for others to be posted with.
  Time jitter{20};               ///< The largest difference in delay: reorders.
  // -- sends ----
  std::uint32_t refused_for_now = 0;
  std::uint32_t refused = 0;
  std::uint32_t failed_inside = 0;  ///< An error that says nothing about whether it left.
  std::uint32_t silence = 0;        ///< No answer at all.
  std::uint32_t not_connected = 0;
  std::uint32_t slow_answer = 0;  ///< Takes up to kSendTimeout.
  std::uint32_t status_lost = 0;
  std::uint32_t status_doubled = 0;
  std::uint32_t status_late = 0;
};

FaultRates rates_of(Faults faults);

}  // namespace mitr::simulate
