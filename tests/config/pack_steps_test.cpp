// Goal: the author of a flow learns where a step is wrong and what to write. Method: the clinic's
// and the shop's packs with one thing altered.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <unistd.h>

#include "config/pack_file.h"

namespace mitr {
namespace {

namespace fs = std::filesystem;

class SpoiltSteps : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    packs_ = fs::path(testing::TempDir()) /
             (std::string("mitr_steps_") + test->name() + std::to_string(getpid()));
    fs::create_directories(packs_);
    for (const char* name : {"base", "merchant"}) {
      fs::copy(fs::path("config/packs") / name, packs_ / name,
               fs::copy_options::overwrite_existing | fs::copy_options::recursive);
    }
  }
  void TearDown() override { fs::remove_all(packs_); }

  /// The mistakes once `from` is replaced in pack.yaml.
  std::string mistakes(std::string_view from, std::string_view to) const {
    const fs::path file = packs_ / "merchant" / "pack.yaml";
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    std::ofstream(file, std::ios::binary) << text;
    std::string all;
    for (const PackMistake& mistake : load_pack(packs_ / "merchant").mistakes) {
      EXPECT_GT(mistake.line, 1);
      all += mistake.what + "; " + mistake.mend + "\n";
    }
    return all;
  }

  fs::path packs_;
};

TEST_F(SpoiltSteps, RefusesAConditionOnWhatIsNotThere) {
  EXPECT_NE(mistakes("way = exchange", "wey = exchange").find("the flow has no slot 'wey'"),
            std::string::npos);
}

TEST_F(SpoiltSteps, RefusesAnOptionThatIsNone) {
  EXPECT_NE(mistakes("way = exchange", "way = swap").find("use one of: refund, exchange"),
            std::string::npos);
}

TEST_F(SpoiltSteps, RefusesASlotThatIsNone) {
  EXPECT_NE(mistakes("- collect: way", "- collect: ways").find("the flow has no slot 'ways'"),
            std::string::npos);
}

TEST_F(SpoiltSteps, RefusesAStepOfNoKind) {
  EXPECT_NE(mistakes("- collect: way", "- colect: way").find("this is no step"), std::string::npos);
}

TEST_F(SpoiltSteps, RefusesWhatIsNeverReached) {
  EXPECT_NE(mistakes("      - confirm\n", "      - end\n      - confirm\n").find("never reached"),
            std::string::npos);
}

TEST_F(SpoiltSteps, RefusesALinkToNowhere) {
  EXPECT_NE(mistakes("      - confirm\n",
                     "      - if: filled(item)\n        then: [link: nowhere]\n"
                     "      - confirm\n")
                .find("which is no flow"),
            std::string::npos);
}

TEST_F(SpoiltSteps, RefusesAValueOfAnotherKind) {
  EXPECT_NE(mistakes("      - confirm\n", "      - {set: quantity, to: \"'x'\"}\n      - confirm\n")
                .find("of another kind"),
            std::string::npos);
}

}  // namespace
}  // namespace mitr
