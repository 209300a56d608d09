// Goal: what is reviewed is parted into what teaches and what tests, and no one person decides what
// words mean. Method: a pack of two flows and many made-up reviews.
#include "nlu/learning/curriculum.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "nlu/learning/held_out.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

std::unique_ptr<Pack> pack() {
  PackParts parts;
  for (const char* name : {"leave", "fees"}) {
    Flow flow;
    flow.name = name;
    parts.flows.push_back(flow);
  }
  for (int i = 0; i < 30; ++i) {
    parts.examples.push_back({"leave on day " + std::to_string(i), "leave"});
    parts.examples.push_back({"fee of month " + std::to_string(i), "fees"});
  }
  return std::make_unique<Pack>(std::move(parts));
}

ContactId person(std::uint8_t number) {
  ContactId id;
  id.bytes[15] = number;
  return id;
}

std::vector<ReviewedWords> said_by(std::uint8_t contact, int count, const char* label) {
  std::vector<ReviewedWords> all;
  for (int i = 0; i < count; ++i) {
    all.push_back({person(contact), static_cast<std::uint64_t>(i + 1), label,
                   Personal("utterance " + std::to_string(contact) + " " + std::to_string(i))});
  }
  return all;
}

TEST(Curriculum, TeachesNoMoreThanTheLimitOfOneContact) {
  auto reviewed = said_by(1, 500, "fees");
  for (auto& each : said_by(2, 3, "leave")) reviewed.push_back(std::move(each));
  const auto curriculum = curriculum_of(*pack(), reviewed);
  EXPECT_EQ(curriculum.teach.size() + curriculum.test.size(), limits::kReviewsOfContactMax + 3);
  EXPECT_EQ(curriculum.over_limit, 500 - limits::kReviewsOfContactMax);
}

TEST(Curriculum, NeverTeachesWhatTests) {
  std::vector<ReviewedWords> reviewed;
  for (std::uint8_t contact = 1; contact <= 40; ++contact) {
    for (auto& each : said_by(contact, 5, "fees")) reviewed.push_back(std::move(each));
  }
  const auto curriculum = curriculum_of(*pack(), reviewed);
  EXPECT_GT(curriculum.test.size(), 20U);
  for (const auto& each : curriculum.test)
    EXPECT_TRUE(held_out(each.words.reveal(), kHeldOutReviewed));
  const auto rows = lesson_rows(*pack(), Examples::kAll, curriculum.teach);
  EXPECT_EQ(rows.size(), 60 + curriculum.teach.size());
  for (const auto& row : rows) {
    for (const auto& tests : curriculum.test) EXPECT_NE(row.text, tests.words);
  }
}

TEST(Curriculum, IsTheSameInAnyOrder) {
  std::vector<ReviewedWords> reviewed = said_by(1, 12, "fees");
  for (auto& each : said_by(2, 12, "leave")) reviewed.push_back(std::move(each));
  const auto one = curriculum_of(*pack(), reviewed);
  std::reverse(reviewed.begin(), reviewed.end());
  const auto other = curriculum_of(*pack(), reviewed);
  ASSERT_EQ(one.teach.size(), other.teach.size());
  for (std::size_t i = 0; i < one.teach.size(); ++i)
    EXPECT_EQ(one.teach[i].words, other.teach[i].words);
}

TEST(Curriculum, LeavesOutFlowsThatThePackHasNoMore) {
  const auto curriculum = curriculum_of(*pack(), said_by(1, 3, "canteen"));
  EXPECT_EQ(curriculum.unknown, 3U);
  EXPECT_TRUE(curriculum.teach.empty() && curriculum.test.empty());
  EXPECT_TRUE(is_label(*pack(), "-"));
  EXPECT_TRUE(is_label(*pack(), "(human)"));
  EXPECT_FALSE(is_label(*pack(), ""));
}

TEST(Curriculum, TestsNothingThatThePackTeaches) {
  std::vector<ReviewedWords> reviewed;
  for (int i = 0; i < 30; ++i) {
    reviewed.push_back({person(static_cast<std::uint8_t>(i)), 1, "leave",
                        Personal("leave on day " + std::to_string(i))});
  }
  EXPECT_TRUE(curriculum_of(*pack(), reviewed).test.empty());
}

TEST(Curriculum, KeepsTheGuardsExamplesOutOfItsLesson) {
  const auto all = lesson_rows(*pack(), Examples::kAll, {});
  const auto some = lesson_rows(*pack(), Examples::kWithoutHeldOut, {});
  EXPECT_LT(some.size(), all.size());
  for (const auto& row : some) EXPECT_FALSE(held_out(row.text.reveal(), kHeldOutExamples));
}

}  // namespace
}  // namespace mitr
