// Goal: whatever a contact does, and in whatever order, the machine keeps its promises. Method:
// contacts made up from a seed, who answer, correct, wander, repeat, cancel, change language, send
// files and fall silent; some are in the middle of a form when the pack is replaced. With
// MITR_RANDOM_TURNS=1000000 as many turns are played (./dev soak), with MITR_RANDOM_SEED the same.
#include <cstdlib>
#include <gtest/gtest.h>
#include <random>

#include "config/pack_file.h"
#include "nlu/dialogue/turn_record.h"
#include "nlu/slots/date.h"
#include "protocols/limits.h"
#include "tests/support/chat_script.h"

namespace mitr {
namespace {

constexpr int kTurnsUsually = 20'000;
constexpr int kTurnsOfOne = 60;
/// Steps of one turn at most: a flow's own, and as many for each flow that goes on in its place.
constexpr std::size_t kEventsMax = 60;

unsigned from_environment(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

/// One made-up contact.
class User {
 public:
  explicit User(std::mt19937& random) : random_(random) {}

  Input act(const chat::Conversation& talk, const Pack& pack) {
    switch (below(20)) {
      case 0:
        return words(one_of({"cancel", "cancel that", "forget it", "rehne do"}));
      case 1:
        return words(one_of({"sorry, 6A", "not 5B, 6A", "no, 12 Dec", "the class is 7C",
                             "the name is Rohan Mehta", "that is wrong", "change the reason"}));
      case 2:
        return words(one_of({"how much fee is due", "I need leave tomorrow", "I have a complaint",
                             "fees receipt and leave on friday", "I want an exchange", "holidays",
                             "what can you do", "book an appointment"}));
      case 3:
        return words(last_);
      case 4:
        return words(one_of({"kal chutti chahiye", "haan ji", "nahi", "मेरी बेटी कल नहीं आएगी",
                             "फीस कितनी बाकी है", "samajh nahi aaya", "रुको"}));
      case 5:
        return sent();
      case 6:
        return words(one_of({"why?", "skip", "hold on", "bye", "start over", "I won't tell you",
                             "talk to a person", "menu", "idiot", "keep it", "the other one"}));
      case 7:
        return words(noise());
      case 8:
        return one_input({Silence{}, Interrupted{700}, TimerFired{}, HandBack{},
                          Unreadable{"poll", true}, Unreadable{"reaction", false},
                          Proactive{Personal("We close early today."), false},
                          HumanMessage{Personal("One moment, please."), false},
                          ConsentChange{Consent::kMessages, below(2) == 0},
                          CallResult{"look_up", below(2) == 0, {}}});
      case 9:
        return Choice{one_of({"yes", "no", "1", "2", "morning", "yes_please", "stale"}),
                      Personal("tap")};
      default:
        return answer(talk, pack);
    }
  }

 private:
  unsigned below(unsigned most) { return static_cast<unsigned>(random_() % most); }
  std::string one_of(std::initializer_list<const char*> lines) {
    return lines.begin()[below(static_cast<unsigned>(lines.size()))];
  }
  Input one_input(const std::vector<Input>& inputs) {
    return inputs[below(static_cast<unsigned>(inputs.size()))];
  }
  /// Understood by whoever plays it; see `hear`.
  Input words(std::string line) {
    last_ = line;
    return HeardWords{Personal(std::move(line)), {}};
  }
  std::string noise() {
    std::string line(below(40), 'x');
    for (char& c : line) c = static_cast<char>(random_());
    return line;
  }
  Input sent() {
    const Attachment file{static_cast<AttachmentKind>(below(5)), Personal("media-1"), "image/jpeg",
                          Personal(below(2) == 0 ? "" : "my fan is broken, 3 pieces")};
    return one_input(
        {HeardAttachment{file, {}}, Location{12'971'599, 77'594'566, Personal("Gate"), {}},
         Order{{{"rice-5kg", 2, 32'000}}}, Digits{Personal(std::to_string(below(12))), {}}});
  }
  /// What fits the question, mostly.
  Input answer(const chat::Conversation& talk, const Pack& pack) {
    const DialogueState& state = talk.state();
    const Flow* flow = pack.flow(state.flow);
    const Slot* slot = flow == nullptr ? nullptr : flow->slot(state.asking);
    if (flow == nullptr)
      return words(one_of({"I need leave for my daughter", "fees", "repair",
                           "I want to return my order", "appointment", "hi"}));
    if (slot == nullptr) return words(one_of({"yes", "yes", "yes", "no"}));
    switch (slot->kind) {
      case SlotKind::kName:
        return words(one_of({"Aisha Khan", "Rohan Mehta", "Meera Iyer"}));
      case SlotKind::kDate:
        return words(one_of({"tomorrow", "10 Dec", "12 Dec", "same day", "friday", "1 Jan 2020"}));
      case SlotKind::kClass:
        return words(one_of({"5B", "class 6A", "7", "LKG"}));
      case SlotKind::kNumber:
        return words(one_of({"3", "4711", "two", "999999"}));
      case SlotKind::kChoice:
        return words(
            slot->options.empty()
                ? "yes"
                : slot->options[below(static_cast<unsigned>(slot->options.size()))].words.front());
      case SlotKind::kAttachment:
        return HeardAttachment{{AttachmentKind::kImage, Personal("media-2"), "", {}}, {}};
      case SlotKind::kLocation:
        return Location{12'971'599, 77'594'566, {}, {}};
      default:
        return words(one_of({"she has a fever", "wedding in the family", "x"}));
    }
  }

  std::mt19937& random_;
  std::string last_ = "hello";
};

/// The state before a turn, and what may have changed by it.
struct Promises {
  const Pack& pack;
  const DialogueState& before;
  const chat::Conversation& talk;

  void hold() const {
    const DialogueState& state = talk.state();
    ASSERT_TRUE(state == talk.folded()) << "the state is the fold of its events";
    const auto read = decode_state(encode(state));
    ASSERT_TRUE(read.ok() && *read == state) << "a state reads back";
    ASSERT_LE(state.waiting.size(), limits::kWaitingFlowsMax + 1);
    ASSERT_LE(talk.last().events.size(), kEventsMax);
    ASSERT_LE(encode(state).size(), limits::kTurnBytesMax);
    question_follows();
    nothing_filled_is_asked();
    nothing_is_lost();
  }

  /// Never a form that waits without having asked.
  void question_follows() const {
    const DialogueState& state = talk.state();
    // While a person has the conversation, a new version has not taken it over yet.
    if (state.at_rest() || state.pack != pack.version()) return;
    const Flow* flow = pack.flow(state.flow);
    ASSERT_NE(flow, nullptr);
    const bool step = state.asking == kConfirmStep || state.asking == kResumeStep ||
                      state.asking == kWhichStep || state.asking == kWaitStep;
    ASSERT_TRUE(step || flow->slot(state.asking) != nullptr) << state.asking;
  }

  /// A slot that is filled is asked for only while somebody is changing it: another value for it
  /// was just refused, or was a turn ago and the question still stands.
  void nothing_filled_is_asked() const {
    DialogueState state = before;
    std::string refused = before.asking;
    for (const Event& event : talk.last().events) {
      apply(state, event);
      if (const auto* rejected = std::get_if<SlotRejected>(&event)) refused = rejected->slot;
      const auto* asked = std::get_if<Asked>(&event);
      if (asked == nullptr || state.slot(asked->slot) == nullptr) continue;
      if (asked->slot != refused) {
        ADD_FAILURE() << "asked for '" << asked->slot << "', which is filled";
      }
    }
  }

  /// A value goes only by an event that says so: cleared, replaced, or its flow ended.
  void nothing_is_lost() const {
    const DialogueState& state = talk.state();
    if (state.flow != before.flow || restarted()) return;
    for (const auto& [name, held] : before.slots) {
      if (state.slot(name) == nullptr) {
        EXPECT_TRUE(told<SlotCleared>(name)) << name;
      }
    }
  }

  bool restarted() const {
    for (const Event& event : talk.last().events) {
      if (std::holds_alternative<FlowStarted>(event) || std::holds_alternative<FlowResumed>(event))
        return true;
    }
    return false;
  }

  template <class Told>
  bool told(const std::string& slot) const {
    for (const Event& event : talk.last().events) {
      const auto* each = std::get_if<Told>(&event);
      if (each != nullptr && each->slot == slot) return true;
    }
    return false;
  }
};

Outcome hear(chat::Conversation& talk, const Input& input) {
  if (const auto* heard = std::get_if<HeardWords>(&input)) return talk.hear(heard->text.reveal());
  return talk.hear(input);
}

std::string described(const Input& input) {
  if (const auto* heard = std::get_if<HeardWords>(&input)) return heard->text.reveal();
  return "(input " + std::to_string(input.index()) + ")";
}

TEST(RandomUsers, AreKeptAllPromises) {
  const unsigned seed = from_environment("MITR_RANDOM_SEED", std::random_device{}());
  const auto turns = static_cast<int>(from_environment("MITR_RANDOM_TURNS", kTurnsUsually));
  std::mt19937 random(seed);
  std::vector<std::shared_ptr<const Pack>> packs;
  for (const char* folder : {"config/packs/school", "config/packs/merchant", "config/packs/clinic",
                             "tests/golden/packs/repair_shop", "tests/golden/packs/school_next"}) {
    packs.push_back(load_pack(folder).pack);
    ASSERT_TRUE(packs.back()) << folder;
  }
  Moment monday;
  monday.today = *parse_iso_date("2026-11-23");
  monday.at = std::chrono::sys_seconds{monday.today.time_since_epoch()};
  for (int played = 0; played < turns; played += kTurnsOfOne) {
    auto pack = packs[random() % packs.size()];
    DialogueSettings settings;
    const auto& languages = pack->languages();
    settings.language = languages[random() % languages.size()];
    settings.past_dates = random() % 2 == 0;
    chat::Conversation talk(pack, settings, monday);
    User user(random);
    std::string said;
    for (int turn = 0; turn < kTurnsOfOne; ++turn) {
      if (random() % 200 == 0) {
        pack = packs[random() % packs.size()];
        talk.deploy(pack);
        said += "\n(another pack)";
      }
      const DialogueState before = talk.state();
      const Input input = user.act(talk, *pack);
      hear(talk, input);
      said += "\n> " + described(input) + "\n" + talk.reply();
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", pack " << pack->name() << said);
      // What nobody may answer leaves a form of another pack as it is.
      if (pack->flow(talk.state().flow) == nullptr && talk.last().events.empty()) continue;
      Promises{*pack, before, talk}.hold();
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace mitr
