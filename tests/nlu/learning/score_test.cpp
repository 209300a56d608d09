// Goal: an understanding becomes a label, and labels become counts.
#include "nlu/learning/score.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

TEST(Begun, IsAFlowAPersonAQuestionOrNothing) {
  Understanding understood;
  EXPECT_EQ(begun_by(understood), "-");
  understood.move = Move::kHuman;
  EXPECT_EQ(begun_by(understood), "(human)");
  understood.rivals = {"leave", "fees"};
  EXPECT_EQ(begun_by(understood), "?");
  understood.intent = "leave";
  EXPECT_EQ(begun_by(understood), "leave");
}

TEST(Score, CountsWhatWasRightWrongAskedAndMissed) {
  Score score;
  score.add("leave", "leave");
  score.add("-", "-");
  score.add("leave", "fees");
  score.add("-", "fees");
  score.add("leave", "?");
  score.add("leave", "-");
  EXPECT_EQ(score, (Score{2, 2, 1, 1}));
  EXPECT_EQ(score.all(), 6U);
  EXPECT_EQ(score.worth(), 0);
}

TEST(Confusion, TellsWhatEachLabelIsTakenFor) {
  Confusion confusion;
  for (const char* begun : {"fees", "leave", "leave", "fees", "-"}) confusion.add("leave", begun);
  const auto cells = confusion.cells();
  ASSERT_EQ(cells.size(), 3U);
  EXPECT_EQ(cells[0].begun, "leave");
  EXPECT_EQ(cells[0].count, 2U);
  EXPECT_EQ(cells[1].begun, "fees");
  EXPECT_EQ(cells[2].begun, "-");
}

}  // namespace
}  // namespace mitr
