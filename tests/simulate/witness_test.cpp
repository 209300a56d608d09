// Goal: every invariant can fail. Method: made-up histories, told to the witness by hand; each
// holds one breach, and its sound twin none.
#include "tools/simulate/witness.h"

#include <gtest/gtest.h>

#include "protocols/limits.h"
#include "tests/simulate/simulated_packs.h"

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;
using whatsapp::SendVerdict;

constexpr const char* kNumber = "100000000000000";
constexpr const char* kPhone = "919810000001";
constexpr const char* kOffice = "919800000001";

class WitnessTest : public ::testing::Test {
 protected:
  WitnessTest() : witness_({school()}) {
    witness_.owns("Qkaboka", kNumber, {kPhone});
    witness_.owns("Qkabobo", kNumber, {"919810000002"});
    witness_.owns("Qkabodi", "100000000000001", {"919810000003"});
    witness_.staff(kNumber, kOffice);
  }

  std::shared_ptr<const TenantContext> school() {
    TenantContext context{tenant_,
                          "school",
                          {},
                          TenantSettings{},
                          *Zone::find("Asia/Kolkata"),
                          std::make_shared<LivePacks>(std::vector{school_pack()}),
                          {kNumber},
                          {}};
    return std::make_shared<TenantContext>(std::move(context));
  }

  /// What the machine would say to these words on the state so far.
  SeenTurn turn(const Input& input, const std::string& message) {
    SeenTurn seen{tenant_, contact_, ++seq_, {}, {}, true};
    seen.record.message = Personal(message);
    seen.record.input = input;
    seen.record.decided_at = at_;
    const auto context = school();
    const auto moment = context->zone.moment(std::chrono::sys_seconds{std::chrono::seconds{at_}});
    auto outcome = step(*context->packs->newest(), {}, state_, input, moment);
    for (const auto& event : outcome.events) apply(state_, event);
    seen.record.events = outcome.events;
    seen.record.reply = outcome.reply;
    if (outcome.reply) seen.leaving.push_back({contact_, seq_, 0});
    return seen;
  }
  SeenTurn words(const std::string& text) {
    const auto context = school();
    Expectation expected;
    return turn(HeardWords{Personal(text),
                           context->packs->newest()->understander().understand(text, expected)},
                "m" + std::to_string(seq_ + 1));
  }
  OutboxRef ref(std::uint16_t ord = 0) const { return {contact_, seq_, ord}; }
  void post(const OutboxRef& what, const char* to = kPhone, const std::string& text = "words") {
    witness_.posted({what, kNumber, to, text});
  }
  std::string broken() const {
    return witness_.breach() ? witness_.breach()->invariant : std::string();
  }

  TenantId tenant_{{1}};
  ContactId contact_{{2}};
  std::uint64_t seq_ = 0;
  std::int64_t at_ = 1'795'406'400;  // a Monday morning
  DialogueState state_;
  Witness witness_;
};

TEST_F(WitnessTest, FindsNothingInASoundHistory) {
  witness_.begins({});
  witness_.stored(words("I need leave for my daughter"));
  Envelope envelope;
  envelope.message = Personal("m1");
  witness_.said(envelope.message);
  witness_.acknowledged(envelope);
  post(ref(), kPhone, "for Qkaboka");
  witness_.answered(ref(), SendVerdict::kAccepted);
  witness_.moved(ref(), OutboxState::kDue, OutboxState::kSent);
  witness_.at_rest({});
  EXPECT_EQ(broken(), "");
}

TEST_F(WitnessTest, MissesATurnBehindA200) {
  Envelope envelope;
  envelope.message = Personal("m1");
  witness_.acknowledged(envelope);
  EXPECT_EQ(broken(), "acknowledged_is_stored");
}

TEST_F(WitnessTest, MissesAStatusBehindA200) {
  DeliveryStatus status;
  status.callback = to_string(OutboxRef{contact_, 1, 0});
  status.state = DeliveryState::kRead;
  witness_.acknowledged(status, OutboxState::kDelivered);
  EXPECT_EQ(broken(), "acknowledged_is_stored");
}

