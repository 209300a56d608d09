// Goal: a script that cannot be played is refused with its place, and those of the demo packs stay
// true. Method: small texts; the shipped scripts are played against the packs themselves.
#include "tools/load/script.h"

#include <gmock/gmock.h>

#include "config/pack_file.h"
#include "protocols/limits.h"
#include "tests/support/chat_script.h"
#include "tools/load/cast.h"

namespace mitr::load {
namespace {

using testing::HasSubstr;

constexpr std::string_view kSmall = R"(pack: school
values:
  - {name: student, kind: name}
  - {name: from, kind: date, min: 2, max: 9}
  - {name: to, kind: date, after: from, min: 1, max: 3}
turns:
  - say: hello
    reply: "Hello!*"
  - tap: {id: "yes", title: "Yes"}
    reply: ["{student} from {from:shown}", "{student} from {from}"]
)";

std::string refusal_of(const std::string& text) {
  const auto script = parse_script(text, "small");
  return script ? "taken" : script.error().what;
}
std::string with(std::string_view what, std::string_view instead) {
  std::string text(kSmall);
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, what.size(), instead);
}

TEST(Script, ReadsWhatIsSaidAndWhatComesBack) {
  const auto script = parse_script(kSmall, "small");
  ASSERT_TRUE(script.ok());
  EXPECT_EQ(script->pack, "school");
  ASSERT_EQ(script->turns.size(), 2u);
  EXPECT_EQ(script->turns[0].button_id, "");
  EXPECT_EQ(script->turns[1].button_id, "yes");
  EXPECT_EQ(script->turns[1].replies.size(), 2u);
}

TEST(Script, RefusesAMistakeWithItsPlace) {
  EXPECT_EQ(refusal_of(with("pack: school", "pak: school")),
            "small:1: unknown key `pak`; known: pack, values, turns");
  EXPECT_THAT(refusal_of(with("{student} from {from}", "{pupil} from {from}")),
              HasSubstr("small:10: {pupil} is no value"));
  EXPECT_THAT(refusal_of(with("kind: name", "kind: colour")), HasSubstr("unknown kind `colour`"));
  EXPECT_THAT(refusal_of(with("after: from", "after: to")), HasSubstr("must name a date above"));
  EXPECT_THAT(refusal_of(with("min: 1, max: 3", "min: 3, max: 1")), HasSubstr("min <= max"));
  EXPECT_THAT(refusal_of(with("- say: hello", "- tell: hello")), HasSubstr("unknown key `tell`"));
  EXPECT_THAT(refusal_of(with("    reply: \"Hello!*\"\n", "")), HasSubstr("`reply` is missing"));
  EXPECT_THAT(refusal_of("pack: [unclosed"), HasSubstr("small:"));
  EXPECT_THAT(refusal_of("pack: school\nturns: []\n"), HasSubstr("1 to 32 entries"));
}

TEST(Script, RefusesMoreTurnsThanArePlayed) {
  std::string text = "pack: school\nturns:\n";
  for (std::size_t i = 0; i <= limits::kLoadTurnsMax; ++i)
    text += "  - {say: hello, reply: hello}\n";
  EXPECT_THAT(refusal_of(text), HasSubstr("1 to 32 entries"));
}

// -- the shipped ones ----

Input input_of(const ScriptTurn& turn, const std::string& words) {
  return Choice{turn.button_id, Personal(words)};
}

/// Plays one person against the pack; the first reply that is not what the script says.
std::string first_wrong(const Cast& cast, PersonIndex person,
                        const std::shared_ptr<const Pack>& pack, const DialogueSettings& settings) {
  const Moment now{.at = std::chrono::sys_seconds(cast.parts().today),
                   .today = std::chrono::local_days(cast.parts().today.time_since_epoch()),
                   .time_of_day = {}};
  chat::Conversation conversation(pack, settings, now);
  const auto values = cast.values(person);
  for (const auto& turn : cast.script(person).turns) {
    const auto words = turn.say.fill(values);
    if (turn.button_id.empty()) {
      conversation.hear(words);
    } else {
      conversation.hear(input_of(turn, words));
    }
    const bool right = std::ranges::any_of(turn.replies, [&](const Pattern& reply) {
      return reply.matches(conversation.reply(), values);
    });
    if (!right) return words + " -> " + conversation.reply();
  }
  return {};
}

TEST(ShippedScripts, AreWhatThePacksSay) {
  auto scripts = read_scripts("config/load");
  ASSERT_TRUE(scripts.ok()) << scripts.error().what;
  ASSERT_EQ(scripts->size(), 3u);
  using namespace std::chrono_literals;
  for (const auto& script : *scripts) {
    const auto pack = load_pack("config/packs/" + script.pack).pack;
    ASSERT_TRUE(pack) << script.pack;
    for (const auto today :
         {std::chrono::sys_days(2026y / 11 / 25), std::chrono::sys_days(2027y / 2 / 20)}) {
      const Cast cast(
          {.scripts = {script}, .numbers = {{"1", 0}}, .base = 5'000'000, .today = today});
      for (PersonIndex person = 0; person < 400; ++person) {
        DialogueSettings settings;
        settings.echo_typed = person % 2 == 1;
        ASSERT_EQ(first_wrong(cast, person, pack, settings), "")
            << script.name << ", person " << person;
      }
    }
  }
}

TEST(ShippedScripts, AreOneForEachDemoPack) {
  const auto scripts = read_scripts("config/load");
  ASSERT_TRUE(scripts.ok());
  std::vector<std::string> packs;
  for (const auto& script : *scripts) packs.push_back(script.pack);
  EXPECT_THAT(packs, testing::UnorderedElementsAre("school", "merchant", "clinic"));
}

}  // namespace
}  // namespace mitr::load
