// Goal: several records in one slot come back as they were, and words pick one or none.
#include "nlu/records/record_list.h"

#include <gtest/gtest.h>

#include "protocols/limits.h"

namespace mitr {
namespace {

const std::vector<RecordRow> kChildren{
    {"A-17", "Diya Sharma", "3A"}, {"A-18", "Aarav Sharma", "5B"}, {"A-19", "Kabir Sharma", "7C"}};

std::optional<std::size_t> found(std::string_view words, bool asked = true) {
  const Tokens tokens(words);
  const auto match = find_row(kChildren, tokens, asked);
  return match ? std::optional(match->row) : std::nullopt;
}

TEST(RecordList, ComesBackAsItWas) {
  EXPECT_EQ(decode_rows(encode_rows(kChildren)), kChildren);
  EXPECT_EQ(encode_rows({}), "");
  EXPECT_TRUE(decode_rows("").empty());
}

TEST(RecordList, KeepsFieldsThatHoldItsMarksInOneRow) {
  const auto rows =
      decode_rows(encode_rows({{"A\x1E"
                                "1",
                                "Di\x1Fya", "3\nA"}}));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].size(), 3u);
}

TEST(RecordList, ReadsAnyBytes) {
  EXPECT_TRUE(decode_rows("\x1F\x1F\x1E\x1E").empty()) << "a row without a key is none";
  EXPECT_EQ(decode_rows("a").size(), 1u);
  EXPECT_EQ(decode_rows(std::string(1000, '\x1E')).size(), 0u);
  std::string many;
  for (int row = 0; row < 40; ++row) many += "k" + std::to_string(row) + "\x1F\x1E";
  EXPECT_EQ(decode_rows(many).size(), limits::kRecordsShownMax);
}

TEST(RecordList, FindsARowByWhatIsSaid) {
  EXPECT_EQ(found("Aarav"), 1u);
  EXPECT_EQ(found("it is for kabir sharma please"), 2u);
  EXPECT_EQ(found("A-19"), 2u);
  EXPECT_EQ(found("the second one"), 1u);
  EXPECT_EQ(found("3"), 2u);
  EXPECT_EQ(found("last"), 2u);
}

TEST(RecordList, DoesNotGuess) {
  EXPECT_EQ(found("Sharma"), std::nullopt) << "all three are";
  EXPECT_EQ(found("Rohan"), std::nullopt);
  EXPECT_EQ(found("4"), std::nullopt);
  EXPECT_EQ(found("the second one", false), std::nullopt)
      << "a place counts where it was asked for";
}

TEST(RecordList, MeansARowByAllItsWords) {
  EXPECT_EQ(row_meant(kChildren, 1, "Diya"), 0u);
  EXPECT_EQ(row_meant(kChildren, 1, "diya sharma"), 0u);
  EXPECT_EQ(row_meant(kChildren, 1, "Sharma"), std::nullopt);
  EXPECT_EQ(row_meant(kChildren, 1, "Diya Verma"), std::nullopt);
  EXPECT_EQ(row_meant(kChildren, 1, ""), std::nullopt);
}

TEST(RecordList, CallsARowByItsFields) {
  EXPECT_EQ(row_title(kChildren[0]), "Diya Sharma, 3A");
  EXPECT_EQ(row_title({"A-17"}), "A-17");
  EXPECT_EQ(row_title({"A-17", "", "x"}), "x");
}

}  // namespace
}  // namespace mitr
