// Goal: what belongs to one kind of slot is refused elsewhere, and bounds are written in the kind's
// own measure. Method: the pack that holds every kind, with one thing altered.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <unistd.h>

#include "config/pack_file.h"

namespace mitr {
namespace {

namespace fs = std::filesystem;

class SpoiltKinds : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    packs_ = fs::path(testing::TempDir()) /
             (std::string("mitr_kinds_") + test->name() + std::to_string(getpid()));
    fs::remove_all(packs_);
    fs::create_directories(packs_);
    fs::copy("config/packs/base", packs_ / "base", fs::copy_options::recursive);
    fs::copy("tests/golden/packs/kinds", packs_ / "kinds", fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(packs_); }

  /// The mistakes once `from` is replaced in a file of the pack.
  std::string mistakes(std::string_view from, std::string_view to,
                       const char* name = "pack.yaml") const {
    const fs::path file = packs_ / "kinds" / name;
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at == std::string::npos) return {};
    text.replace(at, from.size(), to);
    std::ofstream(file, std::ios::binary) << text;
    std::string all;
    for (const PackMistake& mistake : load_pack(packs_ / "kinds").mistakes) {
      EXPECT_GT(mistake.line, 1);
      all += mistake.what + "; " + mistake.mend + "\n";
    }
    return all;
  }

  fs::path packs_;
};

TEST_F(SpoiltKinds, TakesThePackAsItIs) {
  EXPECT_EQ(mistakes("pack: kinds", "pack: kinds"), "");
}

TEST_F(SpoiltKinds, RefusesOptionsAndShapesElsewhere) {
  EXPECT_EQ(mistakes("{name: email, kind: email,", "{name: email, kind: email, options: [],"),
            "only a choice, a product and a yes_no have options; remove 'options'\n");
  EXPECT_EQ(mistakes("kind: email, options: [],", "kind: email, shapes: [\"##\"],"),
            "only a reference has shapes; remove 'shapes'\n");
}

TEST_F(SpoiltKinds, WantsShapesOfAReference) {
  EXPECT_NE(mistakes(", shapes: [\"RC-####+\", \"#####\"]", "").find("a reference without shapes"),
            std::string::npos);
}

TEST_F(SpoiltKinds, RefusesWhatIsNoShape) {
  EXPECT_NE(mistakes("\"RC-####+\"", "\"RC.*\"").find("'RC.*' is no shape of a reference"),
            std::string::npos);
}

TEST_F(SpoiltKinds, WantsBothOptionsOfAYesNo) {
  EXPECT_NE(mistakes("{id: \"no\", words: [without wheelchair]}", "{id: perhaps, words: [hm]}")
                .find("a yes_no has two options, yes and no"),
            std::string::npos);
}

TEST_F(SpoiltKinds, KeepsUnitsToProducts) {
  EXPECT_NE(mistakes("{id: north, words: [north]}", "{id: north, words: [north], unit: kg}")
                .find("only a product has a unit"),
            std::string::npos);
}

TEST_F(SpoiltKinds, ReadsBoundsInTheKindsOwnMeasure) {
  EXPECT_NE(
      mistakes("max: 19:30", "max: 1930").find("'1930' is no time; write it as 9:00 or 17:30"),
      std::string::npos);
  EXPECT_NE(mistakes("max: 10 days", "max: 10")
                .find("'10' is no length of time; write it as 2 days or 90 minutes"),
            std::string::npos);
}

TEST_F(SpoiltKinds, RefusesARuleOfAnotherKind) {
  EXPECT_NE(mistakes("rule: amount", "rule: between, max: 3").find("this rule does not fit"),
            std::string::npos);
}

TEST_F(SpoiltKinds, RefusesADefaultOfAnotherKind) {
  EXPECT_NE(mistakes("{name: copy, kind: yes_no,", "{name: copy, kind: yes_no, default: sure,")
                .find("'sure' is no value of this kind"),
            std::string::npos);
}

TEST_F(SpoiltKinds, RefusesAConditionThatMixesKinds) {
  EXPECT_NE(mistakes("time >= 17:00", "time >= 17").find("compare a time with a time"),
            std::string::npos);
}

TEST_F(SpoiltKinds, RefusesAValueOfAnotherKind) {
  EXPECT_NE(mistakes("- collect: amount", "- {set: amount, to: 17:00}")
                .find("the value is of another kind than slot 'amount'"),
            std::string::npos);
}

TEST_F(SpoiltKinds, TakesLongerTitlesWhereAListIsOffered) {
  EXPECT_NE(
      mistakes("\"The one in the far west\"", "\"The one in the farthest west\"", "phrases.en.yaml")
          .find("use at most 24 characters"),
      std::string::npos);
  EXPECT_NE(mistakes("\"Stairs\"", "\"The stairs, all of them\"", "phrases.en.yaml")
                .find("use at most 20 characters"),
            std::string::npos);
}

}  // namespace
}  // namespace mitr
