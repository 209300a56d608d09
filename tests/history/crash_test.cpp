// Goal: whatever is killed, stopped or cut, the journal keeps its promises; and the checker that
// says so sees it when the fence is away. Method: three processes on one PostgreSQL, a striker with
// a seed, the checker over what they say and what the journal holds. MITR_SOAK_ROUNDS: strikes;
// MITR_SEED: the seed.
#include <cstdio>
#include <gtest/gtest.h>
#include <random>

#include "tests/history/strikes.h"

namespace mitr::history {
namespace {

bool strike(CrashRun& run, unsigned kind) {
  switch (kind % 4) {
    case 0:
      return stop_holder(run);
    case 1:
      return kill_holder(run);
    case 2:
      run.kill_backend();
      return run.goes_on(200);
    default:
      run.kill_postmaster();
      return run.goes_on(200);
  }
}

TEST(Crash, KeepsTheJournalsPromises) {
  const unsigned seed = a_seed();
  CrashRunOptions options;
  options.seed = seed;
  options.cut_one_in = 200;
  CrashRun run(options);
  ASSERT_TRUE(run.goes_on(200)) << "nothing was ever written";
  std::mt19937 random(seed);
  const auto strikes = rounds(8);
  const auto first = random();
  for (unsigned long i = 0; i < strikes; ++i) {
    // Every kind in turn at first, then any.
    const auto kind = static_cast<unsigned>(i < 4 ? first + i : random());
    std::fprintf(stderr, "strike %lu of %lu\n", i + 1, strikes);
    ASSERT_TRUE(strike(run, kind)) << "no progress after strike " << i << " of kind " << kind % 4;
  }
  run.end();
  const auto events = run.events();
  const auto rows = run.rows();
  EXPECT_EQ(told(check(events, rows)), "") << "seed " << seed;
  EXPECT_GT(run.cuts(), 0U) << "no connection was lost in a commit";
  std::printf("%zu events, %zu rows, %zu commits cut, epoch %u\n", events.size(), rows.size(),
              run.cuts(), run.epoch());
}

/// What the control is stopped in, and the product too, to be compared.
CrashRunOptions paused(Mode mode) {
  CrashRunOptions options;
  options.seed = a_seed();
  options.mode = mode;
  options.pause = std::chrono::milliseconds(20);
  return options;
}

TEST(Crash, AWriterWithTheFenceIsFencedAfterThePause) {
  CrashRun run(paused(Mode::kFence));
  ASSERT_TRUE(run.goes_on(100)) << "nothing was ever written";
  constexpr int kRounds = 2;
  for (int round = 0; round < kRounds; ++round) ASSERT_TRUE(stop_holder(run));
  run.end();
  EXPECT_EQ(told(check(run.events(), run.rows())), "");
}

TEST(Crash, TheCheckerSeesAWriterWithoutTheFence) {
  CrashRun run(paused(Mode::kClock));
  ASSERT_TRUE(run.goes_on(100)) << "nothing was ever written";
  constexpr int kRoundsMax = 20;
  std::vector<Breach> breaches;
  for (int round = 0; round < kRoundsMax && breaches.empty(); ++round) {
    ASSERT_TRUE(stop_holder(run));
    breaches = check({}, run.rows());
    std::erase_if(breaches, [](const Breach& breach) { return breach.promise != "stale"; });
  }
  EXPECT_FALSE(breaches.empty()) << "the control breaks no promise that the checker can see";
  run.end();
}

}  // namespace
}  // namespace mitr::history