TEST_F(WitnessTest, SeesAMessageWithTwoTurns) {
  witness_.stored(turn(Unreadable{"image", true}, "m1"));
  witness_.stored(turn(Unreadable{"image", true}, "m1"));
  EXPECT_EQ(broken(), "one_outcome");
}

TEST_F(WitnessTest, SeesAGap) {
  seq_ = 1;
  witness_.stored(words("hi"));
  EXPECT_EQ(broken(), "gapless");
}

TEST_F(WitnessTest, SeesTwoTurnsOfOneConversationInACommit) {
  Append append;
  append.conversation = contact_;
  witness_.begins({append, append});
  EXPECT_EQ(broken(), "one_turn_at_a_time");
}

TEST_F(WitnessTest, SeesATurnDecidedOnAnotherState) {
  witness_.stored(words("I need leave for my daughter"));
  state_ = {};
  witness_.stored(words("Rohan Mehta"));
  EXPECT_EQ(broken(), "decided_on_state");
}

TEST_F(WitnessTest, SeesASnapshotThatIsNotTheFold) {
  auto seen = words("I need leave for my daughter");
  seen.record.snapshot = DialogueState{};
  witness_.stored(seen);
  EXPECT_EQ(broken(), "fold_is_state");
}

TEST_F(WitnessTest, SeesAParkedStateThatIsNotTheFold) {
  witness_.stored(words("I need leave for my daughter"));
  ConversationParked record;
  record.contact = contact_;
  record.last_seq = 1;
  record.state = encode(DialogueState{});
  witness_.parked(record);
  EXPECT_EQ(broken(), "fold_is_state");
}

TEST_F(WitnessTest, SeesATimerThatMakesTwoTurns) {
  witness_.stored(words("I need leave for my daughter"));
  const auto before = state_;
  at_ = state_.wake_at;
  auto first = turn(TimerFired{}, "");
  witness_.stored(first);
  // The same again, as if the first had never been: whatever else it breaks comes after.
  state_ = before;
  auto second = turn(TimerFired{}, "");
  witness_.stored(second);
  EXPECT_EQ(broken(), "timer_once");
}

TEST_F(WitnessTest, SeesAFenceWithoutAReason) {
  Append append;
  append.conversation = contact_;
  witness_.fenced(append, true);
  EXPECT_EQ(broken(), "") << "the lease had changed hands";
  witness_.fenced(append, false);
  EXPECT_EQ(broken(), "fence_has_reason");
}

TEST_F(WitnessTest, ForgivesAFenceAfterADoubt) {
  Append append;
  append.conversation = contact_;
  witness_.doubted(append);
  witness_.fenced(append, false);
  EXPECT_EQ(broken(), "");
}

TEST_F(WitnessTest, SeesAReplyBeforeItsTurn) {
  seq_ = 1;
  post(ref());
  EXPECT_EQ(broken(), "committed_before_sent");
}

TEST_F(WitnessTest, SeesASendBeforeTheLastWasAnswered) {
  witness_.stored(words("hi"));
  post(ref());
  witness_.stored(words("hello"));
  post(ref());
  EXPECT_EQ(broken(), "one_send_at_a_time");
}

TEST_F(WitnessTest, SeesAReplyThatLeavesTwice) {
  witness_.stored(words("hi"));
  post(ref());
  witness_.answered(ref(), SendVerdict::kAccepted);
  post(ref());
  EXPECT_EQ(broken(), "one_reply");
}

TEST_F(WitnessTest, ForgivesAReplyThatLeavesTwiceAfterACrash) {
  witness_.stored(words("hi"));
  post(ref());
  witness_.life_ended();
  post(ref());
  EXPECT_EQ(broken(), "");
  EXPECT_EQ(witness_.counts().doubles, 1u);
}

