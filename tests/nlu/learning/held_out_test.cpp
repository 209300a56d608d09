// Goal: what tests a model never teaches one. Method: the split over made-up utterances.
#include "nlu/learning/held_out.h"

#include <gtest/gtest.h>
#include <string>

namespace mitr {
namespace {

TEST(HeldOut, TakesAboutTheShareItIsTold) {
  int held = 0;
  for (int i = 0; i < 4000; ++i) held += held_out("fee for class " + std::to_string(i), 4) ? 1 : 0;
  EXPECT_GT(held, 900);
  EXPECT_LT(held, 1100);
}

TEST(HeldOut, PutsTheSameWordsOnTheSameSide) {
  for (int i = 0; i < 100; ++i) {
    const std::string words = "need leave on day " + std::to_string(i);
    EXPECT_EQ(held_out(words, 4), held_out("  NEED leave   on DAY " + std::to_string(i), 4));
  }
}

/// A split that moved would teach what tested before.
TEST(HeldOut, StaysAsItIs) {
  std::string sides;
  for (int i = 0; i < 16; ++i) sides += held_out("utterance " + std::to_string(i), 4) ? 'x' : '-';
  EXPECT_EQ(sides, "----x--------x--");
}

}  // namespace
}  // namespace mitr
