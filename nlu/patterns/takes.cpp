// Finding one slot's value in a message and claiming its words; see reading.h.
#include "nlu/patterns/findings.h"
#include "nlu/patterns/reading.h"
#include "nlu/records/record_list.h"
#include "nlu/slots/date_range.h"
#include "nlu/slots/person_name.h"
#include "nlu/slots/school_class.h"

namespace mitr {

void take_class(Reading& reading, const Slot& slot, bool asked) {
  const auto found = find_class(reading.tokens, asked);
  if (!found || !reading.free(found->span)) return;
  reading.taken.push_back(found->span);
  reading.fill(slot, reading.tokens.quote(found->typed), found->value);
}

namespace {

void take_day(Reading& reading, const Slot& slot, const DateEnd& end) {
  const std::string_view typed = reading.tokens.quote(end.typed);
  if (!end.other) {
    reading.fill(slot, typed, iso_date(end.day));
  } else if (!reading.has(slot.name) && reading.out.doubt.empty()) {
    for (const auto day : {end.day, *end.other}) {
      reading.out.doubt.push_back({slot.name, Personal(typed), Personal(iso_date(day))});
    }
  }
}

}  // namespace

/// One date for a slot that is no part of a span, or for the end of one that was asked.
void take_date(Reading& reading, const Slot& slot, const DateContext& context) {
  const auto found = find_date(reading.tokens, context);
  if (!found || !reading.free(found->span)) return;
  reading.taken.push_back(found->span);
  take_day(reading, slot, {found->day, found->span, found->other});
}

void take_span(Reading& reading, const Slot& from, const Slot& to, const DateContext& context,
               SpanUse use) {
  const auto found = find_date_range(reading.tokens, context);
  if (!found || !reading.free(found->span)) return;
  reading.taken.push_back(found->span);
  if (found->from) take_day(reading, from, *found->from);
  // Of a day that is in doubt the other end is asked once it is settled.
  const bool both =
      found->to && !(found->single && (use == SpanUse::kStartOnly || found->to->other));
  if (both) take_day(reading, to, *found->to);
}

void take_found(Reading& reading, const SlotPatterns& patterns, bool asked, std::size_t from) {
  const Slot& slot = *patterns.slot;
  if (reading.has(slot.name)) return;
  for (Finding& found : findings(reading.tokens, patterns, reading.expectation, asked)) {
    if (found.span.first < from || !reading.free(found.span)) continue;
    reading.taken.push_back(found.span);
    const std::string_view typed = reading.tokens.quote(found.span);
    if (found.others.empty()) {
      reading.fill(slot, typed, std::move(found.value));
    } else if (reading.out.doubt.empty()) {
      reading.out.doubt.push_back({slot.name, Personal(typed), Personal(std::move(found.value))});
      for (std::string& other : found.others) {
        reading.out.doubt.push_back({slot.name, Personal(typed), Personal(std::move(other))});
      }
    }
    return;
  }
}

void take_record(Reading& reading, const Slot& slot, bool asked) {
  const Personal* list = reading.held(slot.from);
  if (list == nullptr || list->empty()) return;
  const auto rows = decode_rows(list->reveal());
  const auto found = find_row(rows, reading.tokens, asked);
  if (!found || !reading.free(found->span)) return;
  reading.taken.push_back(found->span);
  reading.fill(slot, reading.tokens.quote(found->span), rows[found->row].front());
}

namespace {

/// "Asha's leave" is of Asha.
std::string_view without_possessive(std::string_view name) {
  for (const std::string_view end : {"'s", "\u2019s"}) {
    if (name.ends_with(end) && name.size() > end.size()) name.remove_suffix(end.size());
  }
  return name;
}

}  // namespace

void take_name(Reading& reading, const Slot& slot, const std::optional<TokenSpan>& found) {
  if (!found) return;
  reading.taken.push_back(*found);
  const std::string_view typed = without_possessive(reading.tokens.quote(*found));
  reading.fill(slot, typed, name_value(typed));
}

void take_text(Reading& reading, const Slot& slot, TokenSpan span) {
  const std::string_view typed = reading.tokens.quote(span);
  reading.fill(slot, typed, std::string(typed));
}

namespace {

/// Earlier kinds take their words first: what is surely one thing before what could be another.
int rank(const Slot& slot) {
  switch (slot.kind) {
    case SlotKind::kEmail:
      return 0;
    case SlotKind::kPhone:
      return 1;
    case SlotKind::kReference:
    case SlotKind::kRecord:
      return 2;
    case SlotKind::kMoney:
      return 3;
    case SlotKind::kClass:
    case SlotKind::kDate:
      return 4;
    case SlotKind::kTime:
      return 5;
    case SlotKind::kChoice:
      return 6;  // "Shaam 6 baje" is a time before it is an evening.
    case SlotKind::kDuration:
    case SlotKind::kYesNo:
      return 7;
    case SlotKind::kProduct:
      return 8;
    default:
      return 9;  // What is left is a number.
  }
}
constexpr int kRanks = 10;

}  // namespace

void take_shaped(Reading& reading, const FlowPatterns& flow) {
  for (int turn = 0; turn < kRanks; ++turn) {
    for (const SlotPatterns& patterns : flow.slots) {
      const Slot& slot = *patterns.slot;
      if (rank(slot) != turn || reading.has(slot.name)) continue;
      if (slot.kind == SlotKind::kClass) {
        take_class(reading, slot, false);
      } else if (slot.kind == SlotKind::kDate && patterns.ended_by != nullptr) {
        take_span(reading, slot, *patterns.ended_by, reading.dates(false), SpanUse::kBothEnds);
      } else if (slot.kind == SlotKind::kDate && slot.ends.empty()) {
        take_date(reading, slot, reading.dates(false));
      } else if (slot.kind == SlotKind::kRecord) {
        take_record(reading, slot, false);
      } else if (has_findings(slot.kind)) {
        take_found(reading, patterns, false);
      }
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
    case SlotKind::kRecord:
      take_record(reading, slot, true);
      break;
    default:
      if (has_findings(slot.kind)) take_found(reading, asked, true);
      break;
  }
}

}  // namespace mitr
