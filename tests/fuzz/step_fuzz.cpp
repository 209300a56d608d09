// Bytes as what one contact does, turn by turn, on the school's pack: no crash, the state is the
// fold of its events and reads back, and what waits has asked.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "config/pack_file.h"
#include "nlu/dialogue/turn_record.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// Like assert, in every build.
void must(bool holds) {
  if (!holds) std::abort();
}

const Pack& school() {
  static const auto pack = load_pack("config/packs/school").pack;
  must(pack != nullptr);  // Run it from the project's folder.
  return *pack;
}

/// One line is one turn; its first byte says of what kind, the rest is what was written.
Input input_of(std::string_view line, const DialogueState& state, const Moment& now) {
  const char kind = line.empty() ? ' ' : line.front();
  const Personal text(line.empty() ? line : line.substr(1));
  const auto meaning = [&] { return understand(school(), {}, state, text, now); };
  switch (kind) {
    case '!':
      return Choice{text.reveal(), text};
    case '@':
      return HeardAttachment{{AttachmentKind::kImage, Personal("media-1"), "", text}, meaning()};
    case '#':
      return Digits{text, meaning()};
    case '~':
      return Silence{};
    case '%':
      return TimerFired{};
    case '^':
      return Location{1, -1, text, {}};
    case '&':
      return Proactive{text, text.empty()};
    case '*':
      return HumanMessage{text, text.empty()};
    case '-':
      return ConsentChange{Consent::kMessages, text.empty()};
    case '?':
      return Unreadable{"image", text.empty()};
    case '<':
      return HandBack{};
    default:
      return HeardWords{text, meaning()};
  }
}

void run(std::string_view bytes) {
  constexpr int kTurnsMax = 64;
  Moment now;
  now.today = std::chrono::local_days{std::chrono::year{2026} / 11 / 23};
  DialogueState state;
  for (int turn = 0; turn < kTurnsMax && !bytes.empty(); ++turn) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const Input input = input_of(bytes.substr(0, end), state, now);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    now.at += std::chrono::minutes{1};
    const Outcome outcome = step(school(), {}, state, input, now);
    for (const Event& event : outcome.events) apply(state, event);
    const auto read = decode_state(encode(state));
    must(read.ok() && *read == state);
    must(!outcome.reply || outcome.reply->text.size_bytes() <= limits::kReplyBytesMax);
    must(state.at_rest() || !state.asking.empty());
    must(state.waiting.size() <= limits::kWaitingFlowsMax + 1);
    TurnRecord record;
    record.input = input;
    record.events = outcome.events;
    must(decode_turn(encode(record)).ok());
  }
}

}  // namespace
}  // namespace mitr

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mitr::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
