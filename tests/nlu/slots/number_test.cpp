// Goal: numbers in digits and in words of two languages, compared without floating point, and never
// a piece of something longer. Method: tables; "a|b" is a number that could also be b.
#include "nlu/slots/number.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

/// The first number, asked for by a slot that knows two units.
std::string read(std::string_view text) {
  const Tokens tokens(text);
  const std::vector<std::string> units = {"kg", "trays"};
  const auto found = find_numbers(tokens, {.asked = true, .units = units});
  return found.empty() ? "none" : number_text(found[0].value);
}

/// All numbers, with a space between.
std::string all(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_numbers(tokens, {.asked = asked})) {
    if (!out.empty()) out += ' ';
    out += number_text(found.value);
    for (const Number& other : found.others) out += '|' + number_text(other);
  }
  return out;
}

struct Case {
  const char* text;
  const char* numbers;
};

TEST(Number, ReadsAmounts) {
  EXPECT_EQ(read("2"), "2");
  EXPECT_EQ(read("about 2 kg please"), "2");
  EXPECT_EQ(read("1.5kg"), "1.5");
  EXPECT_EQ(read("two packets"), "2");
  EXPECT_EQ(read("do trays"), "2");
  EXPECT_EQ(read("dedh kg"), "1.5");
  EXPECT_EQ(read("two dozen"), "24");
  EXPECT_EQ(read("3trays"), "3");
  EXPECT_EQ(read("some"), "none");
  EXPECT_EQ(read("what do you want"), "none");
}

TEST(Number, ComparesInThousandths) {
  EXPECT_EQ(thousandths("2 kg"), 2000);
  EXPECT_EQ(thousandths("1.25 kg"), 1250);
  EXPECT_EQ(thousandths(""), 0);
  EXPECT_GT(thousandths("99999999999999999999999"), 0);
}

TEST(Number, ReadsDigitsAsIndiaWritesThem) {
  const Case cases[] = {
      {"25", "25"},
      {"1,25,000", "125000"},
      {"12,34,567 only", "1234567"},
      {"1,250,000", "1250000"},
      {"1.5", "1.5"},
      {"10.250", "10.25"},
      {"1.5 lakh", "150000"},
      {"2.75 crore", "27500000"},
      {"5k", "5000"},
      {"2.5k", "2500"},
      {"25 hazaar", "25000"},
      {"2 lakh 50 thousand", "250000"},
      {"२५", "25"},
      {"१,२५,०००", "125000"},
      {"२.५ लाख", "250000"},
      {"10,20", "10 20"},
      {"5, 6 and 7", "5 6 7"},
      {"2-3 log", "2|3"},
      {"we are 4.", "4"},
  };
  for (const Case& c : cases) EXPECT_EQ(all(c.text), c.numbers) << c.text;
}

TEST(Number, ReadsEnglishWords) {
  const Case cases[] = {
      {"twenty five", "25"},
      {"twenty-five", "25"},
      {"fourty two", "42"},
      {"two hundred and five", "205"},
      {"a hundred", "100"},
      {"one thousand two hundred thirty four", "1234"},
      {"three lakh forty thousand", "340000"},
      {"two and a half", "2.5"},
      {"two point five", "2.5"},
      {"half a dozen", "6"},
      {"a dozen", "12"},
      {"nineteen", "19"},
      {"five crore", "50000000"},
      {"one two", "1 2"},
  };
  for (const Case& c : cases) EXPECT_EQ(all(c.text, true), c.numbers) << c.text;
}

TEST(Number, ReadsHindiWordsInBothScripts) {
  const Case cases[] = {
      {"pachees", "25"},
      {"pachis", "25"},
      {"pacchis", "25"},
      {"pachchees", "25"},
      {"पच्चीस", "25"},
      {"पाँच", "5"},
      {"पांच", "5"},
      {"paanch", "5"},
      {"dedh sau", "150"},
      {"डेढ़ सौ", "150"},
      {"sava do lakh", "225000"},
      {"सवा दो लाख", "225000"},
      {"sava sau", "125"},
      {"sava lakh", "125000"},
      {"ढाई हजार", "2500"},
      {"ढाई हज़ार", "2500"},
      {"dhai hazar", "2500"},
      {"saade teen sau", "350"},
      {"साढ़े तीन सौ", "350"},
      {"paune do sau", "175"},
      {"पौने दो लाख", "175000"},
      {"do sau pachees", "225"},
      {"दो सौ पच्चीस", "225"},
      {"ek lakh pachas hazaar", "150000"},
      {"teen crore bees lakh", "32000000"},
      {"ninyanve", "99"},
      {"निन्यानबे", "99"},
      {"chaubees", "24"},
      {"choubis", "24"},
      {"pachhattar", "75"},
      {"do sau fifty", "250"},
      {"mujhe pachas chahiye", "50"},
  };
  for (const Case& c : cases) EXPECT_EQ(all(c.text), c.numbers) << c.text;
}

TEST(Number, TakesWeakWordsOnlyWhereTheyCount) {
  const Case none[] = {{"rehne do", ""}, {"what do you want", ""}, {"mere saath", ""},
                       {"this one", ""}, {"bata do", ""},          {"lakhs of people", ""}};
  for (const Case& c : none) EXPECT_EQ(all(c.text), c.numbers) << c.text;
  EXPECT_EQ(all("do packet doodh"), "2");
  EXPECT_EQ(all("दो किलो"), "2");
  EXPECT_EQ(all("one kg"), "1");
  EXPECT_EQ(all("saath rupaye"), "60");
  EXPECT_EQ(all("do", true), "2");
  EXPECT_EQ(all("rehne do", true), "");
  EXPECT_EQ(all("the second one", true), "");
}

TEST(Number, LeavesPiecesOfLongerThingsAlone) {
  for (const char* text :
       {"5B",    "class 5B",   "12/3/2026", "12/3",       "5:30",        "17:30 baje",
        "1.2.3", "A-1234",     "#42",       "9876543210", "98765 43210", "+91 98765 43210",
        "007",   "2nd",        "5th march", "rahul12",    "x9y",         "123456789012345",
        "a@b.c", "12-03-2026", ""}) {
    EXPECT_EQ(all(text), "") << text;
  }
}

TEST(Number, SaysWhereItStands) {
  const Tokens tokens("give दो किलो");
  const auto found = find_numbers(tokens, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].tokens, (TokenSpan{1, 2}));
  EXPECT_EQ(found[0].bytes, (ByteSpan{5, 11}));
  EXPECT_FALSE(found[0].ambiguous());
}

TEST(Number, WritesNoZerosAtTheEnd) {
  EXPECT_EQ(number_text({2500}), "2.5");
  EXPECT_EQ(number_text({2050}), "2.05");
  EXPECT_EQ(number_text({1001}), "1.001");
  EXPECT_EQ(number_text({0}), "0");
}

}  // namespace
}  // namespace mitr
