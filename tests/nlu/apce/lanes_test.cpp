// Goal: numbers taken four at a time are what they are one by one.
#include "nlu/apce/lanes.h"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

#include "nlu/apce/mixing.h"

namespace mitr::apce {
namespace {

TEST(Lanes, ExponentialIsThatOfTheLibrary) {
  for (float x = -80; x <= 0; x += 0.0137F) {
    const Four four = exp_of(Four{x, x / 3, x / 80, 0});
    const float exact[] = {x, x / 3, x / 80, 0};
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const double wanted = std::exp(static_cast<double>(exact[lane]));
      EXPECT_NEAR(static_cast<double>(four[lane]) / wanted, 1, 2e-7) << exact[lane];
    }
  }
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

TEST(Lanes, BytesAddUpToTheSameOnEveryMachine) {
  Chance chance(5);
  for (const std::size_t size : {16U, 32U, 112U, 1040U}) {
    std::vector<std::int8_t> bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::int8_t>(chance.below(256));
    const float factor = 0.0123F;
    std::vector<float> sums(size, 1.7F), plain(size, 1.7F);
    add_scaled_bytes(sums.data(), bytes.data(), factor, size);
    add_scaled_bytes_plainly(plain.data(), bytes.data(), factor, size);
    EXPECT_EQ(sums, plain) << size;
    for (std::size_t i = 0; i < size; ++i) {
      EXPECT_NEAR(sums[i], 1.7F + factor * static_cast<float>(bytes[i]), 1e-6F) << size << ' ' << i;
    }
  }
}

}  // namespace
}  // namespace mitr::apce
