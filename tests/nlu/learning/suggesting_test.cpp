// Goal: what happened after a first sentence tells what it meant, and what nobody need look at is
// not offered. Method: conversations as their records, by hand.
#include "nlu/learning/suggesting.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

TurnRecord turn(const char* words, Understanding understood, std::vector<Event> events,
                bool at_rest) {
  TurnRecord record;
  record.input = HeardWords{Personal(words), std::move(understood)};
  record.events = std::move(events);
  if (at_rest) record.snapshot = DialogueState{};
  return record;
}
TurnRecord not_understood(const char* words) {
  return turn(words, {}, {NotUnderstood{}}, true);
}
TurnRecord begins(const char* words, const char* flow, std::uint16_t permille = 900) {
  Understanding understood;
  understood.intent = flow;
  understood.confidence_permille = permille;
  return turn(words, understood, {FlowStarted{flow}, Asked{"class"}}, false);
}
TurnRecord cancels(const char* flow) {
  return turn("no, cancel", {}, {FlowCancelled{flow}}, true);
}

std::vector<Suggestion> suggested(const std::vector<TurnRecord>& turns, std::uint64_t first = 1) {
  ConversationReview review;
  for (const TurnRecord& each : turns) review.add(first++, each);
  return review.suggestions();
}

TEST(Suggesting, OffersWhatWasNotUnderstood) {
  EXPECT_EQ(suggested({not_understood("blue form")}),
            (std::vector<Suggestion>{{1, Worth::kNotUnderstood, "", Personal("blue form")}}));
}

TEST(Suggesting, LearnsFromWhatIsSaidAgainInOtherWords) {
  EXPECT_EQ(suggested({not_understood("bunk tomorrow"), begins("leave tomorrow", "leave")}),
            (std::vector<Suggestion>{{1, Worth::kSaidAgain, "leave", Personal("bunk tomorrow")}}));
}

TEST(Suggesting, LearnsFromACorrection) {
  EXPECT_EQ(
      suggested({begins("money for the trip", "leave"), cancels("leave"), begins("fees", "fees")}),
      (std::vector<Suggestion>{{1, Worth::kCorrected, "fees", Personal("money for the trip")}}));
}

TEST(Suggesting, TakesNoNewMatterForACorrection) {
  EXPECT_TRUE(suggested({begins("leave tomorrow", "leave"), cancels("leave")}).empty());
  EXPECT_TRUE(suggested({begins("leave tomorrow", "leave"),
                         turn("5B", {}, {FlowCompleted{"leave"}}, true), begins("fees", "fees")})
                  .empty());
}

TEST(Suggesting, LearnsFromWhatIsPicked) {
  Understanding either;
  either.rivals = {"leave", "fees"};
  const auto asks = turn("half day money", either, {Doubted{}, Asked{"(which)"}}, false);
  EXPECT_EQ(suggested({asks, begins("fees", "fees")}),
            (std::vector<Suggestion>{{1, Worth::kPicked, "fees", Personal("half day money")}}));
}

TEST(Suggesting, OffersWhatAPersonHadToTakeOver) {
  const auto human = turn("a person please", {}, {HandedOver{"asked", 0}}, true);
  EXPECT_EQ(suggested({not_understood("blue form"), human}),
            (std::vector<Suggestion>{{1, Worth::kHandedOver, "", Personal("blue form")}}));
}

TEST(Suggesting, OffersWhatHardlySaidWhatItBegan) {
  EXPECT_EQ(suggested({begins("absent monday", "leave", 640)}),
            (std::vector<Suggestion>{{1, Worth::kUnsure, "leave", Personal("absent monday")}}));
  EXPECT_TRUE(suggested({begins("leave monday", "leave", 900)}).empty());
}

TEST(Suggesting, TakesNoAnswerForAFirstSentence) {
  ConversationReview review;
  review.add(1, begins("leave monday", "leave"));
  review.add(2, turn("it is the blue one", {}, {SlotMissed{"class"}}, false));
  ASSERT_EQ(review.openings().size(), 1U);
  EXPECT_EQ(review.openings()[0].words, Personal("leave monday"));
}

/// Looked back over a month, a conversation may be met in its middle.
TEST(Suggesting, BeginsInTheMiddleOfAConversation) {
  const auto answer = turn("5B", {}, {SlotFilled{"class", {}}}, false);
  EXPECT_TRUE(suggested({answer, answer}, 40).empty());
  EXPECT_EQ(suggested({answer, cancels("leave"), not_understood("blue form")}, 40).size(), 1U);
  EXPECT_EQ(suggested({not_understood("blue form")}, 40).size(), 1U);
}

}  // namespace
}  // namespace mitr
