// Goal: values are shown as each language writes them.
#include "nlu/reply/value_words.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

TEST(ValueWords, GroupMoneyAsIndiaDoes) {
  EXPECT_EQ(money_words({0}), "₹0");
  EXPECT_EQ(money_words({50'000}), "₹500");
  EXPECT_EQ(money_words({500'000}), "₹5,000");
  EXPECT_EQ(money_words({12'500'000}), "₹1,25,000");
  EXPECT_EQ(money_words({1'234'567'890}), "₹1,23,45,678.90");
  EXPECT_EQ(money_words({105}), "₹1.05");
}

TEST(ValueWords, SayTheTimeOfTheDay) {
  EXPECT_EQ(clock_words({17 * 60 + 30}, "en"), "5:30 pm");
  EXPECT_EQ(clock_words({0}, "en"), "12:00 am");
  EXPECT_EQ(clock_words({12 * 60}, "ta"), "12:00 pm");
  EXPECT_EQ(clock_words({17 * 60 + 30}, "hi"), "शाम 5:30 बजे");
  EXPECT_EQ(clock_words({9 * 60}, "hi-Latn"), "subah 9:00 baje");
  EXPECT_EQ(clock_words({13 * 60}, "hi-Latn"), "dopahar 1:00 baje");
  EXPECT_EQ(clock_words({2 * 60}, "hi-Latn"), "raat 2:00 baje");
}

TEST(ValueWords, SayLengthsOfTime) {
  using namespace std::chrono_literals;
  EXPECT_EQ(duration_words({0, 2, 0s}, "en"), "2 days");
  EXPECT_EQ(duration_words({0, 0, 90min}, "en"), "1 hour 30 minutes");
  EXPECT_EQ(duration_words({14, 0, 0s}, "en"), "1 year 2 months");
  EXPECT_EQ(duration_words({0, 2, 0s}, "hi"), "2 दिन");
  EXPECT_EQ(duration_words({0, 0, 2h}, "hi-Latn"), "2 ghante");
  EXPECT_EQ(duration_words({}, "en"), "0 minutes");
}

TEST(ValueWords, SayYesAndNo) {
  EXPECT_EQ(yes_no_words(true, "en"), "yes");
  EXPECT_EQ(yes_no_words(false, "hi"), "नहीं");
}

}  // namespace
}  // namespace mitr
