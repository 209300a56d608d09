// Goal: how long something takes, told apart from when it is.
#include "nlu/slots/duration.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

std::string shown(const Duration& d) {
  std::string out;
  if (d.months != 0) out += std::to_string(d.months) + "mo";
  if (d.days != 0) out += std::to_string(d.days) + "d";
  if (d.time.count() != 0) out += std::to_string(d.time.count()) + "s";
  return out;
}

std::string read(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_durations(tokens, {.asked = asked})) {
    if (!out.empty()) out += ' ';
    out += shown(found.value);
    for (const Duration& other : found.others) out += '|' + shown(other);
  }
  return out;
}

TEST(Duration, ReadsTheWaysPeopleSayHowLong) {
  const struct {
    const char* text;
    const char* length;
  } cases[] = {
      {"2 days", "2d"},
      {"do din", "2d"},
      {"दो दिन", "2d"},
      {"२ दिन", "2d"},
      {"for three days", "3d"},
      {"half an hour", "1800s"},
      {"half hour", "1800s"},
      {"aadha ghanta", "1800s"},
      {"आधा घंटा", "1800s"},
      {"dedh ghanta", "5400s"},
      {"dhai ghante", "9000s"},
      {"paune ghanta", "2700s"},
      {"sava ghanta", "4500s"},
      {"1 hour 30 min", "5400s"},
      {"1 hr and 30 mins", "5400s"},
      {"1h 30m", "5400s"},
      {"1h30m", "5400s"},
      {"an hour and a half", "5400s"},
      {"one and a half hours", "5400s"},
      {"1.5 hours", "5400s"},
      {"45min", "2700s"},
      {"a week", "7d"},
      {"ek hafta", "7d"},
      {"एक हफ़्ता", "7d"},
      {"2 weeks", "14d"},
      {"a fortnight", "14d"},
      {"3 months", "3mo"},
      {"dedh mahina", "1mo15d"},
      {"1 saal", "12mo"},
      {"half day", "43200s"},
      {"a couple of days", "2d"},
      {"30 seconds", "30s"},
      {"2-3 days", "2d|3d"},
      {"1 week 2 days", "9d"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(read(c.text), c.length) << c.text;
  }
}

TEST(Duration, IsNoPointInTime) {
  for (const char* text : {"2 din baad", "in 3 days", "after 2 weeks", "3 days ago", "2 din pehle",
                           "twice a day", "5 years old", "day after tomorrow", "next week",
                           "monday", "5 baje", "2 kg", "few days", "din", "5B", "A12 days", ""}) {
    EXPECT_EQ(read(text), "") << text;
  }
  EXPECT_EQ(read("in 3 days", true), "3d");
}

}  // namespace
}  // namespace mitr
