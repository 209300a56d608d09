// Goal: one seed decides everything, and a node keeps its promises whatever the seed. Method: a few
// fixed seeds, short; `./dev soak` and `mitr simulate --seeds` run many.
#include "tools/simulate/simulation.h"

#include <gtest/gtest.h>

#include "tests/simulate/simulated_packs.h"

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;

/// A whole run as text.
std::string trace_of(const Plan& plan) {
  std::string text;
  simulate(plan, packs(), [&text](std::string_view, const std::string& line) {
    text += line;
    text += '\n';
  });
  return text;
}

/// The same by the program, in a process of its own.
std::string trace_by_program(const std::string& arguments) {
  std::string command(MITR_PROGRAM);
  command.append(" simulate ").append(arguments);
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  char buffer[4096];
  for (std::size_t got = 0; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    text.append(buffer, got);
  return pclose(pipe) == 0 ? text : "";
}

std::string told(const Report& report) {
  if (!report.breach) return "";
  return report.breach->invariant + ": " + report.breach->what;
}

TEST(Simulation, OfOneSeedIsTheSameEveryTime) {
  const Plan plan{7, 6min, 12, Faults::kWild, Planted::kNothing};
  const auto trace = trace_of(plan);
  EXPECT_GT(trace.size(), 10'000u);
  EXPECT_TRUE(trace == trace_of(plan));
}

TEST(Simulation, OfOneSeedIsTheSameInEveryProcess) {
  const std::string arguments = "--seed 7 --minutes 4 --people 8 --faults wild --trace";
  const auto trace = trace_by_program(arguments);
  const auto ours = trace_of({7, 4min, 8, Faults::kWild, Planted::kNothing});
  ASSERT_GT(ours.size(), 1000u);
  EXPECT_EQ(trace.substr(0, ours.size()), ours) << "the program adds a summary";
  EXPECT_TRUE(trace == trace_by_program(arguments));
}

TEST(Simulation, OfAnotherSeedIsAnother) {
  const auto first = simulate({1, 2min, 8, Faults::kMild, Planted::kNothing}, packs());
  const auto second = simulate({2, 2min, 8, Faults::kMild, Planted::kNothing}, packs());
  EXPECT_NE(first.fingerprint, second.fingerprint);
}

TEST(Simulation, OfATownThatIsListenedToIsTheSame) {
  const Plan plan{3, 3min, 8, Faults::kWild, Planted::kNothing};
  const auto watched = simulate(plan, packs(), [](std::string_view, const std::string&) {});
  EXPECT_EQ(simulate(plan, packs()).fingerprint, watched.fingerprint);
}

TEST(Simulation, InAKindWorldNothingIsRepeatedFencedOrSaidTwice) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto report = simulate({seed, 40min, 12, Faults::kNone, Planted::kNothing}, packs());
    EXPECT_EQ(told(report), "") << "seed " << seed;
    EXPECT_GT(report.counts.completed, 20u);
    EXPECT_GT(report.counts.timer_turns, 0u);
    EXPECT_EQ(report.counts.repeats, 0u);
    EXPECT_EQ(report.counts.fenced, 0u);
    EXPECT_EQ(report.counts.doubles, 0u);
  }
}

TEST(Simulation, InAMildWorldEveryPromiseIsKept) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    EXPECT_EQ(told(simulate({seed, 30min, 12, Faults::kMild, Planted::kNothing}, packs())), "")
        << "seed " << seed;
}

TEST(Simulation, InAWildWorldEveryPromiseIsKept) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const auto report = simulate({seed, 30min, 12, Faults::kWild, Planted::kNothing}, packs());
    EXPECT_EQ(told(report), "") << "seed " << seed;
    EXPECT_GT(report.crashes, 0u);
    EXPECT_GT(report.counts.repeats, 0u);
  }
}

}  // namespace
}  // namespace mitr::simulate
