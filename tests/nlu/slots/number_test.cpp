// Goal: amounts with their units, compared without floating point.
#include "nlu/slots/number.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

std::string read(std::string_view text) {
  const Tokens tokens(text);
  const auto found = find_number(tokens, {"kg", "packets"}, {});
  return found ? found->value : "none";
}

TEST(Number, ReadsAmounts) {
  EXPECT_EQ(read("2"), "2");
  EXPECT_EQ(read("about 2 kg please"), "2 kg");
  EXPECT_EQ(read("1.5kg"), "1.5 kg");
  EXPECT_EQ(read("two packets"), "2 packets");
  EXPECT_EQ(read("two dozen"), "24");
  EXPECT_EQ(read("some"), "none");
}

TEST(Number, ComparesInThousandths) {
  EXPECT_EQ(thousandths("2 kg"), 2000);
  EXPECT_EQ(thousandths("1.25 kg"), 1250);
  EXPECT_EQ(thousandths(""), 0);
  EXPECT_GT(thousandths("99999999999999999999999"), 0);
}

}  // namespace
}  // namespace mitr
