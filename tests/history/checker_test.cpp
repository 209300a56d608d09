// Goal: the checker sees every kind of breach, and none where there is none. Method: a sound run,
// and the same with one thing wrong.
#include "tests/history/checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mitr::history {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using Kind = Event::Kind;

std::vector<Row> sound_rows() {
  return {{7, 1, 1, 1, 1}, {7, 2, 2, 1, 1}, {7, 3, 3, 2, 2}, {8, 1, 1, 2, 2}};
}

std::vector<Event> sound_events() {
  return {{1, Kind::kCommitted, 7, 1, 1, 1}, {1, Kind::kLost, 7, 2, 2, 1},
          {2, Kind::kDuplicate, 7, 2, 3, 2}, {1, Kind::kFenced, 7, 3, 3, 1},
          {2, Kind::kCommitted, 7, 3, 3, 2}, {2, Kind::kCommitted, 8, 1, 1, 2},
          {1, Kind::kLost, 8, 9, 2, 1}};
}

std::vector<std::string> promises(const std::vector<Breach>& breaches) {
  std::vector<std::string> names;
  names.reserve(breaches.size());
  for (const auto& breach : breaches) names.push_back(breach.promise);
  return names;
}

TEST(Checker, PassesASoundRun) {
  EXPECT_THAT(promises(check(sound_events(), sound_rows())), IsEmpty());
}

TEST(Checker, SeesAnAcknowledgedMessageThatIsLost) {
  auto rows = sound_rows();
  rows.pop_back();
  EXPECT_THAT(promises(check(sound_events(), rows)), Contains("lost"));
}

TEST(Checker, SeesAMessageStoredTwice) {
  auto rows = sound_rows();
  rows.push_back({8, 2, 1, 2, 2});
  EXPECT_THAT(promises(check(sound_events(), rows)), Contains("twice"));
}

TEST(Checker, SeesAGap) {
  auto rows = sound_rows();
  rows.erase(rows.begin() + 1);
  EXPECT_THAT(promises(check(sound_events(), rows)), Contains("gap"));
}

TEST(Checker, SeesADeposedWritersRow) {
  auto rows = sound_rows();
  auto events = sound_events();
  rows.push_back({7, 4, 4, 1, 1});
  events.push_back({1, Kind::kCommitted, 7, 4, 4, 1});
  EXPECT_THAT(promises(check(events, rows)), ::testing::ElementsAre("stale"));
}

TEST(Checker, SeesAnAcknowledgementOfAnothersRow) {
  auto events = sound_events();
  events.push_back({1, Kind::kCommitted, 7, 2, 3, 1});
  EXPECT_THAT(promises(check(events, sound_rows())), Contains("false_ack"));
}

TEST(Checker, SeesAnAcknowledgementOfAPlaceThatIsEmpty) {
  auto events = sound_events();
  events.push_back({2, Kind::kCommitted, 8, 1, 2, 2});
  EXPECT_THAT(promises(check(events, sound_rows())), Contains("false_ack"));
}

TEST(Checker, SeesTwoWinnersOfAPlace) {
  auto events = sound_events();
  events.push_back({1, Kind::kCommitted, 7, 3, 3, 1});
  EXPECT_THAT(promises(check(events, sound_rows())), Contains("two_winners"));
}

TEST(Checker, SeesARowNobodySent) {
  auto rows = sound_rows();
  rows.push_back({8, 2, 77, 2, 2});
  EXPECT_THAT(promises(check(sound_events(), rows)), Contains("ghost"));
}

TEST(History, ReadsBackItsLinesButTheOneThatWasCut) {
  std::string text;
  for (const auto& event : sound_events()) text += line_of(event);
  EXPECT_EQ(read_events(text), sound_events());
  EXPECT_EQ(read_events(text + "{\"process\":").size(), sound_events().size());
  Row row;
  EXPECT_TRUE(read_body(body_of({7, 3, 5, 2, 9}), row));
  EXPECT_EQ(row.epoch, 9U);
  EXPECT_FALSE(read_body("sealed", row));
}

}  // namespace
}  // namespace mitr::history
