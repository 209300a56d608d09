// Reading what was said while a flow is in hand; see pattern_understander.h. What we asked has
// first claim.
#include <algorithm>
#include <utility>

#include "nlu/patterns/message_parts.h"
#include "nlu/patterns/pattern_understander.h"
#include "nlu/patterns/reading.h"
#include "nlu/slots/person_name.h"

namespace mitr {
namespace {

bool courtesy(Move move) {
  return move == Move::kGreet || move == Move::kThanks;
}

bool repairs(Move move) {
  return move >= Move::kSkip;
}

}  // namespace

void PatternUnderstander::answer_text(Reading& reading, const FlowPatterns& flow,
                                      const Slot& asked) const {
  const Move move = reading.out.move;
  if (move == Move::kCancel || courtesy(move) || repairs(move)) return;
  // "Sorry, the class is 7C" takes something back; any other answer is taken whole and never
  // mined: "to pay the fees on friday" is a reason.
  if (takes_back(reading.tokens)) {
    Reading correction(reading.tokens.text(), reading.expectation, vocabulary_);
    if (!take_contrast(correction, flow, vocabulary_)) take_corrections(correction, flow, false);
    std::erase_if(correction.out.slots, [&](const SlotCandidate& each) {
      return each.value.empty() || each.slot == asked.name || reading.held(each.slot) == nullptr;
    });
    if (!correction.out.slots.empty()) {
      reading.out.slots = std::move(correction.out.slots);
      reading.out.move = Move::kNone;
      return;
    }
  }
  // "2 kg atta and 3 soaps", where goods have a slot of their own: they go there.
  for (const SlotPatterns& patterns : flow.slots) {
    if (patterns.slot->kind != SlotKind::kProduct || reading.held(patterns.slot->name)) continue;
    take_found(reading, patterns, false);
    if (!reading.out.slots.empty()) return;
  }
  const std::string_view whole = trimmed(reading.tokens.text());
  if (!whole.empty()) reading.fill(asked, whole, std::string(whole));
}

void PatternUnderstander::answer(Reading& reading, const FlowPatterns& flow,
                                 const SlotPatterns& asked) const {
  const Move move = reading.out.move;
  if (move == Move::kCancel || courtesy(move) || repairs(move)) return;
  if (take_contrast(reading, flow, vocabulary_)) return;
  const Slot& slot = *asked.slot;
  std::vector<std::string> others;
  for (const Asked& each : asked_for(reading)) {
    if (each.flow == &flow) continue;
    others.push_back(each.flow->flow->name);
    // A name has no shape: it is not looked for in what asks for something else.
    const TokenSpan span = each.spans.front();
    reading.taken.push_back(slot.kind == SlotKind::kName ? part_around(reading.tokens, span)
                                                         : span);
  }
  const bool back = takes_back(reading.tokens);
  if (back) {
    // Named slots other than the one asked: "sorry, class is 6A", while the date is asked.
    take_corrections(reading, flow, false);
    std::erase_if(reading.out.slots, [&](const SlotCandidate& each) {
      return each.slot == slot.name || reading.held(each.slot) == nullptr;
    });
  }
  if (reading.out.slots.empty()) take_asked(reading, flow, asked);
  // "No, the 12th" right after another slot of the kind was filled: which of the two?
  if (back && reading.has(slot.name) && !reading.expectation.held.empty()) {
    const SlotPatterns* last = flow.of(reading.expectation.held.back().first);
    const SlotCandidate mine = reading.out.slots.front();
    const bool alike = last != nullptr && last != &asked && last->slot->kind == slot.kind;
    if (alike && find_date(reading.tokens, reading.dates(true)).has_value()) {
      reading.out.slots.clear();
      reading.out.doubt = {{last->slot->name, mine.typed, mine.value},
                           {slot.name, mine.typed, mine.value}};
      return;
    }
  }
  take_shaped(reading, flow);
  take_denied(reading, flow);
  if (slot.kind == SlotKind::kName && (move == Move::kNone || move == Move::kNo) &&
      reading.out.slots.empty()) {
    take_name(reading, slot, answered_name(reading.tokens, reading.taken));
  } else if (slot.kind == SlotKind::kName && move == Move::kNone) {
    take_name(reading, slot, answered_name(reading.tokens, reading.taken));
  }
  if (slot.kind == SlotKind::kRecord && move == Move::kNone && reading.out.slots.empty()) {
    // None of those offered: somebody else, by name.
    const SlotPatterns* title = slot.gives.empty() ? nullptr : flow.of(slot.gives.front().second);
    if (title != nullptr && title->slot->kind == SlotKind::kName)
      take_name(reading, *title->slot, answered_name(reading.tokens, reading.taken));
  }
  if (reading.has(slot.name)) {
    reading.out.also = others;
    return;
  }
  if (elsewhere(reading, flow)) return;
  if (!reading.out.slots.empty()) return;
  // Nothing fits what was asked: a slot that was named, or a value that is denied.
  Reading correction(reading.tokens.text(), reading.expectation, vocabulary_);
  take_corrections(correction, flow, false);
  take_denied(correction, flow);
  std::erase_if(correction.out.slots, [&](const SlotCandidate& each) {
    return each.slot == slot.name || reading.held(each.slot) == nullptr;
  });
  reading.out.slots = std::move(correction.out.slots);
}

void PatternUnderstander::lone_value(Reading& reading, const FlowPatterns& flow) const {
  if (reading.out.move != Move::kNone) return;
  tagged_values(reading, flow);
  const std::string_view said = trimmed(reading.tokens.text());
  std::erase_if(reading.out.slots, [&said](const SlotCandidate& each) {
    return each.typed.reveal().size() < said.size();
  });
}

void PatternUnderstander::correction(Reading& reading, const FlowPatterns& flow) const {
  const Move move = reading.out.move;
  if (move != Move::kNone && move != Move::kNo && move != Move::kYes) return;
  if (take_contrast(reading, flow, vocabulary_)) return;
  take_corrections(reading, flow, true);
  take_denied(reading, flow);
  if (reading.out.slots.empty() && reading.out.doubt.empty()) take_lone(reading, flow);
  if (reading.out.slots.empty() && reading.out.doubt.empty()) {
    if (!elsewhere(reading, flow)) return lone_value(reading, flow);
    if (move != Move::kYes) return;
    // "Yes, and what are the fees": the yes stands, the other matter comes after it.
    std::vector<std::string> also{reading.out.intent};
    also.insert(also.end(), reading.out.also.begin(), reading.out.also.end());
    reading.out = {};
    reading.out.move = Move::kYes;
    reading.out.also = std::move(also);
  }
}

}  // namespace mitr
