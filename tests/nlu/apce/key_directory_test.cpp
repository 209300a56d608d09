// Goal: a key has its place, and another has none. Method: directories of many sizes, with keys
// that crowd and at the ends of their range, beside a search in the sorted keys.
#include "nlu/apce/key_directory.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

#include "nlu/apce/mixing.h"

namespace mitr::apce {
namespace {

std::uint32_t searched(const std::vector<std::uint32_t>& keys, std::uint32_t key) {
  const auto found = std::lower_bound(keys.begin(), keys.end(), key);
  if (found == keys.end() || *found != key) return KeyDirectory::kNone;
  return static_cast<std::uint32_t>(found - keys.begin());
}

/// Of `spread` numbers, the highest there are if `high`.
std::vector<std::uint32_t> some_keys(std::size_t size, std::uint32_t spread, bool high,
                                     Chance& chance) {
  std::vector<std::uint32_t> keys;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint32_t key = chance.below(spread);
    keys.push_back(high ? 0xFFFFFFFF - key : key);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

TEST(KeyDirectory, FindsWhatASearchFinds) {
  Chance chance(7);
  for (const std::size_t size : {0U, 1U, 3U, 4U, 9U, 100U, 5000U}) {
    for (const std::uint32_t spread : {20U, 10'000U, 0xFFFFFFFFU}) {
      for (const bool high : {false, true}) {
        const auto keys = some_keys(size, spread, high, chance);
        const KeyDirectory directory(keys);
        ASSERT_EQ(directory.size(), keys.size());
        std::vector<std::uint32_t> asked = keys;
        asked.insert(asked.end(), {0, 1, 0xFFFFFFFE, 0xFFFFFFFF});
        for (int i = 0; i < 200; ++i) asked.push_back(chance.below(spread));
        std::size_t visited = 0;
        directory.find_each(
            asked.size(), [&](std::size_t i) { return asked[i]; },
            [&](std::size_t i, std::uint32_t row) {
              EXPECT_EQ(i, visited++);
              EXPECT_EQ(row, searched(keys, asked[i])) << asked[i] << " of " << keys.size();
            });
        EXPECT_EQ(visited, asked.size());
      }
    }
  }
}

}  // namespace
}  // namespace mitr::apce
