// Goal: a value keeps its slot's rules in the kind's own measure, and has the form of its kind.
#include "nlu/dialogue/checks.h"

#include <gtest/gtest.h>
#include <utility>

#include "nlu/slots/date.h"

namespace mitr {
namespace {

Moment monday_noon() {
  Moment now;
  now.today = *parse_iso_date("2026-11-23");
  now.time_of_day = std::chrono::minutes{12 * 60};
  return now;
}

Slot slot_with(SlotKind kind, Check check) {
  Slot slot;
  slot.name = "it";
  slot.kind = kind;
  slot.checks.push_back(std::move(check));
  return slot;
}

bool keeps(const Slot& slot, const char* value, const char* day = nullptr) {
  DialogueState state;
  if (day != nullptr) state.slots = {{"day", {Personal(day), Personal(day)}}};
  return failed_check(slot, Personal(value), state, {}, monday_noon()) == nullptr;
}

Check between(std::int64_t min, std::int64_t max) {
  Check check;
  check.name = "range";
  check.rule = Check::Rule::kBetween;
  check.min = min;
  check.max = max;
  return check;
}

Check not_past(const char* day) {
  Check check;
  check.name = "gone";
  check.rule = Check::Rule::kNotPast;
  check.other = day;
  return check;
}

TEST(Checks, CompareTimesMoneyAndLengths) {
  const Slot time = slot_with(SlotKind::kTime, between(540, 1170));
  EXPECT_TRUE(keeps(time, "09:00"));
  EXPECT_TRUE(keeps(time, "19:30"));
  EXPECT_FALSE(keeps(time, "08:59"));
  EXPECT_FALSE(keeps(time, "19:31"));
  const Slot money = slot_with(SlotKind::kMoney, between(1, 500));
  EXPECT_TRUE(keeps(money, "500"));
  EXPECT_FALSE(keeps(money, "500.5"));
  const Slot stay = slot_with(SlotKind::kDuration, between(1800, 86'400));
  EXPECT_TRUE(keeps(stay, "P1D"));
  EXPECT_TRUE(keeps(stay, "PT30M"));
  EXPECT_FALSE(keeps(stay, "PT29M"));
  EXPECT_FALSE(keeps(stay, "P1M"));
}

TEST(Checks, TellATimeThatHasGoneByOnlyOnTheDay) {
  const Slot time = slot_with(SlotKind::kTime, not_past("day"));
  EXPECT_FALSE(keeps(time, "11:59", "2026-11-23"));
  EXPECT_TRUE(keeps(time, "12:00", "2026-11-23"));
  EXPECT_TRUE(keeps(time, "11:59", "2026-11-24"));
  EXPECT_TRUE(keeps(time, "11:59"));
  EXPECT_FALSE(keeps(slot_with(SlotKind::kTime, not_past("")), "11:59"));
}

TEST(Checks, WantAnAmountOfEachProduct) {
  Check amount;
  amount.name = "how_much";
  amount.rule = Check::Rule::kAmount;
  const Slot goods = slot_with(SlotKind::kProduct, std::move(amount));
  EXPECT_TRUE(keeps(goods, "atta:2 kg; maggi:3"));
  EXPECT_FALSE(keeps(goods, "atta:2 kg; maggi"));
}

TEST(Checks, KnowTheFormOfEachKind) {
  Slot slot;
  slot.options = {{"atta", {"atta"}, {}}, {"maggi", {"maggi"}, {}}};
  slot.shapes = {"A-####"};
  const struct {
    SlotKind kind;
    std::vector<const char*> fits;
    std::vector<const char*> strange;
  } cases[] = {
      {SlotKind::kMoney, {"500", "99.5", "0.05"}, {"-5", "x", "5.005", "5.", ".5", "1e3"}},
      {SlotKind::kReference, {"A-1234"}, {"1234", "A-12", "B-1234"}},
      {SlotKind::kYesNo, {"yes", "no"}, {"maybe", "Yes"}},
      {SlotKind::kTime, {"17:30", "00:00"}, {"24:00", "5 pm"}},
      {SlotKind::kPhone, {"+919876543210"}, {"9876543210"}},
      {SlotKind::kEmail, {"a@b.in"}, {"ab.in"}},
      {SlotKind::kDuration,
       {"P2D", "PT1H30M", "P1M2DT3S", "PT0S"},
       {"P", "2D", "PT", "P2H", "PT90M"}},
      {SlotKind::kProduct, {"atta:2 kg", "atta; maggi:3"}, {"soap", "atta:", ";"}},
  };
  for (const auto& c : cases) {
    slot.kind = c.kind;
    for (const char* value : c.fits) EXPECT_TRUE(fits_kind(slot, Personal(value))) << value;
    for (const char* value : c.strange) EXPECT_FALSE(fits_kind(slot, Personal(value))) << value;
    EXPECT_TRUE(fits_kind(slot, Personal())) << "A skipped slot holds nothing.";
  }
}

}  // namespace
}  // namespace mitr
