// Personal data does not print, and is not turned into text by accident.
#include "protocols/personal.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <type_traits>

namespace mitr {
namespace {

TEST(Personal, StreamsItsLengthAndNothingElse) {
  std::ostringstream out;
  out << Personal("919800000001");
  EXPECT_EQ(out.str(), "<personal, 12 bytes>");
}

TEST(Personal, PrintsNoContentInATestFailure) {
  EXPECT_EQ(testing::PrintToString(Personal("fever since Monday")).find("fever"),
            std::string::npos);
}

TEST(Personal, DoesNotTurnIntoText) {
  static_assert(!std::is_convertible_v<Personal, std::string>);
  static_assert(!std::is_convertible_v<Personal, std::string_view>);
  static_assert(!std::is_convertible_v<const char*, Personal>);
}

TEST(Personal, RevealsWhatItHolds) {
  Personal text(std::string_view("fever"));
  EXPECT_EQ(text.reveal(), "fever");
  EXPECT_EQ(text.size_bytes(), 5u);
  EXPECT_FALSE(text.empty());
  text.reveal() += "!";
  EXPECT_EQ(text, Personal("fever!"));
  EXPECT_TRUE(Personal().empty());
}

}  // namespace
}  // namespace mitr
