// Goal: a percentile is the true one, or at most 1 % above. Method: the same values sorted.
#include "tools/load/histogram.h"

#include <gtest/gtest.h>
#include <vector>

#include "tools/load/person_values.h"

namespace mitr::load {
namespace {

using namespace std::chrono_literals;

std::uint64_t sorted_percentile(const std::vector<std::uint64_t>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

TEST(Histogram, IsExactBelowOneBucketsWidth) {
  Histogram histogram;
  for (int us = 1; us <= 100; ++us) histogram.add(std::chrono::microseconds(us));
  EXPECT_EQ(histogram.percentile(0.5), 50us);
  EXPECT_EQ(histogram.percentile(0.99), 99us);
  EXPECT_EQ(histogram.percentile(1), 100us);
  EXPECT_EQ(histogram.max(), 100us);
  EXPECT_EQ(histogram.total(), 100u);
  EXPECT_DOUBLE_EQ(histogram.mean_us(), 50.5);
}

TEST(Histogram, IsAtMostOnePercentAboveTheSortedValues) {
  Histogram histogram;
  std::vector<std::uint64_t> values;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    // From microseconds to minutes, as many in each power of two.
    const auto value = drawn(i, 1) >> (30 + drawn(i, 2) % 34);
    values.push_back(value);
    histogram.add(std::chrono::microseconds(value));
  }
  std::sort(values.begin(), values.end());
  for (const double share : {0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999}) {
    const auto truth = static_cast<double>(sorted_percentile(values, share));
    const auto said = static_cast<double>(histogram.percentile(share).count());
    EXPECT_GE(said, truth) << share;
    EXPECT_LE(said, truth * 1.01) << share;
  }
  EXPECT_EQ(static_cast<std::uint64_t>(histogram.max().count()), values.back());
}

TEST(Histogram, TakesWhatNoClockWouldSay) {
  Histogram histogram;
  histogram.add(-5us);
  histogram.add(std::chrono::hours(100));
  EXPECT_EQ(histogram.percentile(0), 0us);
  EXPECT_EQ(histogram.max(), std::chrono::hours(100));
  EXPECT_EQ(histogram.total(), 2u);
}

TEST(Histogram, IsEmptyAtFirstAndAfterClearing) {
  Histogram histogram;
  EXPECT_EQ(histogram.percentile(0.5), 0us);
  histogram.add(7us);
  histogram.clear();
  EXPECT_EQ(histogram.percentile(0.5), 0us);
  EXPECT_EQ(histogram.total(), 0u);
}

}  // namespace
}  // namespace mitr::load
