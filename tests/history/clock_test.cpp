// Goal: a database clock that jumps by hours, either way, makes no second writer and no outage: a
// lease that is cut short is another's turn, a lease that became endless is not believed; and the
// checker sees writers that trust the time instead of the fence. Method: the application finds a
// clock_timestamp() of ours first. MITR_SOAK_ROUNDS: jumps; MITR_SEED: the seed.
#include <cstdio>
#include <gtest/gtest.h>
#include <random>

#include "tests/history/strikes.h"

namespace mitr::history {
namespace {

constexpr int kMinutesMax = 6 * 60;

CrashRunOptions with_clock(Mode mode) {
  CrashRunOptions options;
  options.seed = a_seed();
  options.mode = mode;
  options.clock = true;
  return options;
}

/// False if the appenders do not go on.
bool strike(CrashRun& run, unsigned kind, int minutes) {
  switch (kind % 4) {
    case 0:
      return run.jump_clock(minutes) && run.goes_on(200);
    case 1:
      return run.jump_clock(-minutes) && run.goes_on(200);
    case 2:
      // Nobody renews a lease that has hours to go by now.
      return stop_holder(run, -minutes);
    default:
      return run.jump_clock(-minutes) && kill_holder(run);
  }
}

TEST(Clock, OfTheDatabaseMayJump) {
  auto options = with_clock(Mode::kFence);
  options.cut_one_in = 200;
  CrashRun run(options);
  ASSERT_TRUE(run.goes_on(200)) << "nothing was ever written";
  std::mt19937 random(options.seed);
  const auto first = random();
  const auto jumps = rounds(4);
  for (unsigned long i = 0; i < jumps; ++i) {
    // Every kind in turn at first, then any.
    const auto kind = static_cast<unsigned>(i < 4 ? first + i : random());
    const int minutes = 10 + static_cast<int>(random() % kMinutesMax);
    ASSERT_TRUE(strike(run, kind, minutes)) << "no progress after jump " << i << " of kind "
                                            << kind % 4 << " by " << minutes << " minutes";
  }
  run.end();
  const auto events = run.events();
  const auto rows = run.rows();
  EXPECT_EQ(told(check(events, rows)), "");
  std::printf("%zu events, %zu rows, epoch %u\n", events.size(), rows.size(), run.epoch());
}

TEST(Clock, ThatIsTrustedInsteadOfTheFenceIsSeenByTheChecker) {
  auto options = with_clock(Mode::kClock);
  // Long, so that the deposed go on for a while; paused, so that they meet their successors.
  options.lease = std::chrono::milliseconds(2000);
  options.pause = std::chrono::milliseconds(5);
  CrashRun run(options);
  ASSERT_TRUE(run.goes_on(100)) << "nothing was ever written";
  constexpr int kRoundsMax = 20;
  std::vector<Breach> breaches;
  for (int round = 0; round < kRoundsMax && breaches.empty(); ++round) {
    // Whoever looks first has the lease then: another, or the holder again.
    ASSERT_TRUE(run.jump_clock(kMinutesMax));
    ASSERT_TRUE(run.goes_on(200));
    breaches = of_promise(check({}, run.rows()), "stale");
  }
  EXPECT_FALSE(breaches.empty()) << "the control breaks no promise that the checker can see";
  run.end();
}

}  // namespace
}  // namespace mitr::history
