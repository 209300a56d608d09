// Goal: a condition says what its author meant, a mistake is found when the pack loads, and nothing
// that loads can fail. Method: by hand on one flow, then random texts.
#include "nlu/dialogue/expression.h"

#include <gtest/gtest.h>
#include <random>

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"
#include "nlu/slots/date.h"

namespace mitr {
namespace {

Flow orders() {
  Flow flow;
  flow.name = "orders";
  const auto add = [&flow](const char* name, SlotKind kind) {
    Slot slot;
    slot.name = name;
    slot.kind = kind;
    flow.slots.push_back(std::move(slot));
  };
  add("quantity", SlotKind::kNumber);
  add("from", SlotKind::kDate);
  add("to", SlotKind::kDate);
  add("note", SlotKind::kText);
  add("way", SlotKind::kChoice);
  flow.slots.back().options = {{"refund", {"refund"}, {}}, {"exchange", {"exchange"}, {}}};
  add("price", SlotKind::kMoney);
  add("time", SlotKind::kTime);
  add("stay", SlotKind::kDuration);
  add("gift", SlotKind::kYesNo);
  add("insured", SlotKind::kYesNo);
  return flow;
}

DialogueState held() {
  const auto value = [](const char* text) { return SlotValue{Personal(text), Personal(text)}; };
  DialogueState state;
  state.slots = {{"quantity", value("2.5 kg")}, {"from", value("2026-11-30")},
                 {"to", value("2026-12-02")},   {"way", value("exchange")},
                 {"price", value("4999.5")},    {"time", value("17:30")},
                 {"stay", value("P2DT12H")},    {"gift", value("yes")}};
  return state;
}

Moment monday_noon() {
  Moment now;
  now.today = *parse_iso_date("2026-11-23");
  now.time_of_day = std::chrono::minutes{12 * 60 + 30};
  return now;
}

std::optional<bool> truth(const char* text) {
  const Flow flow = orders();
  const auto read = Expression::condition(text, flow);
  if (const auto* wrong = std::get_if<ExpressionMistake>(&read)) {
    ADD_FAILURE() << text << ": " << wrong->what;
    return std::nullopt;
  }
  return std::get<Expression>(read).holds(held(), monday_noon());
}

TEST(Expression, ComparesNumbersDatesTextsAndChoices) {
  EXPECT_EQ(truth("quantity > 2"), true);
  EXPECT_EQ(truth("quantity = 2.5"), true);
  EXPECT_EQ(truth("from < to and to - from = 2"), true);
  EXPECT_EQ(truth("from + 1 >= to"), false);
  EXPECT_EQ(truth("way = exchange"), true);
  EXPECT_EQ(truth("way != exchange or quantity < 1"), false);
  EXPECT_EQ(truth("not (way is refund)"), true);
  EXPECT_EQ(truth("weekday = 'monday' and hour < 13 and from > today"), true);
}

TEST(Expression, ComparesMoneyTimesLengthsAndAnswers) {
  EXPECT_EQ(truth("price < 5000 and price > 4999"), true);
  EXPECT_EQ(truth("time >= 17:30"), true);
  EXPECT_EQ(truth("time < 9:00"), false);
  EXPECT_EQ(truth("stay > 2 days"), true);
  EXPECT_EQ(truth("stay <= 60 hours"), true);
  EXPECT_EQ(truth("stay < 90 minutes"), false);
  EXPECT_EQ(truth("stay > 1 week"), false);
  EXPECT_EQ(truth("gift"), true);
  EXPECT_EQ(truth("gift = no"), false);
  EXPECT_EQ(truth("gift and not (time < 12:00)"), true);
  EXPECT_EQ(truth("insured"), std::nullopt);
}

TEST(Expression, IsUnknownWhereWhatItNeedsIsNotThere) {
  EXPECT_EQ(truth("note = 'x'"), std::nullopt);
  EXPECT_EQ(truth("note = 'x' or way = exchange"), true);
  EXPECT_EQ(truth("note = 'x' and way = refund"), false);
  EXPECT_EQ(truth("not (note = 'x')"), std::nullopt);
  EXPECT_EQ(truth("filled(note)"), false);
}

TEST(Expression, GivesTheCanonicalFormOfAValue) {
  const Flow flow = orders();
  const auto value = [&](const char* text) {
    return std::get<Expression>(Expression::any(text, flow)).value(held(), monday_noon());
  };
  EXPECT_EQ(value("from + 3"), "2026-12-03");
  EXPECT_EQ(value("quantity + 1"), "3.5");
  EXPECT_EQ(value("to - from"), "2");
  EXPECT_EQ(value("'soon'"), "soon");
  EXPECT_EQ(value("price + 0.5"), "5000");
  EXPECT_EQ(value("9:05"), "09:05");
  EXPECT_EQ(value("stay + 1 day"), "P3DT12H");
  EXPECT_EQ(value("2 days - 3 days"), "PT0S");
  EXPECT_EQ(value("from + stay"), "2026-12-02");
  EXPECT_EQ(value("from - 1 week"), "2026-11-23");
  EXPECT_EQ(value("gift"), "yes");
  EXPECT_EQ(value("note"), std::nullopt);
}

TEST(Expression, SaysWhatIsWrongAndWhere) {
  const Flow flow = orders();
  const auto mistake = [&](const char* text) {
    const auto read = Expression::condition(text, flow);
    const auto* wrong = std::get_if<ExpressionMistake>(&read);
    return wrong == nullptr ? std::string("none")
                            : std::to_string(wrong->column) + " " + wrong->what;
  };
  EXPECT_EQ(mistake("colour = 'red'"), "0 the flow has no slot 'colour'");
  EXPECT_EQ(
      mistake("way = excange").substr(0, 60).find("is no option of 'way'") != std::string::npos,
      true);
  EXPECT_EQ(mistake("time > 17"), "7 the two sides are of different kinds");
  EXPECT_EQ(mistake("stay > 2"), "7 the two sides are of different kinds");
  EXPECT_EQ(mistake("price = 17:30"), "8 the two sides are of different kinds");
  EXPECT_EQ(mistake("time > 25:00"), "7 '25:00' is no time");
  EXPECT_EQ(mistake("gift = 'yes'"), "7 the two sides are of different kinds");
  EXPECT_NE(mistake("time + 1 hour > 12:00"), "none");
  EXPECT_NE(mistake("quantity = from"), "none");
  EXPECT_NE(mistake("quantity"), "none");
  EXPECT_NE(mistake("quantity > "), "none");
  EXPECT_NE(mistake("quantity > 1 2"), "none");
  EXPECT_NE(mistake("(quantity > 1"), "none");
  EXPECT_NE(mistake("quantity and way = refund"), "none");
}

TEST(Expression, NeverFailsWhateverIsWritten) {
  static const char* const words[] = {
      "quantity", "from", "to",    "note", "way", "=",   "<",      ">=", "!=",
      "and",      "or",   "not",   "(",    ")",   "'x'", "12",     "+",  "-",
      "yes",      "no",   "today", "hour", "is",  "'",   "filled", "é",  "9999999999999",
      "17:30",    "days", "time",  "stay", "gift"};
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const Flow flow = orders();
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) {
      text += words[random() % std::size(words)];
      text += ' ';
    }
    const auto read = Expression::any(text, flow);
    if (const auto* made = std::get_if<Expression>(&read)) {
      (void)made->holds(held(), monday_noon());
      (void)made->value({}, monday_noon());
    }
  }
}

}  // namespace
}  // namespace mitr
