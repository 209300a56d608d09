// Goal: whatever is killed, stopped or cut, the journal keeps its promises; and the checker that
// says so sees it when the fence is away. Method: three processes on one PostgreSQL, a striker with
// a seed, the checker over what they say and what the journal holds. MITR_SOAK_ROUNDS: strikes;
// MITR_SEED: the seed.
#include <cstdio>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <random>

#include "tests/history/checker.h"
#include "tests/history/crash_run.h"

namespace mitr::history {
namespace {

unsigned long number_from(const char* variable, unsigned long otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

unsigned a_seed() {
  const auto seed = static_cast<unsigned>(number_from("MITR_SEED", std::random_device{}()));
  std::printf("seed %u (MITR_SEED=%u plays it again)\n", seed, seed);
  return seed;
}

std::string told(const std::vector<Breach>& breaches) {
  std::map<std::string, std::size_t> counts;
  for (const auto& breach : breaches) ++counts[breach.promise];
  std::string text;
  for (const auto& [promise, count] : counts)
    text += promise + " " + std::to_string(count) + " times; ";
  return text;
}

/// Stops the holder until another has taken over and written, then lets it go on.
bool stop_holder(CrashRun& run) {
  const auto before = run.epoch();
  const int holder = run.holder();
  if (holder < 0) return false;
  run.stop_appender(holder);
  const bool taken = run.taken_after(before) && run.goes_on(300);
  run.continue_appender(holder);
  return taken && run.goes_on(100);
}

bool kill_holder(CrashRun& run) {
  const auto before = run.epoch();
  const int holder = run.holder();
  if (holder < 0) return false;
  run.kill_appender(holder);
  const bool taken = run.taken_after(before) && run.goes_on(100);
  run.start_appender(holder);
  return taken;
}

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
  const auto strikes = number_from("MITR_SOAK_ROUNDS", 8);
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
CrashRunOptions paused(bool fence) {
  CrashRunOptions options;
  options.seed = a_seed();
  options.fence = fence;
  options.pause = std::chrono::milliseconds(20);
  return options;
}

TEST(Crash, AWriterWithTheFenceIsFencedAfterThePause) {
  CrashRun run(paused(true));
  ASSERT_TRUE(run.goes_on(100)) << "nothing was ever written";
  constexpr int kRounds = 2;
  for (int round = 0; round < kRounds; ++round) ASSERT_TRUE(stop_holder(run));
  run.end();
  EXPECT_EQ(told(check(run.events(), run.rows())), "");
}

TEST(Crash, TheCheckerSeesAWriterWithoutTheFence) {
  CrashRun run(paused(false));
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
