// Goal: a conversation changes only when someone means it. Method: every .chat file is played and
// must come out as it stands; MITR_GOLDEN=rewrite writes what came out, for review in the diff.
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <map>

#include "config/pack_file.h"
#include "tests/support/chat_script.h"

namespace mitr {
namespace {

TEST(GoldenConversations, GoAsWritten) {
  const char* flag = std::getenv("MITR_GOLDEN");
  const bool rewrite = flag != nullptr && std::string_view(flag) == "rewrite";
  std::map<std::string, std::shared_ptr<const Pack>> packs;
  const auto files = chat::scripts_under("tests/golden");
  ASSERT_GE(files.size(), 12u);
  for (const auto& file : files) {
    const std::string script = chat::read_script(file);
    const std::string name = chat::pack_of(script);
    auto& pack = packs[name];
    if (!pack) pack = load_pack("config/packs/" + name).pack;
    ASSERT_TRUE(pack) << file << ": pack '" << name << "'";
    const std::string played = chat::play(pack, script);
    if (rewrite) {
      std::ofstream(file, std::ios::binary) << played;
    } else {
      EXPECT_EQ(played, script) << file << ": run with MITR_GOLDEN=rewrite and read the diff";
    }
  }
}

TEST(GoldenConversations, FailWhenALineIsAltered) {
  const auto pack = load_pack("config/packs/school").pack;
  ASSERT_TRUE(pack);
  const std::string script = chat::read_script("tests/golden/school/one_sentence.chat");
  std::string altered = script;
  const std::size_t reply = altered.find("\n< ");
  ASSERT_NE(reply, std::string::npos);
  altered.insert(reply + 3, "Well, ");
  EXPECT_EQ(chat::play(pack, script), script);
  EXPECT_NE(chat::play(pack, altered), altered);
  EXPECT_EQ(chat::play(pack, altered), script);
}

}  // namespace
}  // namespace mitr
