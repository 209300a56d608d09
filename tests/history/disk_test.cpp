// Goal: a database whose disk is full says so in a way that may be retried, loses nothing it has
// acknowledged, leaves nothing half written, and goes on by itself when there is space again; and
// the checker sees an appender that takes a failed commit for a done one. Method: PostgreSQL, or
// its log alone, on a small tmpfs that is filled to the last page and emptied again.
// MITR_SOAK_ROUNDS: how often; MITR_SEED: the seed.
#include <algorithm>
#include <cstdio>
#include <gtest/gtest.h>

#include "tests/history/strikes.h"

namespace mitr::history {
namespace {

class Disk : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto why = SmallDisk::why_not(); !why.empty()) GTEST_SKIP() << why;
  }

  static CrashRunOptions small(OnSmallDisk what, Mode mode) {
    CrashRunOptions options;
    options.seed = a_seed();
    options.small = what;
    options.mode = mode;
    return options;
  }

  static std::size_t count(const std::vector<Event>& events, Event::Kind kind) {
    return static_cast<std::size_t>(std::count_if(
        events.begin(), events.end(), [&](const Event& event) { return event.kind == kind; }));
  }

  /// Fills the disk, and looks whether the appenders go on after it.
  static void strike(CrashRun& run, unsigned long times) {
    ASSERT_TRUE(run.goes_on(200)) << "nothing was ever written";
    for (unsigned long i = 0; i < times; ++i) {
      ASSERT_TRUE(run.fill_disk()) << "no commit fails on a full disk, strike " << i;
      ASSERT_TRUE(run.goes_on(200)) << "no progress after strike " << i;
    }
  }

  static void expect_sound(CrashRun& run) {
    run.end();
    const auto events = run.events();
    const auto rows = run.rows();
    EXPECT_EQ(told(check(events, rows)), "");
    EXPECT_EQ(count(events, Event::Kind::kBroken), 0U) << "a failure that says: do not retry";
    std::printf("%zu events, %zu rows, %zu commits failed, %zu times a server died of it\n",
                events.size(), rows.size(), count(events, Event::Kind::kUnavailable),
                run.logged("PANIC"));
  }
};

TEST_F(Disk, FullLosesNothingThatWasAcknowledged) {
  CrashRun run(small(OnSmallDisk::kAll, Mode::kFence));
  strike(run, rounds(1));
  expect_sound(run);
}

TEST_F(Disk, OfTheLogFullLosesNothingThatWasAcknowledged) {
  CrashRun run(small(OnSmallDisk::kLog, Mode::kFence));
  strike(run, rounds(1));
  expect_sound(run);
  EXPECT_GT(run.logged("No space left on device"), 0U) << "it was not the disk";
}

TEST_F(Disk, TheCheckerSeesAnAppenderThatTakesAFailureForSuccess) {
  CrashRun run(small(OnSmallDisk::kAll, Mode::kHasty));
  ASSERT_TRUE(run.goes_on(200)) << "nothing was ever written";
  // A message that was delivered again meanwhile hides the breach: then once more.
  constexpr int kRoundsMax = 16;
  std::vector<Breach> breaches;
  for (int round = 0; round < kRoundsMax && breaches.empty(); ++round) {
    ASSERT_TRUE(run.fill_disk());
    ASSERT_TRUE(run.goes_on(200));
    const auto events =
        run.events();  // Before the rows: what is acknowledged later has its row later.
    breaches = of_promise(check(events, run.rows()), "false_ack");
  }
  run.end();
  EXPECT_FALSE(breaches.empty()) << "the control breaks no promise that the checker can see";
}

}  // namespace
}  // namespace mitr::history
