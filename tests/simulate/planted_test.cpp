// Goal: the simulator finds the bugs it is there for. Method: each is planted, from outside of the
// actors, and must be caught within the number of seeds that its test names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "tests/simulate/simulated_packs.h"
#include "tools/simulate/simulation.h"

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;
using ::testing::AnyOf;
using ::testing::StrEq;

/// The invariant that the first of seeds 1 … `seeds_max` breaks; empty: none did.
std::string caught(Planted planted, std::uint64_t seeds_max, std::chrono::minutes lasts = 20min) {
  for (std::uint64_t seed = 1; seed <= seeds_max; ++seed) {
    const auto report = simulate({seed, lasts, 12, Faults::kWild, planted}, packs());
    if (report.breach) return report.breach->invariant;
  }
  return "";
}

TEST(Planted, AReplyBeforeItsCommitIsCaughtWithOneSeed) {
  EXPECT_THAT(caught(Planted::kReplyBeforeCommit, 1),
              AnyOf(StrEq("committed_before_sent"), StrEq("acknowledged_is_stored")));
}

TEST(Planted, AMissedRepeatIsCaughtWithOneSeed) {
  EXPECT_THAT(caught(Planted::kMissingDedup, 1), StrEq("one_outcome"));
}

TEST(Planted, ATimerThatForgetsIsCaughtWithinFourSeeds) {
  EXPECT_THAT(caught(Planted::kForgetfulTimer, 4, 50min),
              AnyOf(StrEq("decided_on_state"), StrEq("fold_is_state"), StrEq("timer_once")));
}

TEST(Planted, ThenForAwaitIsCaughtWithinTwoSeeds) {
  EXPECT_THAT(caught(Planted::kThenForAwait, 2),
              AnyOf(StrEq("one_turn_at_a_time"), StrEq("fence_has_reason")));
}

TEST(Planted, ASendThatDoesNotWaitIsCaughtWithOneSeed) {
  EXPECT_THAT(caught(Planted::kSendWithoutWaiting, 1), StrEq("one_send_at_a_time"));
}

TEST(Planted, APhoneThatStaysIsCaughtWithinEightSeeds) {
  EXPECT_THAT(caught(Planted::kPhoneStays, 8, 60min), StrEq("isolation"));
}

}  // namespace
}  // namespace mitr::simulate
