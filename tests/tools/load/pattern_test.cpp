// Goal: a reply fits its pattern only as a whole, and only for its own person.
#include "tools/load/pattern.h"

#include <gtest/gtest.h>

namespace mitr::load {
namespace {

using namespace std::chrono_literals;

const std::vector<ValueSpec> kValues{
    {.name = "student", .kind = ValueKind::kName, .after = {}, .options = {}},
    {.name = "from", .kind = ValueKind::kDate, .min = 3, .max = 3, .after = {}, .options = {}}};

PersonValues person(std::uint64_t n) {
  return {kValues, n, std::chrono::sys_days(2026y / 11 / 27)};
}
Pattern pattern(std::string_view text) {
  auto read = Pattern::parse(text, kValues, true);
  EXPECT_TRUE(read.ok());
  return read ? *read : Pattern();
}

TEST(Pattern, WritesADateAsTypedAndAsShown) {
  EXPECT_EQ(pattern("{from}").fill(person(1)), "2026-11-30");
  EXPECT_EQ(pattern("{from:shown}").fill(person(1)), "Mon 30 Nov 2026");
}

TEST(Pattern, KnowsAPersonsOwnNumber) {
  EXPECT_EQ(pattern("ref {n}.").fill(person(4711)), "ref 4711.");
}

TEST(Pattern, FitsTheWholeTextOnly) {
  EXPECT_TRUE(pattern("Which class?").matches("Which class?", person(1)));
  EXPECT_FALSE(pattern("Which class?").matches("Which class? Really?", person(1)));
  EXPECT_FALSE(pattern("Which class?").matches("So: Which class?", person(1)));
}

TEST(Pattern, TakesAStarForAnythingBetween) {
  const auto between = pattern("From*until*, please");
  EXPECT_TRUE(between.matches("From Monday until Friday, please", person(1)));
  EXPECT_TRUE(between.matches("Fromuntil, please", person(1)));
  EXPECT_FALSE(between.matches("From Monday, please", person(1)));
  EXPECT_FALSE(between.matches("From Monday until Friday", person(1)));
  // What begins and what ends the text may not be the same letters.
  EXPECT_FALSE(pattern("aba*ba").matches("aba", person(1)));
}

TEST(Pattern, FitsOnePersonAndNotAnother) {
  const auto ref = pattern("*ref {n}");
  EXPECT_TRUE(ref.matches(ref.fill(person(17)), person(17)));
  EXPECT_FALSE(ref.matches(ref.fill(person(17)), person(18)));
  EXPECT_EQ(pattern("{student}").fill(person(17)), pattern("{student}").fill(person(17)));
}

TEST(Pattern, RefusesAPlaceWithoutAValue) {
  EXPECT_EQ(Pattern::parse("Hello {nobody}", kValues, true).error().code, Errc::kInvalidConfig);
}

TEST(Pattern, KeepsAStarThatIsSaid) {
  EXPECT_EQ(Pattern::parse("5 * 3", kValues, false)->fill(person(1)), "5 * 3");
}

}  // namespace
}  // namespace mitr::load
