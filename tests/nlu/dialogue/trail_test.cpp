// Goal: why a message was said follows from the stored turns alone, back to the words of each
// value.
#include "nlu/dialogue/trail.h"

#include <gtest/gtest.h>

#include "config/pack_file.h"
#include "nlu/slots/date.h"

namespace mitr {
namespace {

/// A parent's conversation with the school as its journal holds it.
std::vector<TurnRecord> journal_of(const std::vector<const char*>& lines, const Pack& pack) {
  Moment now;
  now.today = *parse_iso_date("2026-11-23");
  DialogueState state;
  std::vector<TurnRecord> turns;
  for (const char* line : lines) {
    TurnRecord turn;
    const Personal words(line);
    turn.input = HeardWords{words, understand(pack, {}, state, words, now)};
    turn.events = step(pack, {}, state, turn.input, now).events;
    for (const Event& event : turn.events) apply(state, event);
    turn.pack = pack.version();
    turns.push_back(std::move(turn));
  }
  return turns;
}

TEST(Trail, NamesFlowStepRulesAndTheTurnOfEachValue) {
  const auto pack = load_pack("config/packs/school").pack;
  ASSERT_TRUE(pack);
  const Trail trail =
      trail_of(journal_of({"I need leave", "Asha Verma", "6A", "no, 5B"}, *pack), 1);
  EXPECT_EQ(trail.seq, 4u);
  EXPECT_EQ(trail.pack, pack->version());
  EXPECT_EQ(trail.heard, "words");
  EXPECT_EQ(trail.flow, "leave");
  EXPECT_EQ(trail.step, "from");
  EXPECT_EQ(trail.rules, (std::vector<std::string>{"filled class", "asked from", "timer set"}));
  EXPECT_EQ(trail.slots,
            (std::vector<FilledSlot>{
                {"leave", "student", 2, {Personal("Asha Verma"), Personal("Asha Verma")}},
                {"leave", "class", 4, {Personal("5B"), Personal("5B")}}}));
}

TEST(Trail, OfATurnThatEndedAFlowStillShowsItsValues) {
  const auto pack = load_pack("config/packs/school").pack;
  ASSERT_TRUE(pack);
  const Trail trail = trail_of(
      journal_of({"leave", "Asha Verma", "5B", "10 Dec", "same day", "a wedding", "yes"}, *pack),
      11);
  EXPECT_EQ(trail.seq, 17u);
  EXPECT_EQ(trail.flow, "leave");
  EXPECT_EQ(trail.slots.size(), 5u);
  EXPECT_EQ(trail.slots.back().seq, 16u);
  EXPECT_EQ(trail.rules.front(), "completed leave");
}

TEST(Trail, ForgetsTheValuesOfAFlowThatBeganAnew) {
  const auto pack = load_pack("config/packs/school").pack;
  ASSERT_TRUE(pack);
  const Trail trail = trail_of(journal_of({"leave", "Asha Verma", "cancel", "leave"}, *pack), 1);
  EXPECT_TRUE(trail.slots.empty());
}

TEST(Trail, OfNothingIsEmpty) {
  EXPECT_EQ(trail_of({}, 0), Trail{});
}

}  // namespace
}  // namespace mitr
