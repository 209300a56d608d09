// Goal: any bytes become tokens whose places quote the original exactly.
#include "nlu/text/tokens.h"

#include <gtest/gtest.h>
#include <random>

#include "protocols/limits.h"

namespace mitr {
namespace {

TEST(Tokens, KeepTheirPlaces) {
  const Tokens tokens(
      "She won\xE2\x80\x99t come, 5B\xE2\x80\x93"
      "C!");
  ASSERT_EQ(tokens.size(), 9u);
  EXPECT_TRUE(tokens[1].is("wont"));
  EXPECT_EQ(tokens.quote({1, 2}), "won\xE2\x80\x99t");
  EXPECT_TRUE(tokens[3].is_mark(','));
  EXPECT_EQ(tokens[4].number, 5u);
  EXPECT_TRUE(tokens[5].glued);
  EXPECT_TRUE(tokens[6].is_mark('-'));
  EXPECT_TRUE(tokens[20].is_mark(0));
}

TEST(Tokens, SurviveAnyBytes) {
  const unsigned seed = std::random_device{}();
  RecordProperty("seed", static_cast<int>(seed));
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::string_view pieces[] = {"\xE2\x80", "\xE2",
                                     "'",        "\xE2\x80\x99",
                                     "a",        "5",
                                     "\xF0\x9F", "\xF0\x9F\x91\x8D",
                                     " ",        "\n",
                                     "\xC2",     "\xEF\xB8",
                                     "-",        std::string_view("\0", 1),
                                     "\xFF"};
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto n = random() % 24; n > 0; --n) text += pieces[random() % std::size(pieces)];
    const Tokens tokens(text);
    std::uint32_t end = 0;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      ASSERT_GE(tokens[at].begin, end);
      ASSERT_GT(tokens[at].end, tokens[at].begin);
      end = tokens[at].end;
      ASSERT_LE(end, text.size());
    }
  }
}

TEST(Tokens, AreBounded) {
  std::string text;
  for (int word = 0; word < 20000; ++word) text += "a ";
  EXPECT_EQ(Tokens(text).size(), limits::kTokensMax);
}

TEST(Text, IsTrimmedJoinedAndClipped) {
  EXPECT_EQ(trimmed(" \n a b \t"), "a b");
  EXPECT_EQ(one_line(" a\n\n b\tc "), "a b c");
  EXPECT_EQ(characters("आयशा"), 4u);
  EXPECT_EQ(clipped("aआ", 3), "a");
  EXPECT_EQ(clipped("aआ", 4), "aआ");
}

}  // namespace
}  // namespace mitr
