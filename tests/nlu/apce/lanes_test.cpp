// Goal: numbers taken four at a time are what they are one by one.
#include "nlu/apce/lanes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace mitr::apce {
namespace {

TEST(Lanes, ExponentialIsThatOfTheLibrary) {
  for (float x = -80; x <= 80; x += 0.37F) {
    const Four four = exp_of(Four{x, x + 0.1F, x - 0.1F, 0});
    const float exact[] = {x, x + 0.1F, x - 0.1F, 0};
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const double wanted = std::exp(std::clamp<double>(exact[lane], -80, 80));
      EXPECT_NEAR(static_cast<double>(four[lane]) / wanted, 1, 2e-7) << exact[lane];
    }
  }
}

TEST(Lanes, ExponentialOfWhatIsBeyondIsThatOfTheEnd) {
  const Four four = exp_of(Four{-1e30F, 1e30F, -81, 81});
  const Four ends = exp_of(Four{-80, 80, -80, 80});
  for (std::size_t lane = 0; lane < 4; ++lane) EXPECT_EQ(four[lane], ends[lane]);
}

TEST(Lanes, LargestStandsAnywhere) {
  for (std::size_t size = 1; size < 14; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::vector<float> numbers(size, -3);
      numbers[at] = -1;
      EXPECT_EQ(largest(numbers.data(), size), -1) << size << ' ' << at;
    }
  }
}

}  // namespace
}  // namespace mitr::apce
