// The bytes of a turn and of a state; see turn_record.h. The first byte is the version; a new field
// means a new version, and the old readers stay.
#include "nlu/dialogue/turn_record.h"

#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/utility.hpp>
#include <cereal/types/variant.hpp>
#include <cereal/types/vector.hpp>
#include <exception>
#include <new>

#include "nlu/dialogue/archive.h"
#include "protocols/limits.h"

namespace mitr {

// -- values, in the order of their declaration; found by cereal through their namespace ----

/// An enum of ours as a byte, refused beyond its last.
template <class Archive, class Enum>
void serialize_enum(Archive& ar, Enum& value) {
  auto byte = static_cast<std::uint8_t>(value);
  ar(byte);
  if (byte >= static_cast<std::uint8_t>(Enum::kTheLast)) throw cereal::Exception("unknown value");
  value = static_cast<Enum>(byte);
}
template <class Archive>
void serialize(Archive& ar, Personal& p) {
  ar(p.reveal());
}
template <class Archive>
void serialize(Archive& ar, Button& b) {
  ar(b.id, b.title);
}
template <class Archive>
void serialize(Archive& ar, TextMessage& m) {
  ar(m.text, m.buttons);
}
/// Mostly what was typed is the value already: then it is stored once.
template <class Archive>
void serialize_pair(Archive& ar, Personal& typed, Personal& value) {
  bool same = typed == value;
  ar(same, typed);
  if (same) {
    value = typed;
  } else {
    ar(value);
  }
}
template <class Archive>
void serialize(Archive& ar, SlotCandidate& c) {
  ar(c.slot);
  serialize_pair(ar, c.typed, c.value);
}
template <class Archive>
void serialize(Archive& ar, Understanding& u) {
  ar(u.intent, u.confidence_permille);
  serialize_enum(ar, u.move);
  ar(u.slots);
  if (ar.format() >= 3) ar(u.also, u.rivals, u.doubt, u.pick);
}
template <class Archive>
void serialize(Archive& ar, SlotValue& v) {
  serialize_pair(ar, v.typed, v.value);
}
template <class Archive>
void serialize(Archive& ar, HeardWords& w) {
  ar(w.text, w.understanding);
}
template <class Archive>
void serialize(Archive& ar, Choice& c) {
  ar(c.id, c.title);
}
template <class Archive>
void serialize(Archive& ar, Unreadable& u) {
  ar(u.type, u.answer);
}
template <class Archive>
void serialize(Archive& ar, FlowStarted& e) {
  ar(e.flow);
}
template <class Archive>
void serialize(Archive& ar, SlotFilled& e) {
  ar(e.slot, e.value);
}
template <class Archive>
void serialize(Archive& ar, SlotRejected& e) {
  ar(e.slot, e.reason);
}
template <class Archive>
void serialize(Archive& ar, SlotMissed& e) {
  ar(e.slot);
}
template <class Archive>
void serialize(Archive& ar, SlotCleared& e) {
  ar(e.slot);
}
template <class Archive>
void serialize(Archive& ar, Asked& e) {
  ar(e.slot);
}
template <class Archive>
void serialize(Archive& ar, FlowCompleted& e) {
  ar(e.flow);
}
template <class Archive>
void serialize(Archive& ar, FlowCancelled& e) {
  ar(e.flow);
}
/// Says nothing itself: the variant's index is the byte that stands for it (see JournalInput).
template <class Archive>
void serialize(Archive&, NotUnderstood&) {}
template <class Archive>
void serialize(Archive&, TimerFired&) {}
template <class Archive>
void serialize(Archive& ar, TimerSet& e) {
  ar(e.at, e.reminded);
}
template <class Archive>
void serialize(Archive& ar, FlowLapsed& e) {
  ar(e.flow);
}
template <class Archive>
void serialize(Archive& ar, Moved& e) {
  serialize_enum(ar, e.move);
}
template <class Archive>
void serialize(Archive& ar, FlowSuspended& e) {
  ar(e.flow);
}
template <class Archive>
void serialize(Archive& ar, FlowResumed& e) {
  ar(e.flow);
}
template <class Archive>
void serialize(Archive& ar, FlowQueued& e) {
  ar(e.flow);
}
template <class Archive>
void serialize(Archive& ar, SlotSkipped& e) {
  ar(e.slot);
}
template <class Archive>
void serialize(Archive& ar, StepDone& e) {
  ar(e.step);
}
template <class Archive>
void serialize(Archive& ar, StepUndone& e) {
  ar(e.step);
}
template <class Archive>
void serialize(Archive& ar, Doubted& e) {
  ar(e.choices);
}
template <class Archive>
void serialize(Archive& ar, HandedOver& e) {
  ar(e.reason, e.until);
}
template <class Archive>
void serialize(Archive&, HandedBack&) {}
template <class Archive>
void serialize(Archive&, HandBack&) {}
template <class Archive>
void serialize(Archive& ar, CallResult& r) {
  ar(r.step, r.ok, r.values);
}
/// As it is: eight varints would be longer.
template <class Archive>
void serialize(Archive& ar, PackVersion& v) {
  ar(cereal::binary_data(v.bytes.data(), v.bytes.size()));
}
template <class Archive>
void serialize(Archive& ar, Attachment& a) {
  serialize_enum(ar, a.kind);
  ar(a.media, a.mime, a.caption);
}
template <class Archive>
void serialize(Archive& ar, HeardAttachment& a) {
  ar(a.attachment, a.understanding);
}
template <class Archive>
void serialize(Archive& ar, Location& l) {
  ar(l.latitude, l.longitude, l.name, l.address);
}
template <class Archive>
void serialize(Archive& ar, OrderItem& i) {
  ar(i.product, i.quantity, i.price_paise);
}
template <class Archive>
void serialize(Archive& ar, Order& o) {
  ar(o.items);
}
template <class Archive>
void serialize(Archive& ar, Digits& d) {
  ar(d.digits, d.understanding);
}
template <class Archive>
void serialize(Archive&, Silence&) {}
template <class Archive>
void serialize(Archive& ar, Interrupted& i) {
  ar(i.played_ms);
}
template <class Archive>
void serialize(Archive& ar, Proactive& p) {
  ar(p.notice, p.marketing);
}
template <class Archive>
void serialize(Archive& ar, HumanMessage& m) {
  ar(m.text, m.left);
}
template <class Archive>
void serialize(Archive& ar, ConsentChange& c) {
  serialize_enum(ar, c.consent);
  ar(c.granted);
}
template <class Archive>
void serialize(Archive& ar, ConsentSet& e) {
  serialize_enum(ar, e.consent);
  ar(e.granted);
}
template <class Archive>
void serialize(Archive& ar, Pinned& e) {
  ar(e.pack);
}
template <class Archive>
void serialize(Archive& ar, Migrated& e) {
  ar(e.from, e.to);
}
template <class Archive>
void serialize(Archive& ar, WaitingFlow& w) {
  ar(w.flow, w.slots, w.marks, w.queued);
}
template <class Archive>
void serialize(Archive& ar, DialogueState& s) {
  ar(s.flow, s.asking, s.misses, s.slots);
  if (ar.format() >= 2) ar(s.wake_at, s.reminded);
  if (ar.format() < 3) return;
  // A state at rest, and most others, have none of what follows: one byte says so.
  bool more = !s.marks.empty() || !s.waiting.empty() || !s.doubt.empty() || !s.closed.empty() ||
              s.human_until != 0 || s.withdrawn != 0;
  ar(more);
  if (more) ar(s.marks, s.waiting, s.doubt, s.closed, s.human_until);
  if (ar.format() < 4) return;
  if (more) ar(s.withdrawn);
  if (!s.flow.empty()) ar(s.pack);
}
template <class Archive>
void serialize(Archive& ar, TurnRecord& t) {
  ar(t.message, t.sent_at, t.decided_at, t.input, t.events, t.reply, t.snapshot);
  if (ar.format() >= 4) ar(t.pack);
}

namespace {

/// Formats so far. 2: a state knows when it wants to be woken. 3: flows wait for each other; words
/// may leave a doubt. 4: turn and state name the pack's version; files, places, baskets, keys and
/// silence come in.
constexpr int kFormat = 4;
/// First byte of format 0 of each noun: a state is never read as a turn.
constexpr char kTurn = 0;
constexpr char kState = 64;
constexpr std::size_t kUsualTurnBytes = 256;

template <class T>
std::string encode_as(char noun, const T& value) {
  std::string bytes;
  bytes.reserve(kUsualTurnBytes);
  bytes.push_back(static_cast<char>(noun + kFormat));
  JournalOutput archive(bytes, kFormat);
  archive(value);
  return bytes;
}

template <class T>
Result<T> decode_as(char noun, std::string_view bytes, const char* called) {
  const auto refused = [called](const char* why) {
    return Error{Errc::kMalformed, std::string(called) + ": " + why};
  };
  if (bytes.size() > limits::kTurnBytesMax) return refused("longer than any we wrote");
  const int format = bytes.empty() ? 0 : bytes.front() - noun;
  if (format < 1 || format > kFormat) return refused("version not known here");
  T value;
  try {
    JournalInput archive(bytes.substr(1), format);
    archive(value);
    if (archive.left() != 0) return refused("bytes left over");
  } catch (const std::exception&) {
    // cereal's own words could quote the input; ours do not.
    return refused("broken bytes");
  }
  return value;
}

}  // namespace

std::string encode(const TurnRecord& turn) {
  return encode_as(kTurn, turn);
}
std::string encode(const DialogueState& state) {
  return encode_as(kState, state);
}

Result<TurnRecord> decode_turn(std::string_view bytes) {
  return decode_as<TurnRecord>(kTurn, bytes, "turn record");
}
Result<DialogueState> decode_state(std::string_view bytes) {
  return decode_as<DialogueState>(kState, bytes, "dialogue state");
}

}  // namespace mitr
