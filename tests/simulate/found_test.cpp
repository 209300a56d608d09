// Goal: what a seed found once stays mended. Method: the plan of that day; each test says what was
// broken. A later change may lead a seed elsewhere, so the actors' own tests name the moment, where
// they can.
#include <gtest/gtest.h>

#include "tests/simulate/simulated_packs.h"
#include "tools/simulate/simulation.h"

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;

std::string broken(std::uint64_t seed, std::chrono::minutes lasts = 40min) {
  const auto report = simulate({seed, lasts, 12, Faults::kWild, Planted::kNothing}, packs());
  return report.breach ? report.breach->invariant + ": " + report.breach->what : "";
}

// A status came while the send's answer was awaited, the answer never; a minute later the reply was
// said again.
TEST(Found, AStatusThatOvertakesALostAnswer) {
  EXPECT_EQ(broken(1, 30min), "");
}

// A turn in doubt while a sweep was under way, or one was due sooner: that sweep ended the search,
// and the reply never left.
TEST(Found, ADoubtDuringASweep) {
  EXPECT_EQ(broken(91), "");
  EXPECT_EQ(broken(58), "");
}

// A sweep found a later reply; the earlier one, of which nothing was heard, was said again after
// it.
TEST(Found, ARepeatOfAQuestionThatIsNoLongerTheLast) {
  EXPECT_EQ(broken(51), "");
  EXPECT_EQ(broken(153), "");
}

// A sweep found a reply long after its turn; it was under way since then only, for the lease, and
// the next life looked no further back.
TEST(Found, AReplyFoundLateAndACrash) {
  const auto report = simulate({200469, 30min, 40, Faults::kWild, Planted::kNothing}, packs());
  EXPECT_FALSE(report.breach) << report.breach->invariant;
}

}  // namespace
}  // namespace mitr::simulate
