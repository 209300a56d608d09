// Goal: a pack's author learns of every mistake at once, with its place and the mend. Method: the
// shipped packs are clean; copies with one thing altered are not.
#include "config/pack_file.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <unistd.h>

#include "config/pack_examples.h"
#include "config/pack_files.h"

namespace mitr {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A copy of the school's pack to spoil.
class SpoiltPack : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    packs_ = fs::path(testing::TempDir()) /
             (std::string("mitr_pack_") + test->name() + std::to_string(getpid()));
    folder_ = packs_ / "school";
    fs::create_directories(folder_);
    fs::copy("config/packs/base", packs_ / "base",
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    for (const char* file : {"pack.yaml", "phrases.en.yaml"}) {
      fs::copy_file(fs::path("config/packs/school") / file, folder_ / file,
                    fs::copy_options::overwrite_existing);
    }
  }
  void TearDown() override { fs::remove_all(packs_); }

  void alter(const char* file, std::string_view from, std::string_view to) {
    std::string text = text_of(folder_ / file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }
  std::string mistakes() const {
    std::string all;
    const LoadedPack loaded = load_pack(folder_);
    EXPECT_EQ(loaded.mistakes.empty(), loaded.pack != nullptr);
    for (const PackMistake& mistake : loaded.mistakes) {
      EXPECT_GT(mistake.line, 0);
      EXPECT_GT(mistake.column, 0);
      EXPECT_FALSE(mistake.what.empty());
      EXPECT_FALSE(mistake.mend.empty());
      all += to_string(mistake).substr(folder_.string().size() + 1) + "\n";
    }
    return all;
  }

  fs::path packs_;
  fs::path folder_;
};

TEST(PackFile, LoadsEveryShippedPack) {
  for (const char* name : {"school", "merchant", "clinic", "enterprise"}) {
    const LoadedPack loaded = load_pack(fs::path("config/packs") / name);
    for (const PackMistake& mistake : loaded.mistakes) ADD_FAILURE() << to_string(mistake);
    ASSERT_TRUE(loaded.pack);
    EXPECT_EQ(loaded.pack->name(), name);
    EXPECT_EQ(loaded.pack->languages().front(), "en");
    EXPECT_FALSE(loaded.pack->templates().empty());
  }
}

TEST(PackFile, SaysWhenThereIsNoPack) {
  const LoadedPack loaded = load_pack("config/packs/nowhere");
  EXPECT_FALSE(loaded.pack);
  EXPECT_EQ(loaded.mistakes.size(), 1u);
}

TEST_F(SpoiltPack, RefusesAnUnknownKeyWithItsPlace) {
  alter("pack.yaml", "threshold_permille: 500", "treshold: 500");
  EXPECT_EQ(mistakes().rfind("pack.yaml:3:1: unknown key 'treshold'", 0), 0u) << mistakes();
}

TEST_F(SpoiltPack, ReportsAllMistakesNotTheFirst) {
  alter("pack.yaml", "kind: class", "kind: klass");
  alter("pack.yaml", "\"<away>\"", "\"<nowhere>\"");
  alter("pack.yaml", "key: class", "key: room");
  alter("pack.yaml", "max: 60", "max: none");
  alter("phrases.en.yaml", "Which class is {student}", "Which class is {pupil}");
  alter("phrases.en.yaml", "  unreadable:", "  unreadible:");
  alter("phrases.en.yaml", "    done:", "    dun:");
  const std::string all = mistakes();
  for (const char* part :
       {"unknown kind 'klass'", "there is no word list 'nowhere'", "no slot 'room'",
        "'max' is out of range", "unknown key 'unreadible' in common; write 'unreadable'",
        "'done' is missing"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
  }
}

TEST_F(SpoiltPack, RefusesAPlaceThatNamesNothing) {
  alter("phrases.en.yaml", "Which class is {student}", "Which class is {pupil}");
  EXPECT_NE(mistakes().find("'{pupil}' names nothing here"), std::string::npos);
}

TEST_F(SpoiltPack, TellsWhatIsWrongWithAnExample) {
  std::ofstream(folder_ / "examples.tsv") << "# words\n"
                                             "en\tmy son is ill\tleave\n"
                                             "en\twhat a day\t-\n"
                                             "en\tmy son is ill\n"
                                             "fr\tbonjour\t-\n"
                                             "en\tleave and lunch\tleave+lunch\r\n";
  EXPECT_EQ(mistakes(),
            "examples.tsv:4:1: an example has three columns; write language, words and the flow "
            "they begin, parted by tabs\n"
            "examples.tsv:5:1: the pack does not speak 'fr'; use a language that has a phrases "
            "file\n"
            "examples.tsv:6:20: there is no flow 'lunch'; name a flow of pack.yaml, or write - for "
            "nothing\n");
}

TEST_F(SpoiltPack, TellsWhatMayNotBeMarked) {
  std::ofstream(folder_ / "examples.tsv") << "en\t[Asha](student) has [fever](reason)\tleave\n"
                                             "en\t[Asha](pupil) is ill\tleave\n"
                                             "en\tleave of [6A](class)\tleave\n"
                                             "en\t[Asha](student) writes\t-\n"
                                             "en\ta [bracket] and (more)\tleave\n";
  const std::string mend = "mark names and texts, by slots of the one flow that the words begin\n";
  EXPECT_EQ(mistakes(), "examples.tsv:2:4: 'pupil' cannot be marked here; " + mend +
                            "examples.tsv:3:4: 'class' cannot be marked here; " + mend +
                            "examples.tsv:4:4: 'student' cannot be marked here; " + mend);
}

TEST(PackExamples, AreReadWithTheirMarks) {
  const PackExample example = unmarked("[Asha](student)'s [high fever](reason) [again]");
  EXPECT_EQ(example.text, "Asha's high fever [again]");
  EXPECT_EQ(example.values, (std::vector<ExampleValue>{{"student", 0, 4}, {"reason", 7, 17}}));
}

TEST(PackFile, AnotherExampleIsAnotherVersion) {
  auto files = read_pack_files("config/packs/school");
  const auto version = version_of(files);
  for (auto& [name, text] : files.files) {
    if (name == "examples.tsv") text += "en\tone more\t-\n";
  }
  EXPECT_NE(version_of(files), version);
}

TEST_F(SpoiltPack, RefusesAKeyWrittenTwice) {
  alter("phrases.en.yaml", "  welcome_thanks:", "  welcome: \"again\"\n  welcome_thanks:");
  EXPECT_NE(mistakes().find("'welcome' appears twice"), std::string::npos);
}

TEST_F(SpoiltPack, RefusesATemplateThatTakesOtherParameters) {
  alter("pack.yaml", "parameters: [student, class, from, to, reason]",
        "parameters: [student, class]");
  EXPECT_NE(mistakes().find("does not take this many parameters"), std::string::npos);
}

TEST_F(SpoiltPack, RefusesAReminderOutsideTheProvidersWindow) {
  alter("pack.yaml", "after_minutes: 30, lapse_minutes: 1200", "after_minutes: 1440, lapse: 0");
  const std::string all = mistakes();
  EXPECT_NE(all.find("'after_minutes' is out of range"), std::string::npos) << all;
  EXPECT_NE(all.find("unknown key 'lapse'"), std::string::npos) << all;
}

TEST_F(SpoiltPack, WantsWordingForAReminderAndNoneWithout) {
  alter("phrases.en.yaml", "    reminder:", "    remainder:");
  EXPECT_NE(mistakes().find("'reminder' is missing"), std::string::npos) << mistakes();
  alter("phrases.en.yaml", "    remainder:", "    reminder:");
  alter("pack.yaml", "    reminder: {after_minutes: 30, lapse_minutes: 1200}\n", "");
  EXPECT_NE(mistakes().find("flow 'leave' sends no reminder"), std::string::npos) << mistakes();
}

TEST_F(SpoiltPack, PointsAtBrokenYaml) {
  alter("pack.yaml", "words:", "words: [");
  EXPECT_NE(mistakes().find("not YAML"), std::string::npos);
}

TEST_F(SpoiltPack, SurvivesAnyCut) {
  const std::string whole = text_of(folder_ / "pack.yaml");
  for (std::size_t size = 0; size < whole.size(); size += 61) {
    std::ofstream(folder_ / "pack.yaml", std::ios::binary) << whole.substr(0, size);
    const LoadedPack loaded = load_pack(folder_);
    EXPECT_EQ(loaded.pack == nullptr, !loaded.mistakes.empty()) << size;
  }
}

}  // namespace
}  // namespace mitr
