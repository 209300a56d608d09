// Goal: the machine's promises hold for any contact. Method: single rules by hand, then random
// contacts from a seed that is printed on failure.
#include <gtest/gtest.h>
#include <random>
#include <regex.h>

#include "config/pack_file.h"
#include "nlu/slots/date.h"
#include "protocols/limits.h"
#include "tests/support/chat_script.h"

namespace mitr {
namespace {

Moment monday() {
  Moment now;
  now.today = *parse_iso_date("2026-11-23");
  now.at = std::chrono::sys_seconds{now.today.time_since_epoch()};
  return now;
}

std::shared_ptr<const Pack> pack_named(const std::string& name) {
  auto loaded = load_pack("config/packs/" + name);
  for (const PackMistake& mistake : loaded.mistakes) ADD_FAILURE() << to_string(mistake);
  return loaded.pack;
}

class Pattern {
 public:
  explicit Pattern(const char* text) {
    regcomp(&regex_, text, REG_EXTENDED | REG_ICASE | REG_NOSUB);
  }
  ~Pattern() { regfree(&regex_); }
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;
  bool in(const std::string& text) const {
    return regexec(&regex_, text.c_str(), 0, nullptr, 0) == 0;
  }

 private:
  regex_t regex_{};
};

/// The prompts of the leave request in their order, each recognisable by what it asks and by
/// nothing else.
constexpr const char* kPrompts[] = {"name of the student|student.?s name",
                                    "(which|what) class|class\\?",
                                    "from (which|what)|start date",
                                    "until|to (which )?date|last day|end date",
                                    "reason.*\\?",
                                    "confirm.*yes",
                                    "submitted|recorded"};

TEST(SchoolLeave, AsksWhatIsRecognisedAndNothingElse) {
  const auto pack = pack_named("school");
  ASSERT_TRUE(pack);
  const std::vector<std::string> names = {"Aisha Khan",  "Rohan Mehta", "Meera Iyer",
                                          "Kabir Singh", "Sara Thomas", "Arjun Rao",
                                          "Nisha Patel", "Dev Sharma"};
  DialogueSettings settings;
  settings.past_dates = true;
  settings.echo_typed = true;
  chat::Conversation conversation(pack, settings, monday());
  for (std::size_t round = 0; round < 48; ++round) {
    const std::string& student = names[round % names.size()];
    const std::string grade = std::to_string(1 + round % 12) + static_cast<char>('A' + round % 4);
    const auto start = *parse_iso_date("2026-03-04") + std::chrono::days{static_cast<int>(round)};
    const std::string from = iso_date(start);
    const std::string to = iso_date(start + std::chrono::days{static_cast<int>(round % 7)});
    const std::string ref = "ref " + std::to_string(round);
    const std::string lines[] = {"I need leave for my daughter",
                                 student,
                                 grade,
                                 from,
                                 to,
                                 "She has a fever and the doctor advised rest, " + ref,
                                 "yes"};
    for (std::size_t line = 0; line < std::size(lines); ++line) {
      conversation.hear(lines[line]);
      const std::string& reply = conversation.reply();
      for (std::size_t prompt = 0; prompt < std::size(kPrompts); ++prompt) {
        EXPECT_EQ(Pattern(kPrompts[prompt]).in(reply), prompt == line)
            << "round " << round << ", line " << line << ", prompt " << prompt << ": " << reply;
      }
      if (line == 5) {
        for (const auto& value : {student, grade, from, to, ref}) {
          EXPECT_NE(reply.find(value), std::string::npos) << value << " not in " << reply;
        }
      }
      if (line == 6) {
        EXPECT_NE(reply.find(student), std::string::npos);
      }
    }
    EXPECT_EQ(conversation.last().effects.size(), 2u);
    EXPECT_TRUE(conversation.state().at_rest());
  }
}

TEST(SchoolLeave, StartsFromAnIntentAlone) {
  const auto pack = pack_named("school");
  ASSERT_TRUE(pack);
  const auto heard = pack->understander().understand("I need leave for my daughter",
                                                     expectation(*pack, {}, {}, monday()));
  EXPECT_EQ(heard.intent, "leave");
  EXPECT_TRUE(heard.slots.empty());
}

TEST(Machine, StopsAFlowThatThePackNoLongerHas) {
  const auto pack = pack_named("school");
  ASSERT_TRUE(pack);
  DialogueState state;
  state.flow = "gone";
  state.asking = "colour";
  const Input input = HeardWords{Personal("blue"), {}};
  const Outcome outcome = step(*pack, {}, state, input, monday());
  ASSERT_GE(outcome.events.size(), 2u);
  EXPECT_EQ(outcome.events.at(0), Event(Migrated{{}, pack->version()}));
  EXPECT_EQ(outcome.events.at(1), Event(FlowCancelled{"gone"}));
  ASSERT_TRUE(outcome.reply);
}

TEST(Machine, AsksOnWhereTheSlotAskedIsGone) {
  const auto pack = pack_named("school");
  ASSERT_TRUE(pack);
  DialogueState state;
  state.flow = "leave";
  state.asking = "colour";
  state.pack = pack->version();
  const Outcome outcome = step(*pack, {}, state, HeardWords{Personal("blue"), {}}, monday());
  ASSERT_EQ(outcome.events.size(), 2u) << "and the timer";
  EXPECT_EQ(outcome.events.front(), Event(Asked{"student"}));
}

TEST(Machine, SaysNothingWhenATimerFiresForNothing) {
  chat::Conversation talk(pack_named("school"), {}, monday());
  EXPECT_EQ(talk.wait(std::chrono::minutes(600)), Outcome{});
  talk.hear("leave for my son tomorrow");
  const auto reminder_at = monday().at + std::chrono::minutes(600 + 30);
  EXPECT_EQ(talk.state().wake_at, reminder_at.time_since_epoch().count());
  EXPECT_EQ(talk.wait(std::chrono::minutes(29)), Outcome{}) << "early";
  talk.hear("cancel");
  EXPECT_EQ(talk.state().wake_at, 0);
  EXPECT_EQ(talk.wait(std::chrono::minutes(100)), Outcome{});
}

TEST(Machine, RemindsOnceAndThenDropsTheFlow) {
  chat::Conversation talk(pack_named("school"), {}, monday());
  talk.hear("leave for my son tomorrow");
  talk.wait(std::chrono::minutes(31));
  EXPECT_NE(talk.reply().find("not sent yet"), std::string::npos);
  EXPECT_NE(talk.reply().find("name of the student"), std::string::npos);
  EXPECT_TRUE(talk.state().reminded);
  EXPECT_EQ(talk.wait(std::chrono::minutes(1199)), Outcome{});
  const Outcome lapsed = talk.wait(std::chrono::minutes(1));
  EXPECT_EQ(lapsed.events, std::vector<Event>{FlowLapsed{"leave"}});
  EXPECT_FALSE(lapsed.reply.has_value());
  DialogueState closed;
  closed.closed = "leave";
  EXPECT_EQ(talk.state(), closed);
  EXPECT_EQ(talk.folded(), closed);
}

TEST(Machine, SaysNothingWhenTheReminderComesTooLate) {
  chat::Conversation talk(pack_named("school"), {}, monday());
  talk.hear("leave for my son tomorrow");
  const Outcome late = talk.wait(std::chrono::hours(24));
  EXPECT_EQ(late.events, std::vector<Event>{FlowLapsed{"leave"}});
  EXPECT_FALSE(late.reply.has_value());
}

TEST(Machine, KeepsTemplateParametersOnOneLine) {
  const auto pack = pack_named("school");
  ASSERT_TRUE(pack);
  chat::Conversation conversation(pack, {}, monday());
  for (const char* line :
       {"leave", "Aisha Khan", "5B", "tomorrow", "same day", "fever\nand\tcold", "yes"}) {
    conversation.hear(line);
  }
  ASSERT_EQ(conversation.last().effects.size(), 2u);
  const auto& notify = std::get<Notify>(conversation.last().effects[1]);
  EXPECT_EQ(notify.message.parameters.back(), Personal("fever and cold"));
  EXPECT_EQ(notify.key, Personal("5B"));
}

/// A contact who writes whatever: fitting answers, wrong ones, noise.
std::string anything(std::mt19937& random) {
  static const char* const lines[] = {
      "leave",
      "I need leave for my daughter",
      "Aisha Khan",
      "5B",
      "class 5",
      "LKG",
      "tomorrow",
      "yesterday",
      "from Monday to Wednesday",
      "2026-12-01",
      "1 March 2030",
      "fever",
      "yes",
      "no",
      "cancel",
      "hi",
      "thanks",
      "class is 6A",
      "change the name",
      "the reason is travel",
      "till friday",
      "for 3 days",
      "order 2 kg rice",
      "2",
      "0",
      "appointment",
      "evening",
      "?",
      "",
      "   ",
      "👍",
      "\xFF\xFE",
      "{student}",
      "name",
      "dates",
      "one day",
      "from is 27 nov",
      "my son Rohan of 7B is sick from 30 nov to 2 dec because of flu",
      "wrong class",
      "skip",
      "why?",
      "hold on",
      "bye",
      "start over",
      "what did you say",
      "not 5B, 6A",
      "fees",
      "how much fee is due",
      "I need the fee receipt and leave tomorrow",
      "I have a complaint",
      "I want a refund",
      "exchange",
      "4711",
      "the other one",
      "12 Dec",
      "sorry, 14 Dec",
      "I need a home visit",
      "12D 13/13/13"};
  if (random() % 8 == 0) {
    std::string noise(random() % 40, 'x');
    for (char& c : noise) c = static_cast<char>(random());
    return noise;
  }
  std::string line = lines[random() % std::size(lines)];
  if (random() % 4 == 0) line += std::string(" ") + lines[random() % std::size(lines)];
  if (random() % 200 == 0) line += std::string(20'000, 'y');
  return line;
}

Input any_input(std::mt19937& random) {
  switch (random() % 4) {
    case 0:
      return Choice{random() % 2 == 0 ? "yes" : "morning", Personal("tap")};
    case 1:
      return Unreadable{"image", random() % 2 == 0};
    default:
      return Choice{"no", Personal("No")};
  }
}

void hold_promises(const chat::Conversation& conversation, const Pack& pack) {
  const DialogueState& state = conversation.state();
  ASSERT_TRUE(state == conversation.folded());
  ASSERT_LE(state.misses, 4);
  if (const auto& reply = conversation.last().reply) {
    ASSERT_LE(reply->text.size_bytes(), limits::kReplyBytesMax);
    ASSERT_FALSE(reply->text.empty());
    ASSERT_LE(reply->buttons.size(), limits::kSendRowsMax);
  }
  if (state.at_rest()) return;
  // A flow never waits without a question, and never for a slot it does not have.
  const Flow* flow = pack.flow(state.flow);
  ASSERT_NE(flow, nullptr);
  const bool asks = state.asking == kConfirmStep || state.asking == kResumeStep ||
                    state.asking == kWhichStep || state.asking == kWaitStep;
  ASSERT_TRUE(asks || flow->slot(state.asking) != nullptr) << state.asking;
  ASSERT_LE(state.waiting.size(), limits::kWaitingFlowsMax + 1);
  ASSERT_LE(state.marks.size(), 2 * flow->steps.size());
  ASSERT_LE(conversation.last().events.size(), 40u);
  // What was asked for is never asked for again while it is filled and nobody took it back.
  if (state.asking == kConfirmStep) {
    for (const Step& step : flow->steps) {
      if (step.kind != Step::Kind::kCollect || !step.guards.empty()) continue;
      // Of a record nobody imported there is nothing to ask.
      const Slot* slot = flow->slot(step.slot);
      if (slot->kind == SlotKind::kRecord && state.slot(slot->from) == nullptr) continue;
      ASSERT_NE(state.slot(step.slot), nullptr) << step.slot;
    }
  }
}

TEST(Machine, KeepsItsPromisesToAnyContact) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  for (const char* name : {"school", "merchant", "clinic", "enterprise"}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", pack " << name);
    const auto pack = pack_named(name);
    ASSERT_TRUE(pack);
    for (int contact = 0; contact < 60; ++contact) {
      DialogueSettings settings;
      settings.past_dates = random() % 2 == 0;
      settings.echo_typed = random() % 2 == 0;
      chat::Conversation conversation(pack, settings, monday());
      for (int turn = 0; turn < 60; ++turn) {
        if (random() % 10 == 0) {
          conversation.hear(any_input(random));
        } else {
          conversation.hear(anything(random));
        }
        hold_promises(conversation, *pack);
        if (HasFatalFailure()) return;
      }
    }
  }
}

}  // namespace
}  // namespace mitr
