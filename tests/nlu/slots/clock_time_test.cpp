// Goal: a time of the day is read as its writer meant it, and where the words leave open which half
// of the day, both are told. Method: tables; "05:00|17:00" is either.
#include "nlu/slots/clock_time.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

std::string read(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_clock_times(tokens, {.asked = asked})) {
    if (!out.empty()) out += ' ';
    out += clock_text(found.value);
    for (const ClockTime other : found.others) out += '|' + clock_text(other);
  }
  return out;
}

struct Case {
  const char* text;
  const char* times;
};

TEST(ClockTime, IsReadWhereTheHalfOfTheDayIsSaid) {
  const Case cases[] = {
      {"17:30", "17:30"},
      {"5:30 pm", "17:30"},
      {"5.30 pm", "17:30"},
      {"5pm", "17:00"},
      {"5 p.m.", "17:00"},
      {"10 a.m. tomorrow", "10:00"},
      {"shaam 6 baje", "18:00"},
      {"shaam ko 6 baje", "18:00"},
      {"6 baje shaam ko", "18:00"},
      {"subah 10 baje", "10:00"},
      {"subah saade nau baje", "09:30"},
      {"dopahar 12 baje", "12:00"},
      {"dopahar ke 2 baje", "14:00"},
      {"raat 9 baje", "21:00"},
      {"raat 12 baje", "00:00"},
      {"raat ke 2 baje", "02:00"},
      {"शाम 6 बजे", "18:00"},
      {"सुबह १० बजे", "10:00"},
      {"5 in the morning", "05:00"},
      {"5 o'clock in the evening", "17:00"},
      {"saade paanch baje shaam ko", "17:30"},
      {"tonight at 8", "20:00"},
      {"at noon", "12:00"},
      {"12 am", "00:00"},
      {"12 pm", "12:00"},
      {"shaam 5 bajkar 20 minute", "17:20"},
      {"1730 hrs", "17:30"},
      {"00:15", "00:15"},
      {"half past five pm", "17:30"},
      {"quarter to six in the evening", "17:45"},
  };
  for (const Case& c : cases) EXPECT_EQ(read(c.text), c.times) << c.text;
}

TEST(ClockTime, TellsBothHalvesWhereTheWordsLeaveItOpen) {
  const Case cases[] = {
      {"5 baje", "05:00|17:00"},
      {"saade paanch baje", "05:30|17:30"},
      {"sava 5 baje", "05:15|17:15"},
      {"paune 6 baje", "05:45|17:45"},
      {"dedh baje", "01:30|13:30"},
      {"dhai baje", "02:30|14:30"},
      {"साढ़े पाँच बजे", "05:30|17:30"},
      {"5:30", "05:30|17:30"},
      {"at 5", "05:00|17:00"},
      {"half past five", "05:30|17:30"},
      {"quarter to six", "05:45|17:45"},
      {"12 baje", "12:00|00:00"},
      {"5 o'clock", "05:00|17:00"},
      {"5-6 pm", "17:00|18:00"},
      {"between 5 and 6 pm", "17:00|18:00"},
      {"shaam 5 se 6 baje", "17:00|18:00"},
  };
  for (const Case& c : cases) EXPECT_EQ(read(c.text), c.times) << c.text;
}

TEST(ClockTime, TakesLooseFormsOnlyWhereATimeIsAsked) {
  const Case cases[] = {{"5", "05:00|17:00"},      {"5.30", "05:30|17:30"}, {"5 30", "05:30|17:30"},
                        {"paanch", "05:00|17:00"}, {"1730", "17:30"},       {"17", "17:00"}};
  for (const Case& c : cases) {
    EXPECT_EQ(read(c.text, true), c.times) << c.text;
    EXPECT_EQ(read(c.text), "") << c.text;
  }
}

TEST(ClockTime, IsNotMadeOfOtherThings) {
  for (const char* text :
       {"5 kg",   "5 days",  "the 5th", "5 March", "30/11/2026", "2026-11-30", "1830-11",
        "5B",     "class 5", "Rs 5",    "5 rs",    "25",         "A-12",       "1:2:3",
        "5.30.2", "5%",      "99",      "",        "morning",    "10.11.26"}) {
    EXPECT_EQ(read(text), "") << text;
    EXPECT_TRUE(std::string_view(text) == "25" || read(text, true).empty()) << text;
  }
}

TEST(ClockTime, LiesInAPartOfTheDay) {
  const auto part = [](std::string_view text) { return part_of_day(Tokens(text)); };
  EXPECT_TRUE(lies_in({17 * 60}, part("in the evening")));
  EXPECT_FALSE(lies_in({5 * 60}, part("shaam")));
  EXPECT_TRUE(lies_in({5 * 60}, part("subah wala")));
  EXPECT_TRUE(lies_in({0}, part("raat")));
  EXPECT_TRUE(lies_in({12 * 60}, part("pm")));
  EXPECT_EQ(part("morning or evening"), Meaning::kNone);
  EXPECT_EQ(part("i am free"), Meaning::kNone);
}

TEST(ClockTime, HasOneCanonicalForm) {
  EXPECT_EQ(clock_text({17 * 60 + 5}), "17:05");
  EXPECT_EQ(parse_clock("17:05"), ClockTime{17 * 60 + 5});
  EXPECT_EQ(parse_clock("9:00"), ClockTime{9 * 60});
  for (const char* text : {"", ":", "24:00", "12:60", "12:5", "123:00", "ab:cd", "12:000"}) {
    EXPECT_FALSE(parse_clock(text)) << text;
  }
}

}  // namespace
}  // namespace mitr
