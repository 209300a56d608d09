// Goal: whatever goes wrong with a reply is counted, once, as what it is. Method: each fault is
// planted in a dialogue that is otherwise right.
#include "tools/load/ledger.h"

#include <gtest/gtest.h>

#include "tests/tools/load/small_cast.h"

namespace mitr::load {
namespace {

using namespace std::chrono_literals;

class LedgerTest : public testing::Test {
 protected:
  PersonIndex begin() { return ledger.admit(); }
  std::size_t say(PersonIndex person) {
    const auto turn = ledger.say(person, now += 1ms);
    ledger.answered(person, turn, true);
    return turn;
  }
  Ledger::Heard hear(PersonIndex person, std::string_view text) {
    return ledger.hear(cast.phone(person), cast.number(person), text);
  }
  Ledger::Heard hear_right(PersonIndex person, std::size_t turn) {
    return hear(person, right_reply(cast, person, turn));
  }
  /// Counts of faults but `which` are zero; that one is `count`.
  void expect_only(Fault which, std::uint64_t count) {
    EXPECT_EQ(ledger.counts().fault(which), count);
    EXPECT_EQ(ledger.counts().faults_total(), count);
  }

  Cast cast = small_cast();
  Ledger ledger{cast};
  Ticks now{};
};

TEST_F(LedgerTest, FindsNothingInADialogueThatGoesRight) {
  for (const PersonIndex person : {begin(), begin()}) {
    for (std::size_t turn = 0; turn < 3; ++turn) {
      ASSERT_EQ(say(person), turn);
      const auto heard = hear_right(person, turn);
      EXPECT_EQ(heard.fault, std::nullopt);
      EXPECT_EQ(heard.due, now);
      EXPECT_EQ(heard.completed, turn == 2);
    }
    EXPECT_TRUE(ledger.is_over(person));
  }
  EXPECT_EQ(ledger.counts().faults_total(), 0u);
  EXPECT_EQ(ledger.counts().turns, 6u);
  EXPECT_EQ(ledger.counts().accepted, 6u);
  EXPECT_EQ(ledger.counts().replies, 6u);
  EXPECT_EQ(ledger.counts().completed, 2u);
  EXPECT_EQ(ledger.turns_open(), 0u);
}

TEST_F(LedgerTest, CountsALostReply) {
  const auto person = begin();
  const auto turn = say(person);
  EXPECT_TRUE(ledger.lose(person, turn));
  EXPECT_FALSE(ledger.lose(person, turn));
  expect_only(Fault::kLost, 1);
  EXPECT_TRUE(ledger.is_over(person));
  EXPECT_EQ(ledger.turns_open(), 0u);
}

TEST_F(LedgerTest, CountsADoubledReplyAndGoesOn) {
  const auto person = begin();
  hear_right(person, say(person));
  EXPECT_EQ(hear_right(person, 0).fault, Fault::kDoubled);
  EXPECT_EQ(hear_right(person, say(person)).fault, std::nullopt);
  EXPECT_EQ(hear_right(person, say(person)).fault, std::nullopt);
  // Long after, too.
  EXPECT_EQ(hear_right(person, 2).fault, Fault::kDoubled);
  expect_only(Fault::kDoubled, 2);
}

TEST_F(LedgerTest, CountsSwappedRepliesOnce) {
  const auto person = begin();
  say(person);
  say(person);
  EXPECT_EQ(hear_right(person, 1).fault, Fault::kOutOfOrder);
  EXPECT_EQ(hear_right(person, 0).fault, std::nullopt);
  expect_only(Fault::kOutOfOrder, 1);
  EXPECT_EQ(ledger.turns_open(), 0u);
}

TEST_F(LedgerTest, CountsAWrongTextAndNotItsTurnAsLost) {
  const auto person = begin();
  const auto turn = say(person);
  EXPECT_EQ(hear(person, "Good morning!").fault, Fault::kWrong);
  EXPECT_FALSE(ledger.lose(person, turn));
  expect_only(Fault::kWrong, 1);
}

TEST_F(LedgerTest, CountsTheReplyOfAnotherPersonAsWrong) {
  const auto one = begin();
  begin();
  const auto other = begin();  // With the same script.
  for (std::size_t turn = 0; turn < 2; ++turn) {
    say(one);
    hear_right(one, turn);
    say(other);
    hear_right(other, turn);
  }
  say(one);
  say(other);
  EXPECT_EQ(hear(one, right_reply(cast, other, 2)).fault, Fault::kWrong);
  EXPECT_EQ(hear(other, right_reply(cast, one, 2)).fault, Fault::kWrong);
  expect_only(Fault::kWrong, 2);
}

TEST_F(LedgerTest, CountsAReplyFromAnotherNumberAsWrong) {
  const auto person = begin();
  say(person);
  EXPECT_EQ(ledger.hear(cast.phone(person), "999", right_reply(cast, person, 0)).fault,
            Fault::kWrong);
  expect_only(Fault::kWrong, 1);
}

TEST_F(LedgerTest, CountsARefusedWebhook) {
  const auto person = begin();
  ledger.answered(person, ledger.say(person, now), false);
  expect_only(Fault::kRefused, 1);
  EXPECT_TRUE(ledger.is_over(person));
  EXPECT_FALSE(ledger.may_say(person, 1));
  // A reply that comes all the same is no further fault.
  hear_right(person, 0);
  expect_only(Fault::kRefused, 1);
  EXPECT_EQ(ledger.counts().late, 1u);
}

TEST_F(LedgerTest, CountsAReplyToSomeoneWhoSaidNothing) {
  const auto person = begin();
  EXPECT_EQ(hear(person, "Hello?").fault, Fault::kUnexpected);
  EXPECT_EQ(ledger.hear("910999999999", "100", "Who?").fault, Fault::kUnexpected);
  EXPECT_EQ(ledger.hear("not a phone", "100", "Who?").fault, Fault::kUnexpected);
  expect_only(Fault::kUnexpected, 3);
}

TEST_F(LedgerTest, CountsAForgeryThatIsNotRefused) {
  ledger.count_forgery(401);
  expect_only(Fault::kForgeryTaken, 0);
  ledger.count_forgery(200);
  expect_only(Fault::kForgeryTaken, 1);
  EXPECT_EQ(ledger.counts().forgeries_refused, 1u);
}

TEST_F(LedgerTest, LetsOneSpeakAheadOnlyAfterTheLastWasAccepted) {
  const auto person = begin();
  const auto turn = ledger.say(person, now);
  EXPECT_FALSE(ledger.may_say(person, 2));
  ledger.answered(person, turn, true);
  EXPECT_TRUE(ledger.may_say(person, 2));
  EXPECT_FALSE(ledger.may_say(person, 1));
  say(person);
  EXPECT_FALSE(ledger.may_say(person, 2));
  hear_right(person, 0);
  EXPECT_TRUE(ledger.may_say(person, 2));
}

TEST_F(LedgerTest, DescribesFaultsWithoutAnyonesWords) {
  const auto person = begin();
  say(person);
  hear(person, "Good morning, Aisha Khan!");
  ASSERT_EQ(ledger.described().size(), 1u);
  EXPECT_EQ(ledger.described().front(), "wrong: person 0, leave turn 1");
}

}  // namespace
}  // namespace mitr::load
