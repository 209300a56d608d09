// Goal: a question finds what it should and tells nobody what is another's.
#include "nlu/records/record_query.h"

#include <gtest/gtest.h>

#include "nlu/records/record_list.h"

namespace mitr {
namespace {

using namespace std::chrono_literals;

const Personal kParent("919876543210");
const Moment kNow{.at = {},
                  .today = std::chrono::local_days{std::chrono::year{2026} / 11 / 25},
                  .time_of_day = 10h + 30min};

RequestFields record(std::initializer_list<std::pair<const char*, const char*>> fields) {
  RequestFields made;
  for (const auto& [name, value] : fields) made.emplace_back(name, Personal(value));
  return made;
}

CallOut call(const char* name, const char* argument = nullptr) {
  CallOut made{.flow = "f", .step = "s", .name = name, .arguments = {}};
  if (argument != nullptr) made.arguments.emplace_back("x", Personal(argument));
  return made;
}

std::string value(const CallResult& result, std::string_view name) {
  for (const auto& [field, held] : result.values) {
    if (field == name) return held.reveal();
  }
  return "(none)";
}

CallResult answer(const CallOut& asked, const std::vector<RequestFields>& found) {
  return answer_of(*record_query(asked.name), asked, kParent, found, kNow);
}

TEST(RecordQuery, LooksForTheChildrenOfWhoAsks) {
  const auto finder = finder_of(*record_query("children"), call("children"), kParent);
  ASSERT_TRUE(finder);
  EXPECT_EQ(finder->record, "pupil");
  EXPECT_EQ(finder->text, finder_text(kByContact, "919876543210"));
  EXPECT_FALSE(finder_of(*record_query("children"), call("children"), Personal()))
      << "who shows no phone has no children here";
}

TEST(RecordQuery, AnswersWithRowsInOrderOfTheirNames) {
  const auto result =
      answer(call("children"), {record({{"number", "7"}, {"student", "Diya"}, {"class", "3A"}}),
                                record({{"number", "3"}, {"student", "Aarav"}, {"class", "5B"}})});
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(decode_rows(value(result, "rows")),
            (std::vector<RecordRow>{{"3", "Aarav", "5B"}, {"7", "Diya", "3A"}}));
}

TEST(RecordQuery, NothingFoundIsAnAnswer) {
  const auto result = answer(call("children"), {});
  EXPECT_TRUE(result.ok);
  EXPECT_TRUE(result.values.empty());
}

TEST(RecordQuery, SumsWhatIsDueAndTellsTheLastPayment) {
  const auto result =
      answer(call("fees_of", "7"),
             {record({{"period", "Term 1"},
                      {"amount", "12500"},
                      {"paid", "12500"},
                      {"paid_on", "2026-06-02"},
                      {"receipt", "R-1"}}),
              record({{"period", "Term 2"},
                      {"amount", "12500"},
                      {"paid", "2500.5"},
                      {"due_on", "2026-12-10"},
                      {"paid_on", "2026-10-02"},
                      {"receipt", "R-9"}}),
              record({{"period", "Bus"}, {"amount", "1000"}, {"due_on", "2026-12-01"}})});
  EXPECT_EQ(value(result, "due"), "10999.5");
  EXPECT_EQ(value(result, "due_on"), "2026-12-01");
  EXPECT_EQ(value(result, "due_for"), "Term 2, Bus");
  EXPECT_EQ(value(result, "receipt"), "R-9");
  EXPECT_EQ(value(result, "paid_for"), "Term 2");
}

TEST(RecordQuery, TellsThatNothingIsDue) {
  const auto result =
      answer(call("fees_of", "7"), {record({{"period", "T"}, {"amount", "5"}, {"paid", "5"}})});
  EXPECT_EQ(value(result, "due"), "0");
  EXPECT_EQ(value(result, "due_on"), "(none)");
}

TEST(RecordQuery, TellsAnOrderOnlyToWhoseItIs) {
  const auto mine = record({{"number", "ORD-17"}, {"phone", "919876543210"}, {"status", "packed"}});
  const auto other = record({{"number", "ORD-18"}, {"phone", "919000000000"}, {"status", "sent"}});
  EXPECT_EQ(value(answer(call("order", "ord 17"), {mine, other}), "status"), "packed");
  EXPECT_EQ(value(answer(call("order", "ORD-18"), {mine, other}), "status"), "(none)");
  EXPECT_EQ(value(answer(call("order", "17"), {mine, other}), "status"), "(none)");
}

TEST(RecordQuery, OffersAppointmentsThatAreFreeAndToCome) {
  const auto slot = [](const char* number, const char* time, const char* booked) {
    return record({{"number", number},
                   {"day", "2026-11-25"},
                   {"time", time},
                   {"doctor", "Dr Rao"},
                   {"booked", booked}});
  };
  const auto result =
      answer(call("free_appointments", "2026-11-25"),
             {slot("1", "10:00", ""), slot("2", "11:00", "yes"), slot("3", "17:30", "")});
  EXPECT_EQ(decode_rows(value(result, "rows")), (std::vector<RecordRow>{{"3", "17:30", "Dr Rao"}}));
}

}  // namespace
}  // namespace mitr
