// Goal: a row of weights adds the same whether few or many classes have one, and foreign rows that
// would write elsewhere are told apart. Method: rows of every density against plain arithmetic.
#include "nlu/apce/weight_rows.h"

#include <cmath>
#include <gtest/gtest.h>

#include "nlu/apce/mixing.h"

namespace mitr::apce {
namespace {

std::vector<WeightRowsMaker::Weight> row_of(std::uint32_t permille, std::size_t classes,
                                            Chance& chance) {
  std::vector<WeightRowsMaker::Weight> weights;
  for (std::size_t i = 0; i < classes; ++i) {
    if (chance.below(1000) >= permille) continue;
    const float weight = static_cast<float>(static_cast<int>(chance.below(401)) - 200) / 100;
    weights.push_back({static_cast<std::uint16_t>(i), weight});
  }
  return weights;
}

TEST(WeightRows, AddWhatTheyWereMadeOf) {
  constexpr std::size_t kClasses = 700;
  Chance chance(3);
  for (const std::uint32_t permille : {0U, 2U, 30U, 200U, 260U, 700U, 1000U}) {
    const auto weights = row_of(permille, kClasses, chance);
    WeightRowsMaker maker;
    maker.add_row({});
    maker.add_row(weights);
    const WeightRows rows = maker.take();
    EXPECT_TRUE(rows.fits(kClasses));
    std::vector<float> sums(whole_sixteens(kClasses), 1);
    rows.add_to(sums, 0, 5);
    rows.add_to(sums, 1, 2);
    std::vector<float> expected(sums.size(), 1);
    for (const auto& each : weights) expected[each.of_class] += 2 * each.weight;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      // Half a step of rounding, twice.
      EXPECT_NEAR(sums[i], expected[i], 2.1 * 2 / 127) << permille << " permille, class " << i;
    }
  }
}

TEST(WeightRows, AddAllThatMattersWhereOnlyARunOfClassesDoes) {
  constexpr std::size_t kClasses = 500;
  Chance chance(6);
  for (const std::uint32_t permille : {30U, 700U, 1000U}) {
    WeightRowsMaker maker;
    maker.add_row(row_of(permille, kClasses, chance));
    const WeightRows rows = maker.take();
    std::vector<float> all(whole_sixteens(kClasses), 0);
    rows.add_to(all, 0, 3);
    for (int run = 0; run < 50; ++run) {
      const std::size_t first = chance.below(kClasses);
      const std::size_t last = first + chance.below(static_cast<std::uint32_t>(kClasses - first));
      std::vector<float> sums(all.size(), 0);
      rows.add_to(sums, 0, 3, first, last);
      for (std::size_t i = 0; i < sums.size(); ++i) {
        const bool matters = i >= first && i < last;
        EXPECT_TRUE(sums[i] == all[i] || (!matters && sums[i] == 0))
            << first << ' ' << last << ' ' << i;
      }
    }
  }
}

TEST(WeightRows, GiveTheirEntriesBack) {
  Chance chance(4);
  for (const std::uint32_t permille : {0U, 5U, 240U, 260U, 1000U}) {
    WeightRowsMaker maker;
    maker.add_row(row_of(permille, 900, chance));
    const WeightRows rows = maker.take();
    const auto entries = rows.entries(0);
    const WeightRows again({static_cast<std::uint16_t>(entries.size())}, {rows.scale(0)}, entries);
    std::vector<float> sums(912, 0), same(912, 0);
    rows.add_to(sums, 0, 1);
    again.add_to(same, 0, 1);
    EXPECT_EQ(sums, same) << permille;
  }
}

TEST(WeightRows, TellForeignRowsThatWriteElsewhere) {
  using Entry = WeightRows::Entry;
  EXPECT_TRUE(WeightRows({1}, {1}, {Entry{5, 1}}).fits(5));
  EXPECT_FALSE(WeightRows({1}, {1}, {Entry{6, 1}}).fits(5));
  EXPECT_FALSE(WeightRows({1}, {1}, {Entry{6, 0}}).fits(5)) << "a stop counts too";
  EXPECT_FALSE(WeightRows({1}, {1}, {Entry{0, 1}}).fits(5)) << "the same class twice";
  EXPECT_FALSE(WeightRows({1}, {-1}, {Entry{1, 1}}).fits(5));
  EXPECT_FALSE(WeightRows({1}, {std::nanf("")}, {Entry{1, 1}}).fits(5));
  EXPECT_FALSE(WeightRows({2}, {1}, {Entry{1, 1}}).fits(5)) << "fewer entries than counted";
  EXPECT_FALSE(WeightRows({1}, {1}, {Entry{1, 1}, Entry{1, 1}}).fits(5)) << "more than counted";
  EXPECT_FALSE(WeightRows({300}, {1}, std::vector<Entry>(300, Entry{255, 1})).fits(100'000))
      << "beyond any class";
}

}  // namespace
}  // namespace mitr::apce