TEST_F(WitnessTest, SeesAReplyThatLeavesTwiceAfterACrashThoughItsFateWasKnown) {
  witness_.stored(words("hi"));
  post(ref());
  witness_.moved(ref(), OutboxState::kDue, OutboxState::kSent);
  witness_.life_ended();
  witness_.set_now(10s);
  post(ref());
  EXPECT_EQ(broken(), "one_reply");
}

TEST_F(WitnessTest, ForgivesARepeatOfAnUnheardReplyOnlyAfterItsPatience) {
  witness_.stored(words("hi"));
  post(ref());
  witness_.answered(ref(), SendVerdict::kUnknown);
  witness_.set_now(limits::kUnknownPatience);
  post(ref());
  EXPECT_EQ(broken(), "");
  witness_.answered(ref(), SendVerdict::kUnknown);
  witness_.set_now(limits::kUnknownPatience * 3);
  post(ref());
  EXPECT_EQ(broken(), "one_reply") << "once";
}

TEST_F(WitnessTest, SeesANoticeThatLeavesTwiceAfterACrash) {
  auto seen = words("hi");
  seen.leaving.push_back(ref(1));
  witness_.stored(seen);
  post(ref(1), kOffice);
  witness_.life_ended();
  post(ref(1), kOffice);
  EXPECT_EQ(broken(), "one_reply");
}

TEST_F(WitnessTest, SeesRepliesOutOfOrder) {
  witness_.stored(words("hi"));
  const auto first = ref();
  witness_.stored(words("hello"));
  post(ref());
  witness_.answered(ref(), SendVerdict::kAccepted);
  post(first);
  EXPECT_EQ(broken(), "reply_order");
}

TEST_F(WitnessTest, SeesAStatusGoBack) {
  witness_.moved({contact_, 1, 0}, OutboxState::kRead, OutboxState::kDelivered);
  EXPECT_EQ(broken(), "status_forward");
}

TEST_F(WitnessTest, SeesWordsThatReachSomebodyElse) {
  witness_.stored(words("hi"));
  post(ref(), kPhone, "The leave of Asha Qkabobo is recorded.");
  EXPECT_EQ(broken(), "isolation");
}

TEST_F(WitnessTest, SeesWordsThatReachAnotherTenant) {
  witness_.stored(words("hi"));
  post(ref(), kOffice, "leave_notice | Asha Qkabodi");
  EXPECT_EQ(broken(), "isolation");
}

TEST_F(WitnessTest, SeesAMessageToAStranger) {
  witness_.stored(words("hi"));
  post(ref(), "919899999999");
  EXPECT_EQ(broken(), "isolation");
}

TEST_F(WitnessTest, SeesWhatIsLeftWhenAllIsQuiet) {
  const Rest rests[] = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
  for (const auto& rest : rests) {
    Witness witness({school()});
    witness.at_rest(rest);
    ASSERT_TRUE(witness.breach());
    EXPECT_EQ(witness.breach()->invariant, "quiet");
  }
}

TEST_F(WitnessTest, SeesAMessageThatNobodyTook) {
  witness_.said(Personal("m1"));
  witness_.at_rest({});
  EXPECT_EQ(broken(), "quiet");
}

TEST_F(WitnessTest, SeesAReplyThatNeverLeft) {
  witness_.stored(words("hi"));
  witness_.at_rest({});
  EXPECT_EQ(broken(), "quiet");
}

TEST_F(WitnessTest, SeesAnInstructionThatMakesTwoTurns) {
  const HumanMessage human{Personal("The office here."), false};
  witness_.instructed(tenant_, human.text.reveal());
  witness_.stored(turn(human, ""));
  EXPECT_EQ(broken(), "");
  witness_.stored(turn(human, ""));
  EXPECT_EQ(broken(), "one_outcome");
}

TEST_F(WitnessTest, SeesAnInstructionThatIsForgotten) {
  witness_.instructed(tenant_, "The office here.");
  witness_.at_rest({});
  EXPECT_EQ(broken(), "quiet");
}

}  // namespace
}  // namespace mitr::simulate
