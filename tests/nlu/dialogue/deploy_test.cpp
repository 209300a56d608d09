// Goal: a new version takes a conversation over by the names of flows, slots and steps, or lets it
// end where it began, and says beforehand which.
#include "nlu/dialogue/deploy.h"

#include <gtest/gtest.h>

#include "config/pack_file.h"
#include "nlu/slots/date.h"
#include "tests/support/chat_script.h"

namespace mitr {
namespace {

Moment monday() {
  Moment now;
  now.today = *parse_iso_date("2026-11-23");
  now.at = std::chrono::sys_seconds{now.today.time_since_epoch()};
  return now;
}

std::shared_ptr<const Pack> version(std::uint8_t number, std::vector<Flow> flows) {
  PackParts parts;
  parts.name = "shop";
  parts.version.bytes = {number};
  parts.flows = std::move(flows);
  return std::make_shared<const Pack>(std::move(parts));
}

Slot slot(const char* name, SlotKind kind) {
  Slot made;
  made.name = name;
  made.kind = kind;
  return made;
}

Flow flow(const char* name, std::vector<Slot> slots, bool finish = false) {
  Flow made;
  made.name = name;
  made.slots = std::move(slots);
  made.finish_on_deploy = finish;
  return made;
}

DialogueState in_hand() {
  DialogueState state;
  state.flow = "order";
  state.asking = "day";
  state.slots = {{"who", {Personal("Asha"), Personal("Asha")}},
                 {"many", {Personal("a few"), Personal("a few")}}};
  state.marks = {"greeting"};
  state.pack.bytes = {1};
  return state;
}

TEST(Deploy, TakesOverWhatFitsByNameAndKind) {
  const auto next =
      version(2, {flow("order", {slot("who", SlotKind::kName), slot("many", SlotKind::kNumber)})});
  const Outcome outcome = step(*next, {}, in_hand(), Choice{"stale", Personal("tap")}, monday());
  ASSERT_GE(outcome.events.size(), 4u);
  EXPECT_EQ(outcome.events[0], Event(Migrated{{{1}}, {{2}}}));
  EXPECT_EQ(outcome.events[1], Event(SlotCleared{"many"}));
  EXPECT_EQ(outcome.events[2], Event(StepUndone{"greeting"}));
  EXPECT_EQ(outcome.events[3], Event(Asked{"many"}));
}

TEST(Deploy, TellsBeforehandWhatWouldBeLost) {
  const auto next =
      version(2, {flow("order", {slot("who", SlotKind::kName), slot("many", SlotKind::kNumber)})});
  DialogueState state = in_hand();
  state.waiting = {{"refund", {}, {}, false}};
  EXPECT_EQ(losses(*next, state), (std::vector<Loss>{{"order", false, {"many"}, {"greeting"}},
                                                     {"refund", true, {}, {}}}));
  EXPECT_TRUE(losses(*next, DialogueState{}).empty());
}

TEST(Deploy, LetsAFlowFinishWhereItBegan) {
  const auto same = flow("order", {slot("who", SlotKind::kName)});
  EXPECT_FALSE(finishes_where_it_began(*version(2, {same}), in_hand()));
  EXPECT_TRUE(finishes_where_it_began(*version(2, {flow("order", {}, true)}), in_hand()));
  EXPECT_TRUE(finishes_where_it_began(*version(2, {flow("other", {})}), in_hand()));
  DialogueState waits = in_hand();
  waits.waiting = {{"refund", {}, {}, false}};
  EXPECT_TRUE(finishes_where_it_began(*version(2, {same}), waits));
  EXPECT_FALSE(finishes_where_it_began(*version(2, {same}), DialogueState{}));
}

TEST(Deploy, PinsWhatBeginsAndLetsGoAtRest) {
  const auto pack = load_pack("config/packs/school").pack;
  ASSERT_TRUE(pack);
  EXPECT_TRUE(pack->version().known());
  chat::Conversation talk(pack, {}, monday());
  talk.hear("hello");
  EXPECT_FALSE(talk.state().pack.known());
  talk.hear("I need leave for my daughter");
  EXPECT_EQ(talk.state().pack, pack->version());
  talk.hear("cancel");
  EXPECT_FALSE(talk.state().pack.known());
}

TEST(Deploy, AsksWhatATakenOverConfirmationDoesNotHold) {
  const auto next = load_pack("tests/golden/packs/school_next").pack;
  ASSERT_TRUE(next);
  chat::Conversation talk(load_pack("config/packs/school").pack, {}, monday());
  for (const char* line : {"I need leave", "Asha Verma", "5B", "10 Dec", "same day", "a wedding"}) {
    talk.hear(line);
  }
  ASSERT_EQ(talk.state().asking, kConfirmStep);
  talk.deploy(next);
  talk.hear("yes");
  EXPECT_EQ(talk.state().asking, "bus");
  EXPECT_EQ(talk.state().slots.size(), 5u);
  talk.hear("yes");
  EXPECT_EQ(talk.state().asking, kConfirmStep) << "what was agreed to had no bus in it";
}

}  // namespace
}  // namespace mitr
