// Finding one slot's value in a message and claiming its words; see reading.h.
#include "nlu/patterns/reading.h"
#include "nlu/slots/date_range.h"
#include "nlu/slots/number.h"
#include "nlu/slots/person_name.h"
#include "nlu/slots/school_class.h"

namespace mitr {

void take_class(Reading& reading, const Slot& slot, bool asked) {
  const auto found = find_class(reading.tokens, asked);
  if (!found || !reading.free(found->span)) return;
  reading.taken.push_back(found->span);
  reading.fill(slot, reading.tokens.quote(found->typed), found->value);
}

/// One date for a slot that is no part of a span, or for the end of one that was asked.
void take_date(Reading& reading, const Slot& slot, const DateContext& context) {
  const auto found = find_date(reading.tokens, context);
  if (!found || !reading.free(found->span)) return;
  reading.taken.push_back(found->span);
  reading.fill(slot, reading.tokens.quote(found->span), iso_date(found->day));
}

void take_span(Reading& reading, const Slot& from, const Slot& to, const DateContext& context,
               SpanUse use) {
  const auto found = find_date_range(reading.tokens, context);
  if (!found || !reading.free(found->span)) return;
  reading.taken.push_back(found->span);
  if (found->from) {
    reading.fill(from, reading.tokens.quote(found->from->typed), iso_date(found->from->day));
  }
  if (found->to && !(found->single && use == SpanUse::kStartOnly)) {
    reading.fill(to, reading.tokens.quote(found->to->typed), iso_date(found->to->day));
  }
}

void take_number(Reading& reading, const SlotPatterns& patterns) {
  const auto found = find_number(reading.tokens, patterns.units, reading.taken);
  if (!found) return;
  reading.taken.push_back(found->span);
  reading.fill(*patterns.slot, reading.tokens.quote(found->span), found->value);
}

void take_choice(Reading& reading, const SlotPatterns& patterns) {
  const Slot& slot = *patterns.slot;
  for (std::size_t at = 0; at < reading.tokens.size(); ++at) {
    // "Good evening" greets; it does not choose the evening.
    if (at > 0 && reading.tokens[at - 1].is("good")) continue;
    for (std::size_t option = 0; option < patterns.options.size(); ++option) {
      const std::size_t length = patterns.options[option].match(reading.ids, at);
      if (length == 0 || !reading.free({at, at + length})) continue;
      // "There is no water" answers no question that was not asked.
      const Token& word = reading.tokens[at];
      const bool yes_or_no = length == 1 && (word.is(kIsYes) || word.is(kIsNo));
      if (yes_or_no && reading.expectation.asking != slot.name) continue;
      reading.taken.push_back({at, at + length});
      reading.fill(slot, reading.tokens.quote({at, at + length}), slot.options[option].id);
      return;
    }
  }
}

void take_name(Reading& reading, const Slot& slot, const std::optional<TokenSpan>& found) {
  if (!found) return;
  reading.taken.push_back(*found);
  const std::string_view typed = reading.tokens.quote(*found);
  reading.fill(slot, typed, name_value(typed));
}

void take_text(Reading& reading, const Slot& slot, TokenSpan span) {
  const std::string_view typed = reading.tokens.quote(span);
  reading.fill(slot, typed, std::string(typed));
}

void take_shaped(Reading& reading, const FlowPatterns& flow) {
  for (const SlotPatterns& patterns : flow.slots) {
    const Slot& slot = *patterns.slot;
    if (reading.has(slot.name)) continue;
    if (slot.kind == SlotKind::kClass) {
      take_class(reading, slot, false);
    } else if (slot.kind == SlotKind::kDate && patterns.ended_by != nullptr) {
      take_span(reading, slot, *patterns.ended_by, reading.dates(false), SpanUse::kBothEnds);
    } else if (slot.kind == SlotKind::kDate && slot.ends.empty()) {
      take_date(reading, slot, reading.dates(false));
    } else if (slot.kind == SlotKind::kChoice) {
      take_choice(reading, patterns);
    }
  }
  // Numbers last: what is left is no date and no class.
  for (const SlotPatterns& patterns : flow.slots) {
    if (patterns.slot->kind == SlotKind::kNumber && !reading.has(patterns.slot->name)) {
      take_number(reading, patterns);
    }
  }
}

void take_asked(Reading& reading, const FlowPatterns& flow, const SlotPatterns& asked) {
  const Slot& slot = *asked.slot;
  DateContext context = reading.dates(true);
  switch (slot.kind) {
    case SlotKind::kClass:
      take_class(reading, slot, true);
      break;
    case SlotKind::kDate: {
      if (asked.ended_by != nullptr) {
        take_span(reading, slot, *asked.ended_by, context, SpanUse::kStartOnly);
        break;
      }
      const Slot* start = slot.ends.empty() ? nullptr : flow.flow->slot(slot.ends);
      const auto span = find_date_range(reading.tokens, context);
      if (start != nullptr && span && span->from && span->to && !span->single) {
        take_span(reading, *start, slot, context, SpanUse::kBothEnds);
      } else {
        context.anchor = reading.expectation.anchor;
        take_date(reading, slot, context);
      }
      break;
    }
    case SlotKind::kNumber:
      take_number(reading, asked);
      break;
    case SlotKind::kChoice:
      take_choice(reading, asked);
      break;
    default:
      break;
  }
}

}  // namespace mitr
