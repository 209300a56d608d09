// What a first sentence says besides its matter; see pattern_understander.h. What has a shape
// first, then what the tagger finds, then what patterns find in the rest.
#include <algorithm>
#include <string>

#include "nlu/patterns/pattern_understander.h"
#include "nlu/patterns/reading.h"
#include "nlu/slots/person_name.h"

namespace mitr {

void PatternUnderstander::opening_values(Reading& reading, const FlowPatterns& flow,
                                         const std::vector<TokenSpan>& triggered) const {
  TextClaims claims{.taken = {}, .triggered = triggered, .elsewhere = reading.taken};
  take_shaped(reading, flow);
  tagged_values(reading, flow);
  for (const SlotPatterns& patterns : flow.slots) {
    if (patterns.slot->kind == SlotKind::kName && !reading.has(patterns.slot->name)) {
      take_name(reading, *patterns.slot, mentioned_name(reading.tokens, reading.taken));
    }
  }
  for (const SlotPatterns& patterns : flow.slots) {
    if (patterns.slot->kind != SlotKind::kText || !patterns.signs.any()) continue;
    if (reading.has(patterns.slot->name)) continue;
    claims.taken = reading.taken;
    const auto span = find_text(reading.tokens, reading.ids, patterns.signs, claims);
    if (span) {
      take_text(reading, *patterns.slot, *span);
      reading.taken.push_back(*span);
    }
  }
}

std::size_t PatternUnderstander::name_end(const Reading& reading, TokenSpan span) const {
  const Tokens& tokens = reading.tokens;
  std::size_t end = std::max(span.last, capitals_end(tokens, span.first, reading.taken));
  while (end < tokens.size() && tokens[end].is_word() && reading.free({end, end + 1}) &&
         tagger_.only_name(tokens[end].norm)) {
    ++end;
  }
  return end;
}

void PatternUnderstander::tagged_values(Reading& reading, const FlowPatterns& flow) const {
  const Tokens& tokens = reading.tokens;
  for (const auto& value :
       tagger_.values(tokens.text(), flow.flow->name, reading.expectation.known)) {
    const SlotPatterns* patterns = flow.of(value.slot);
    const bool shapeless = patterns != nullptr && (patterns->slot->kind == SlotKind::kName ||
                                                   patterns->slot->kind == SlotKind::kText);
    TokenSpan span{0, 0};
    while (span.first < tokens.size() && tokens[span.first].end <= value.begin) ++span.first;
    span.last = span.first;
    while (span.last < tokens.size() && tokens[span.last].begin < value.end) ++span.last;
    if (!shapeless || span.empty() || !reading.free(span)) continue;
    std::uint32_t end = value.end;
    const bool name = patterns->slot->kind == SlotKind::kName;
    // The family name belongs to it.
    const std::size_t whole = name ? name_end(reading, span) : span.last;
    if (whole > span.last) end = tokens[(span.last = whole) - 1].end;
    reading.taken.push_back(span);
    const std::string_view typed = tokens.text().substr(value.begin, end - value.begin);
    reading.fill(*patterns->slot, typed, name ? name_value(typed) : std::string(typed));
  }
}

}  // namespace mitr
