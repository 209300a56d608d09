// Goal: what is sent instead of said fills a slot of its kind and no other. What contacts see of it
// is in tests/golden/inputs.
#include <gtest/gtest.h>

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"

namespace mitr {
namespace {

/// A flow with one slot, which is asked.
struct Asking {
  std::shared_ptr<const Pack> pack;
  DialogueState state;

  explicit Asking(SlotKind kind, std::vector<std::string> options = {}) {
    Slot slot;
    slot.name = "what";
    slot.kind = kind;
    for (const std::string& id : options) slot.options.push_back({id, {id}, {}});
    Flow flow;
    flow.name = "order";
    flow.slots = {slot};
    PackParts parts;
    parts.flows = {flow};
    pack = std::make_shared<const Pack>(std::move(parts));
    state.flow = "order";
    state.asking = "what";
  }

  /// The value after the turn; "-": none.
  std::string after(const Input& input) {
    DialogueState next = state;
    for (const Event& event : step(*pack, {}, state, input, {}).events) apply(next, event);
    const SlotValue* held = next.slot("what");
    return held == nullptr ? "-" : held->value.reveal();
  }
};

TEST(Sent, ABasketFillsASlotOfGoodsIfThePackKnowsThem) {
  Asking goods(SlotKind::kProduct, {"rice", "soap"});
  EXPECT_EQ(goods.after(Order{{{"rice", 2, 32'000}, {"soap", 1, 4'500}}}), "rice:2; soap:1");
  EXPECT_EQ(goods.after(Order{{{"rice", 2, 32'000}, {"silk", 1, 90'000}}}), "-");
  EXPECT_EQ(goods.after(Order{}), "-");
  EXPECT_EQ(Asking(SlotKind::kText).after(Order{{{"rice", 2, 32'000}}}), "-");
}

TEST(Sent, KeysAnswerYesNoChoicesAndNumbers) {
  Asking yes_no(SlotKind::kYesNo);
  EXPECT_EQ(yes_no.after(Digits{Personal("1"), {}}), "yes");
  EXPECT_EQ(yes_no.after(Digits{Personal("2"), {}}), "no");
  EXPECT_EQ(yes_no.after(Digits{Personal("3"), {}}), "-");
  Asking choice(SlotKind::kChoice, {"a", "b"});
  EXPECT_EQ(choice.after(Digits{Personal("2"), {}}), "b");
  EXPECT_EQ(choice.after(Digits{Personal("0"), {}}), "-");
  EXPECT_EQ(choice.after(Digits{Personal("12345678901234567890"), {}}), "-");
  Asking number(SlotKind::kNumber);
  EXPECT_EQ(number.after(Digits{Personal("0042"), {}}), "42");
  EXPECT_EQ(number.after(Digits{Personal("00"), {}}), "0");
  EXPECT_EQ(number.after(Digits{Personal(""), {}}), "-");
}

TEST(Sent, AFileIsNoPlaceAndAPlaceNoFile) {
  const HeardAttachment file{{AttachmentKind::kImage, Personal("media-1"), "", {}}, {}};
  const Location place{12'971'599, -77'594'566, {}, {}};
  EXPECT_EQ(Asking(SlotKind::kAttachment).after(file), "image:media-1");
  EXPECT_EQ(Asking(SlotKind::kAttachment).after(place), "-");
  EXPECT_EQ(Asking(SlotKind::kLocation).after(place), "12.971599,-77.594566");
  EXPECT_EQ(Asking(SlotKind::kLocation).after(file), "-");
}

TEST(Sent, NothingIsSaidToWhomDoesNotWantIt) {
  Asking asking(SlotKind::kText);
  apply(asking.state, ConsentSet{Consent::kMarketing, false});
  EXPECT_EQ(step(*asking.pack, {}, asking.state, Proactive{Personal("Sale"), true}, {}), Outcome{});
  EXPECT_TRUE(step(*asking.pack, {}, asking.state, Proactive{Personal("Closed"), false}, {}).reply);
  apply(asking.state, FlowCancelled{"order"});
  EXPECT_FALSE(asking.state.allows(Consent::kMarketing)) << "whatever ends, the refusal stays";
}

}  // namespace
}  // namespace mitr
