// Goal: the first few of many utterances speak for all of them. Method: crowds of similar ones.
#include "nlu/learning/medoids.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace mitr {
namespace {

TEST(Medoids, TakesOneOutOfEachCrowdTheLargestFirst) {
  std::vector<std::string> texts;
  for (const char* day : {"monday", "tuesday", "friday"})
    texts.push_back(std::string("bus did not come on ") + day);
  for (const char* child : {"asha", "ravi", "meera", "kabir", "zoya"})
    texts.push_back(std::string("uniform size for ") + child);
  texts.emplace_back("zzz");
  std::vector<Telling> tellings;
  for (const auto& text : texts) tellings.push_back({text});
  const auto chosen = medoids(tellings, 3);
  ASSERT_EQ(chosen.size(), 3U);
  EXPECT_TRUE(chosen[0] >= 3 && chosen[0] < 8) << texts[chosen[0]];
  EXPECT_LT(chosen[1], 3U) << texts[chosen[1]];
  EXPECT_EQ(chosen[2], 8U);
}

TEST(Medoids, ChoosesNoneTwiceAndAllAtMost) {
  const std::vector<Telling> same(5, Telling{"where is the bus"});
  const auto chosen = medoids(same, 9);
  EXPECT_EQ(std::set<std::size_t>(chosen.begin(), chosen.end()).size(), 5U);
  EXPECT_EQ(chosen.front(), 0U);
  EXPECT_TRUE(medoids({}, 3).empty());
}

TEST(Medoids, CountsWhatWeighsMoreForMore) {
  const std::vector<Telling> tellings{{"bus late"}, {"bus is late"}, {"annual day song", 5}};
  EXPECT_EQ(medoids(tellings, 1).front(), 2U);
}

}  // namespace
}  // namespace mitr
