// Goal: a conversation changes only when someone means it. Method: every .chat file is played and
// must come out as it stands; MITR_GOLDEN=rewrite writes what came out, for review in the diff.
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "config/pack_file.h"
#include "tests/support/chat_script.h"

namespace mitr {
namespace {

/// One of ours, or one made for these tests.
std::shared_ptr<const Pack> load_named(const std::string& name) {
  const bool ours = std::filesystem::exists("config/packs/" + name);
  return load_pack((ours ? "config/packs/" : "tests/golden/packs/") + name).pack;
}

TEST(GoldenConversations, GoAsWritten) {
  const char* flag = std::getenv("MITR_GOLDEN");
  const bool rewrite = flag != nullptr && std::string_view(flag) == "rewrite";
  std::map<std::string, std::shared_ptr<const Pack>> packs;
  const auto files = chat::scripts_under("tests/golden");
  ASSERT_GE(files.size(), 55u);
  for (const auto& file : files) {
    const std::string script = chat::read_script(file);
    const std::string name = chat::pack_of(script);
    auto& pack = packs[name];
    if (!pack) pack = load_named(name);
    ASSERT_TRUE(pack) << file << ": pack '" << name << "'";
    const auto load = [](const std::string& folder) { return load_pack(folder).pack; };
    const std::string played = chat::play(pack, script, load);
    if (rewrite) {
      std::ofstream(file, std::ios::binary) << played;
    } else {
      EXPECT_EQ(played, script) << file << ": run with MITR_GOLDEN=rewrite and read the diff";
    }
  }
}

TEST(GoldenConversations, CoverEveryRepairBehaviour) {
  std::set<std::string> numbers;
  for (const auto& file : chat::scripts_under("tests/golden/repair")) {
    numbers.insert(file.filename().string().substr(0, 2));
  }
  EXPECT_EQ(numbers.size(), 33u);
}

TEST(GoldenConversations, FailWhenALineIsAltered) {
  std::map<std::string, std::shared_ptr<const Pack>> packs;
  const auto load = [](const std::string& folder) { return load_pack(folder).pack; };
  for (const auto& file : chat::scripts_under("tests/golden/repair")) {
    const std::string script = chat::read_script(file);
    auto& pack = packs[chat::pack_of(script)];
    if (!pack) pack = load_pack("config/packs/" + chat::pack_of(script)).pack;
    ASSERT_TRUE(pack) << file;
    std::string altered = script;
    const std::size_t reply = altered.find("\n< ");
    ASSERT_NE(reply, std::string::npos) << file;
    altered.insert(reply + 3, "Well, ");
    EXPECT_NE(chat::play(pack, altered, load), altered) << file;
  }
}

}  // namespace
}  // namespace mitr
