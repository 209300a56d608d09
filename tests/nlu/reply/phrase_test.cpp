// Goal: a place with nothing in it leaves no hole in the sentence.
#include "nlu/reply/phrase.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

std::string rendered(std::string_view wording, const std::string& value) {
  std::string out;
  Wording::compile(wording).render(
      [&](std::string_view place) { return place == "empty" ? std::string() : value; }, out);
  return out;
}

TEST(Wording, ClosesTheGapOfAnEmptyPlace) {
  EXPECT_EQ(rendered("You would like: {empty} {item} {empty}\nSend it?", "2 kg Rice"),
            "You would like: 2 kg Rice\nSend it?");
  EXPECT_EQ(rendered("Call {empty} on {day}.", "Monday"), "Call on Monday.");
  EXPECT_EQ(rendered("{empty}{item}, {item}", "rice"), "rice, rice");
}

}  // namespace
}  // namespace mitr
