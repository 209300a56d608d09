// Goal: phone numbers are found as people write them and become the networks' form. The numbers are
// of ranges that stand for examples, or of no one.
#include "nlu/slots/phone.h"

#include <gtest/gtest.h>

#include "protocols/phone_number.h"

namespace mitr {
namespace {

std::string read(std::string_view text, std::string_view region = "IN") {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_phones(tokens, {.region = region})) {
    if (!out.empty()) out += ' ';
    out += found.value.e164.reveal();
  }
  return out;
}

TEST(Phone, IsFoundAsPeopleWriteIt) {
  for (const char* text : {"9876543210", "98765 43210", "098765-43210", "+91 98765 43210",
                           "+919876543210", "0091 98765 43210", "my number is 98765 43210.",
                           "call (98765) 43210 at 5", "९८७६५ ४३२१०", "987-654-3210"}) {
    EXPECT_EQ(read(text), "+919876543210") << text;
  }
  EXPECT_EQ(read("9876543210 or 9123456780"), "+919876543210 +919123456780");
  EXPECT_EQ(read("0484 2345678"), "+914842345678");
}

TEST(Phone, BelongsToTheCountryWhereItNamesNone) {
  EXPECT_EQ(read("050 123 4567", "AE"), "+971501234567");
  EXPECT_EQ(read("+971 50 123 4567"), "+971501234567");
}

TEST(Phone, IsNotMadeOfOtherDigits) {
  for (const char* text :
       {"", "5", "30/11/2026", "1,25,000", "order 20931", "12345", "98765432109876543210",
        "9876543210th", "a9876543210", "+", "2026-11-30"}) {
    EXPECT_EQ(read(text), "") << text;
  }
}

TEST(Phone, IsShownInGroups) {
  EXPECT_EQ(readable_phone(Personal("+919876543210")).reveal(), "+91 98765 43210");
  EXPECT_EQ(readable_phone(Personal("nonsense")).reveal(), "nonsense");
  EXPECT_TRUE(is_phone_region("IN"));
  EXPECT_FALSE(is_phone_region("XX"));
  EXPECT_FALSE(is_phone_region("india"));
}

}  // namespace
}  // namespace mitr
