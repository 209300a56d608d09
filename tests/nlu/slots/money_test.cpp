// Goal: sums in every spelling become whole paise, and counts of other things do not.
#include "nlu/slots/money.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

/// All sums in paise, with a space between; "a|b" is a, or else b.
std::string read(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_money(tokens, {.asked = asked})) {
    if (!out.empty()) out += ' ';
    out += std::to_string(found.value.paise);
    for (const Money& other : found.others) out += '|' + std::to_string(other.paise);
  }
  return out;
}

TEST(Money, ReadsTheWaysPeopleWriteASum) {
  const struct {
    const char* text;
    const char* paise;
  } cases[] = {
      {"₹500", "50000"},
      {"₹ 1,25,000", "12500000"},
      {"Rs. 500/-", "50000"},
      {"Rs.500", "50000"},
      {"rs500", "50000"},
      {"Rs 99.50", "9950"},
      {"INR 2000", "200000"},
      {"500 rs", "50000"},
      {"500rs.", "50000"},
      {"500/-", "50000"},
      {"500 rupees", "50000"},
      {"paanch sau rupaye", "50000"},
      {"पाँच सौ रुपये", "50000"},
      {"₹५००", "50000"},
      {"1.5 lakh rupees", "15000000"},
      {"dedh lakh rupaye", "15000000"},
      {"ढाई हज़ार रुपए", "250000"},
      {"₹2k", "200000"},
      {"₹2.5L", "25000000"},
      {"Rs 3 crore", "3000000000"},
      {"do rupaye", "200"},
      {"50 paise", "50"},
      {"500 rupaye 50 paise", "50050"},
      {"ten rupees and fifty paise", "1050"},
      {"I paid ₹500 and Rs 250", "50000 25000"},
      {"₹500-600", "50000|60000"},
      {"500-600 rs", "50000|60000"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(c.text), c.paise) << c.text;
}

TEST(Money, TakesABareNumberWhenASumWasAsked) {
  EXPECT_EQ(read("5 hazaar", true), "500000");
  EXPECT_EQ(read("2k", true), "200000");
  EXPECT_EQ(read("around 1500", true), "150000");
  EXPECT_EQ(read("1500"), "");
  EXPECT_EQ(read("2 kg", true), "");
  EXPECT_EQ(read("2 din", true), "");
}

TEST(Money, IsNoOtherCount) {
  for (const char* text : {"2 kg", "5 din", "rs", "rupaye do", "kitne rupaye", "paisa", "12/3/2026",
                           "5B", "9876543210", "₹1.555", "1.5 lakh log", "class 5", ""}) {
    EXPECT_EQ(read(text), "") << text;
  }
}

TEST(Money, QuotesTheSign) {
  const Tokens tokens("pay Rs. 500/- now");
  const auto found = find_money(tokens, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(tokens.quote(found[0].tokens), "Rs. 500/-");
}

}  // namespace
}  // namespace mitr
