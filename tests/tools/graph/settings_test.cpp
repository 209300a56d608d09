// The simulator's YAML, the demo's above all.
#include "tools/graph/settings.h"

#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>

#include "tools/graph/target.h"
#include "tools/graph/wamid.h"

namespace mitr::graph {
namespace {

Result<GraphSettings> read_text(const std::string& text) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("mitr-graph-settings-" + std::to_string(getpid()) + ".yaml");
  std::ofstream(file) << text;
  auto read = read_settings(file, {});
  std::filesystem::remove(file);
  return read;
}

TEST(GraphSettings, ReadsTheDemo) {
  const auto settings = read_settings("config/examples/graph.yaml", {});
  ASSERT_TRUE(settings.ok()) << settings.error().what;
  EXPECT_TRUE(check_settings(*settings).ok());
  EXPECT_EQ(settings->numbers.size(), 4u);
  ASSERT_EQ(settings->packs.size(), 1u);
  EXPECT_TRUE(std::filesystem::exists(settings->packs.front()));
}

TEST(GraphSettings, RefusesUnknownKeysWithTheirLine) {
  const auto settings = read_text("port: 1\nnumbers:\n  - {id: \"1\", nmae: x}\n");
  ASSERT_FALSE(settings.ok());
  EXPECT_THAT(settings.error().what, testing::HasSubstr(":3: unknown key `nmae`; known: id, name"));
}

TEST(GraphSettings, RefusesWhatIsNoYaml) {
  EXPECT_EQ(read_text("port: [").error().code, Errc::kInvalidConfig);
  EXPECT_EQ(read_text("port: many").error().code, Errc::kInvalidConfig);
  EXPECT_EQ(read_settings("no/such/file.yaml", {}).error().code, Errc::kInvalidConfig);
}

TEST(Target, SplitsAndDecodes) {
  const auto target = parse_target("/sim/events?after=12&open=1%3A2&flag&x=a+b");
  EXPECT_EQ(target.path, "/sim/events");
  EXPECT_EQ(target.number("after", 0), 12u);
  EXPECT_EQ(target.number("open", 7), 7u);
  EXPECT_EQ(target.value("open"), "1:2");
  EXPECT_EQ(target.value("x"), "a b");
  EXPECT_EQ(percent_encode("a b/ü"), "a%20b%2F%C3%BC");
}

TEST(Wamid, CarriesItsPhoneAndIsFreshEachTime) {
  const auto one = make_wamid("919800000001", Direction::kFromPerson);
  EXPECT_NE(one, make_wamid("919800000001", Direction::kFromPerson));
  EXPECT_EQ(phone_in_wamid(one.reveal()), Personal("919800000001"));
  EXPECT_EQ(phone_in_wamid("wamid.AAAA"), std::nullopt);
  EXPECT_EQ(phone_in_wamid("wamid.HBj_"), std::nullopt);
  EXPECT_EQ(phone_in_wamid("other"), std::nullopt);
}

TEST(Bsuid, IsTheSameForTheSamePhone) {
  EXPECT_EQ(bsuid_of("919800000001"), bsuid_of("919800000001"));
  EXPECT_NE(bsuid_of("919800000001"), bsuid_of("919800000002"));
  EXPECT_THAT(bsuid_of("919800000001").reveal(), testing::MatchesRegex("IN\\.[1-9][0-9]+"));
}

}  // namespace
}  // namespace mitr::graph
