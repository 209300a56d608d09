// Goal: what was written is read back, by this build and by later ones, and no bytes can do harm.
#include "nlu/dialogue/turn_record.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <random>

namespace mitr {
namespace {

TurnRecord full_turn() {
  TurnRecord turn;
  turn.message = Personal("wamid.sample-1");
  turn.sent_at = 1'795'000'000;
  turn.decided_at = -5;
  Understanding heard;
  heard.intent = "leave";
  heard.confidence_permille = 920;
  heard.move = Move::kNo;
  heard.slots = {{"from", Personal("tomorrow"), Personal("2026-11-24")}};
  turn.input = HeardWords{Personal("she won't come tomorrow"), heard};
  turn.events = {FlowStarted{"leave"},
                 SlotFilled{"from", {Personal("tomorrow"), Personal("2026-11-24")}},
                 SlotRejected{"to", "before_start"},
                 SlotMissed{"class"},
                 SlotCleared{"to"},
                 Asked{std::string(kConfirmStep)},
                 FlowCompleted{"leave"},
                 FlowCancelled{"leave"},
                 NotUnderstood{},
                 TimerSet{1'795'000'000, true},
                 FlowLapsed{"leave"}};
  turn.reply = TextMessage{Personal("Which class?"), {{"yes", "Yes"}, {"no", "No"}}};
  turn.snapshot = DialogueState{"leave",
                                "class",
                                2,
                                {{"from", {Personal("tomorrow"), Personal("2026-11-24")}}},
                                1'795'000'000,
                                true,
                                {},
                                {},
                                {},
                                {},
                                0};
  return turn;
}

/// What format 3 brought.
TurnRecord wandering_turn() {
  TurnRecord turn = full_turn();
  auto& heard = std::get<HeardWords>(turn.input).understanding;
  heard.move = Move::kOther;
  heard.also = {"fees"};
  heard.rivals = {"fees", "receipt"};
  heard.doubt = {{"from", Personal("5th"), Personal("2026-12-05")},
                 {"to", Personal("5th"), Personal("2026-12-05")}};
  heard.pick = 2;
  turn.events = {Moved{Move::kWhy},
                 FlowSuspended{"leave"},
                 FlowResumed{"leave"},
                 FlowQueued{"fees"},
                 SlotSkipped{"reason"},
                 StepDone{"greeting"},
                 StepUndone{"greeting"},
                 Doubted{heard.doubt},
                 HandedOver{"asked", 1'795'000'001},
                 HandedBack{}};
  turn.snapshot->marks = {"greeting"};
  turn.snapshot->waiting = {{"fees", {{"from", {Personal("a"), Personal("b")}}}, {"x"}, true}};
  turn.snapshot->doubt = heard.doubt;
  turn.snapshot->closed = "receipt";
  turn.snapshot->human_until = 1'795'000'001;
  return turn;
}

PackVersion version(std::uint8_t last) {
  return {{1, 2, 3, 4, 5, 6, 7, last}};
}

/// What format 4 brought.
TurnRecord versioned_turn() {
  TurnRecord turn = wandering_turn();
  turn.input = HeardAttachment{
      {AttachmentKind::kVideo, Personal("media-1"), "video/mp4", Personal("the bus")},
      std::get<HeardWords>(turn.input).understanding};
  turn.events.insert(turn.events.end(), {Pinned{version(1)}, Migrated{version(1), version(2)},
                                         ConsentSet{Consent::kMarketing, false}});
  turn.snapshot->pack = version(2);
  turn.snapshot->withdrawn = 2;
  turn.pack = version(2);
  return turn;
}

TEST(TurnRecord, ReadsBackEveryInputOfFormatFour) {
  TurnRecord turn = versioned_turn();
  for (const Input& input : std::initializer_list<Input>{
           turn.input, Location{-12'971'599, 77'594'566, Personal("Gate"), Personal("1 Road")},
           Order{{{"rice", 2, 32'000}, {"oil", 1, 18'050}}}, Digits{Personal("12"), {}}, Silence{},
           Interrupted{1200}, Proactive{Personal("Open late"), true},
           HumanMessage{Personal("Hello"), true}, ConsentChange{Consent::kRecording, true}}) {
    turn.input = input;
    const auto read = decode_turn(encode(turn));
    ASSERT_TRUE(read.ok()) << input.index();
    EXPECT_TRUE(*read == turn) << input.index();
  }
}

TEST(TurnRecord, SpendsNothingOnAVersionAtRest) {
  const std::size_t plain = encode(DialogueState{}).size();
  DialogueState state;
  state.misses = 1;
  EXPECT_EQ(encode(state).size(), plain);
  state.flow = "leave";
  state.pack = version(1);
  EXPECT_EQ(encode(state).size(), plain + 5 + 8);
}

TEST(TurnRecord, ReadsBackWhatItWrote) {
  TurnRecord turn = full_turn();
  auto read = decode_turn(encode(turn));
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(*read == turn);
  turn.input = Choice{"yes", Personal("Yes")};
  turn.reply.reset();
  turn.snapshot.reset();
  EXPECT_TRUE(*decode_turn(encode(turn)) == turn);
  turn.input = TimerFired{};
  EXPECT_TRUE(*decode_turn(encode(turn)) == turn);
  turn.input = Unreadable{"image", false};
  EXPECT_TRUE(*decode_turn(encode(turn)) == turn);
  turn.input = CallResult{"look_up", true, {{"due", Personal("500")}}};
  EXPECT_TRUE(*decode_turn(encode(turn)) == turn);
  turn.input = HandBack{};
  EXPECT_TRUE(*decode_turn(encode(turn)) == turn);
  turn = wandering_turn();
  EXPECT_TRUE(*decode_turn(encode(turn)) == turn);
  const DialogueState state = *full_turn().snapshot;
  EXPECT_TRUE(*decode_state(encode(state)) == state);
  EXPECT_LE(encode(DialogueState{}).size(), 8u);
}

TEST(TurnRecord, IsCompact) {
  TurnRecord turn;
  turn.message = Personal(std::string(60, 'w'));
  turn.sent_at = turn.decided_at = 1'795'000'000;
  Understanding heard;
  heard.slots = {{"class", Personal("5B"), Personal("5B")}};
  turn.input = HeardWords{Personal("5B"), heard};
  turn.events = {SlotFilled{"class", {Personal("5B"), Personal("5B")}}, Asked{"from"}};
  turn.reply =
      TextMessage{Personal("From which day is the leave? For example: tomorrow, or 30 Nov."), {}};
  EXPECT_LT(encode(turn).size(), 300u);
}

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return bytes;
}

std::string hex_of(const std::string& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

TurnRecord small_turn() {
  TurnRecord turn;
  turn.message = Personal("m");
  turn.sent_at = 2;
  turn.decided_at = 3;
  turn.input = Choice{"yes", Personal("Yes")};
  turn.events = {FlowCompleted{"c"}, NotUnderstood{}};
  return turn;
}

// Bytes as they were first written must be readable for as long as journals hold them.
TEST(TurnRecord, ReadsVersionOneAsItWasFirstWritten) {
  TurnRecord turn = small_turn();
  EXPECT_TRUE(*decode_turn(bytes_of("01016d0406020379657303596573020c0163100101")) == turn);
  turn.snapshot = DialogueState{"c", "x", 2, {}, 0, false, {}, {}, {}, {}, 0};
  EXPECT_TRUE(*decode_turn(bytes_of("01016d0406020379657303596573020c01631001000163017802"
                                    "00")) == turn);
  EXPECT_TRUE(*decode_state(bytes_of("41016301780200")) == *turn.snapshot);
}

TEST(TurnRecord, ReadsVersionTwoAsItWasFirstWritten) {
  TurnRecord turn = small_turn();
  turn.events.emplace_back(TimerSet{300, true});
  turn.snapshot = DialogueState{"c", "x", 2, {}, 300, true, {}, {}, {}, {}, 0};
  EXPECT_TRUE(*decode_turn(bytes_of("02016d0406020379657303596573030c0163101"
                                    "2d804010100016301780200d80401")) == turn);
}

/// With MITR_GOLDEN=rewrite a file that is not there yet is written; one that is there never is.
std::string record_file(const char* name, const std::string& now = {}) {
  const std::string path = std::string("tests/golden/records/") + name;
  const char* flag = std::getenv("MITR_GOLDEN");
  std::ifstream in(path);
  if (!in && flag != nullptr && !now.empty()) {
    std::ofstream(path) << hex_of(now) << "\n";
    return now;
  }
  std::string hex;
  in >> hex;
  return bytes_of(hex);
}

// One file a format, written by the build that first wrote it. A new format adds its files.
TEST(TurnRecord, ReadsTheGoldenRecordsOfEveryFormat) {
  EXPECT_TRUE(*decode_turn(record_file("turn.v2.hex")) == full_turn());
  EXPECT_TRUE(*decode_state(record_file("state.v2.hex")) == *full_turn().snapshot);
  EXPECT_TRUE(*decode_turn(record_file("turn.v3.hex")) == wandering_turn());
  EXPECT_TRUE(*decode_state(record_file("state.v3.hex")) == *wandering_turn().snapshot);
  EXPECT_TRUE(*decode_turn(record_file("turn.v4.hex", encode(versioned_turn()))) ==
              versioned_turn());
  EXPECT_TRUE(*decode_state(record_file("state.v4.hex", encode(*versioned_turn().snapshot))) ==
              *versioned_turn().snapshot);
  EXPECT_EQ(hex_of(encode(versioned_turn())), hex_of(record_file("turn.v4.hex")));
  EXPECT_EQ(hex_of(encode(*versioned_turn().snapshot)), hex_of(record_file("state.v4.hex")));
}

TEST(TurnRecord, RefusesOtherVersionsAndLeftovers) {
  const std::string bytes = encode(full_turn());
  EXPECT_EQ(decode_turn("").error().code, Errc::kMalformed);
  EXPECT_EQ(decode_turn("\x05" + bytes.substr(1)).error().code, Errc::kMalformed);
  EXPECT_EQ(decode_turn(bytes + "x").error().code, Errc::kMalformed);
  EXPECT_EQ(decode_state(bytes).error().code, Errc::kMalformed);
  EXPECT_EQ(decode_turn(std::string(1u << 20, '\x01')).error().code, Errc::kMalformed);
}

TEST(TurnRecord, SurvivesCutAndAlteredBytes) {
  const std::string bytes = encode(versioned_turn());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_turn(std::string_view(bytes).substr(0, size)).ok()) << size;
  }
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 20'000; ++round) {
    std::string altered = bytes;
    for (auto n = 1 + random() % 3; n > 0; --n) {
      altered[random() % altered.size()] = static_cast<char>(random());
    }
    const auto read = decode_turn(altered);
    // Whatever is accepted is a turn like any other.
    EXPECT_TRUE(!read.ok() || decode_turn(encode(*read)).ok());
  }
  for (int round = 0; round < 5'000; ++round) {
    std::string noise(random() % 64, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    if (!noise.empty()) noise[0] = random() % 2 == 0 ? '\x01' : '\x41';
    (void)decode_turn(noise);
    (void)decode_state(noise);
  }
}

}  // namespace
}  // namespace mitr
