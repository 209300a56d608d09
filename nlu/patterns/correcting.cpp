// Reading what takes something back: a slot that is named, a value that is denied, an old value
// beside the new one; see reading.h.
#include <array>
#include <iterator>

#include "nlu/patterns/findings.h"
#include "nlu/patterns/reading.h"
#include "nlu/slots/date_range.h"
#include "nlu/slots/person_name.h"
#include "nlu/slots/school_class.h"

namespace mitr {
namespace {

bool is_one_of(const Token& token, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return token.is(word); });
}

bool is_wrong(const Token& token) {
  return is_one_of(token, {"wrong", "incorrect", "galat", "गलत", "mistake"});
}

/// True if the text says the value, however it is written.
bool says(std::string_view text, const SlotPatterns& patterns, const Personal& value,
          const Reading& reading, const Vocabulary& vocabulary) {
  Reading part(text, reading.expectation, vocabulary);
  const Slot& slot = *patterns.slot;
  if (slot.kind == SlotKind::kClass) take_class(part, slot, true);
  if (slot.kind == SlotKind::kDate) take_date(part, slot, part.dates(true));
  if (has_findings(slot.kind)) take_found(part, patterns, true);
  for (const SlotCandidate& each : part.out.doubt) {
    if (each.value == value) return true;
  }
  if (!part.out.slots.empty()) return part.out.slots.front().value == value;
  const Tokens wanted(value.reveal());
  if (wanted.empty() || slot.kind == SlotKind::kDate) return false;
  for (std::size_t at = 0; at + wanted.size() <= part.tokens.size(); ++at) {
    std::size_t same = 0;
    while (same < wanted.size() && part.tokens[at + same].norm == wanted[same].norm) ++same;
    if (same == wanted.size()) return true;
  }
  return false;
}

/// Where a "not" splits the words into what is denied and what is meant instead.
struct Contrast {
  TokenSpan denied;
  TokenSpan meant;
};

/// The comma of "5,000".
bool groups(const Tokens& t, std::size_t at) {
  return at > 0 && t[at - 1].is_number() && t[at].glued && t[at + 1].is_number() &&
         t[at + 1].glued && (t[at + 1].digits() == 3 || t[at + 1].digits() == 2);
}

std::optional<Contrast> contrast_in(const Reading& reading) {
  const Tokens& t = reading.tokens;
  for (std::size_t at = 0; at < t.size(); ++at) {
    const bool instead =
        (t[at].is("instead") && t[at + 1].is("of")) || (t[at].is("rather") && t[at + 1].is("than"));
    const bool denies = is_one_of(t[at], {"not", "isnt", "nahi", "nahin", "नहीं"});
    if (!instead && !denies) continue;
    const std::size_t behind = at + (instead ? 2 : 1);
    std::size_t end = behind;
    while (end < t.size() && !(t[end].is_mark(',') && !groups(t, end)) && !t[end].is("but") &&
           !is_one_of(t[end], {"its", "it", "balki", "बल्कि"})) {
      ++end;
    }
    // "7B nahi, 7C": Hindi denies what stands before; "not 7B, 7C" and "7C, not 7B" what follows.
    const bool hindi = is_one_of(t[at], {"nahi", "nahin", "नहीं"});
    if (hindi && at > 0 && behind < t.size()) {
      // "Kal Arjun nahi aayega" says that he will not come, not who or when it is instead: a word
      // of the pack follows the "nahi".
      if (reading.ids[behind] != 0) return std::nullopt;
      std::size_t first = at;
      while (first > 0 && !(t[first - 1].is_mark(',') && !groups(t, first - 1))) --first;
      return Contrast{{first, at}, {behind, t.size()}};
    }
    if (behind >= end) continue;
    if (end < t.size()) return Contrast{{behind, end}, {end, t.size()}};
    if (at > 0) return Contrast{{behind, end}, {0, at}};
  }
  return std::nullopt;
}

/// Past the words between a slot's name and its value ("is wrong, it should be").
std::size_t past_linking(const Tokens& tokens, std::size_t at) {
  static constexpr std::array<std::string_view, 21> words = {
      "is",    "was",     "are",    "wrong",  "incorrect", "galat", "not",
      "right", "correct", "please", "change", "hai",       "also",  "isnt",
      "to",    "should",  "be",     "as",     "it",        "गलत",   "है"};
  while (at < tokens.size() &&
         (tokens[at].kind == TokenKind::kMark ||
          std::find(words.begin(), words.end(), tokens[at].norm) != words.end())) {
    ++at;
  }
  return at;
}

/// For each slot the token behind its name; 0: it is not named.
std::vector<std::size_t> named_in(const Reading& reading, const FlowPatterns& flow) {
  std::vector<std::size_t> behind(flow.slots.size(), 0);
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    for (std::size_t at = 0; at < reading.tokens.size() && behind[slot] == 0; ++at) {
      const std::size_t length = flow.slots[slot].called.match(reading.ids, at);
      if (length > 0 && reading.free({at, at + length})) behind[slot] = at + length;
    }
  }
  return behind;
}

void take_named_dates(Reading& reading, const FlowPatterns& flow,
                      const std::vector<std::size_t>& behind, bool also_unnamed) {
  const Tokens& tokens = reading.tokens;
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    const Slot& end = *flow.slots[slot].slot;
    if (end.ends.empty()) continue;
    const SlotPatterns* start = flow.of(end.ends);
    // "end date is 6 March", "till thursday", "one day": the end alone, counted from the start.
    const auto span = find_date_range(tokens, reading.dates(false));
    const bool end_only = !span || (span->to && !span->from) || (span->single && behind[slot] != 0);
    DateContext context = reading.dates(false);
    context.anchor = reading.expectation.anchor;
    if (end_only && (also_unnamed || behind[slot] != 0)) take_date(reading, end, context);
    if (end_only || !span->single || !also_unnamed || start == nullptr) continue;
    // A lone date where the span holds two days: it could be either end.
    const Personal* from = reading.held(end.ends);
    const Personal* to = reading.held(end.name);
    const bool said_which =
        std::any_of(behind.begin(), behind.end(), [](std::size_t each) { return each != 0; });
    const Personal day(iso_date(span->from->day));
    if (from == nullptr || to == nullptr || *from == *to || said_which || *from == day ||
        *to == day || !reading.free(span->span)) {
      continue;
    }
    const Personal typed(tokens.quote(span->from->typed));
    reading.out.doubt = {{end.ends, typed, day}, {end.name, typed, day}};
    reading.taken.push_back(span->span);
  }
}

}  // namespace

bool takes_back(const Tokens& tokens) {
  std::size_t first = 0;
  while (first < tokens.size() && tokens[first].kind == TokenKind::kMark) ++first;
  const Token& token = tokens[first];
  if (is_one_of(token, {"sorry", "actually", "oops", "correction", "galti", "wait", "माफ़"}))
    return true;
  if (token.is("i") && is_one_of(tokens[first + 1], {"mean", "meant"})) return true;
  const bool no = is_one_of(token, {"no", "nahi", "nahin", "नहीं", "nope"});
  return no && (tokens[first + 1].kind == TokenKind::kMark || tokens[first + 1].is("the") ||
                tokens[first + 1].is("its") || tokens[first + 1].is(kIsClassWord));
}

bool take_contrast(Reading& reading, const FlowPatterns& flow, const Vocabulary& vocabulary) {
  const auto contrast = contrast_in(reading);
  if (!contrast) return false;
  const std::string_view denied = reading.tokens.quote(contrast->denied);
  for (const SlotPatterns& patterns : flow.slots) {
    const Personal* held = reading.held(patterns.slot->name);
    const SlotKind kind = patterns.slot->kind;
    if (held == nullptr || held->empty() || kind == SlotKind::kText) continue;
    if (kind == SlotKind::kYesNo) continue;  // "Not now" denies no value.
    if (!says(denied, patterns, *held, reading, vocabulary)) continue;
    Reading meant(reading.tokens.quote(contrast->meant), reading.expectation, vocabulary);
    const Slot& slot = *patterns.slot;
    if (slot.kind == SlotKind::kName) {
      take_name(meant, slot, answered_name(meant.tokens, meant.taken));
    } else if (slot.kind == SlotKind::kDate) {
      // The day that is meant relates to today, as the one it replaces did.
      take_date(meant, slot, meant.dates(true));
    } else {
      take_asked(meant, flow, patterns);
    }
    if (!meant.out.doubt.empty()) {
      reading.out.doubt = std::move(meant.out.doubt);
    } else if (meant.out.slots.empty()) {
      reading.fill(slot, {}, {});  // Denied, and nothing said instead.
    } else {
      const SlotCandidate& found = meant.out.slots.front();
      reading.fill(slot, found.typed.reveal(), found.value.reveal());
      // A span of one day stays one: both its ends held the day that is denied.
      if (patterns.ended_by != nullptr) {
        const Personal* end = reading.held(patterns.ended_by->name);
        if (end != nullptr && *end == *held) {
          reading.fill(*patterns.ended_by, found.typed.reveal(), found.value.reveal());
        }
      }
    }
    return true;
  }
  return false;
}

namespace {

/// "Amount is 600", "copy nahi": the value behind the name.
void take_named(Reading& reading, const SlotPatterns& patterns, std::size_t behind) {
  const Slot& slot = *patterns.slot;
  if (slot.kind == SlotKind::kYesNo) {
    const std::size_t last = reading.tokens.size();
    const Tokens rest(reading.tokens.quote({behind, last}));
    const auto found = findings(rest, patterns, reading.expectation, true);
    // With its name: a bare "no" would answer the confirmation.
    if (!found.empty()) {
      reading.fill(slot, reading.tokens.quote({behind - 1, last}), found[0].value);
    }
    return;
  }
  take_found(reading, patterns, true, behind);
  if (!reading.has(slot.name)) take_found(reading, patterns, true);
}

}  // namespace

void take_corrections(Reading& reading, const FlowPatterns& flow, bool also_unnamed) {
  const Tokens& tokens = reading.tokens;
  const std::vector<std::size_t> behind = named_in(reading, flow);
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    if (flow.slots[slot].slot->kind != SlotKind::kText || behind[slot] == 0) continue;
    const std::size_t first = past_linking(tokens, behind[slot]);
    if (first >= tokens.size()) continue;
    take_text(reading, *flow.slots[slot].slot, {first, tokens.size()});
    return;  // The rest of the message is the text: dates in it are not corrections.
  }
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    const Slot& named = *flow.slots[slot].slot;
    if (behind[slot] == 0) continue;
    if (named.kind == SlotKind::kClass) take_class(reading, named, true);
    if (has_findings(named.kind)) take_named(reading, flow.slots[slot], behind[slot]);
    const bool lone_date = named.kind == SlotKind::kDate && named.ends.empty();
    if (!also_unnamed && lone_date) {
      if (flow.slots[slot].ended_by != nullptr) {
        take_span(reading, named, *flow.slots[slot].ended_by, reading.dates(true),
                  SpanUse::kStartOnly);
      } else {
        take_date(reading, named, reading.dates(true));
      }
    }
  }
  take_named_dates(reading, flow, behind, also_unnamed);
  if (also_unnamed) take_shaped(reading, flow);
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    const Slot& named = *flow.slots[slot].slot;
    if (named.kind != SlotKind::kName || behind[slot] == 0) continue;
    const std::size_t first = past_linking(tokens, behind[slot]);
    if (first < tokens.size()) {
      take_name(reading, named, answered_name(tokens, reading.taken, first));
    }
  }
  if (!reading.out.slots.empty() || !reading.out.doubt.empty()) return;
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    if (behind[slot] != 0) {
      reading.fill(*flow.slots[slot].slot, {}, {});
      return;
    }
  }
}

namespace {

/// True if nothing else is said beside the span.
bool covers(const Tokens& tokens, TokenSpan span) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const bool inside = at >= span.first && at < span.last;
    if (!inside && tokens[at].kind != TokenKind::kMark && !tokens[at].is(kIsFiller)) return false;
  }
  return true;
}

}  // namespace

void take_lone(Reading& reading, const FlowPatterns& flow) {
  std::vector<SlotCandidate> could;
  for (const SlotPatterns& patterns : flow.slots) {
    const Slot& slot = *patterns.slot;
    const Personal* held = reading.held(slot.name);
    const bool loose = slot.kind == SlotKind::kChoice || slot.kind == SlotKind::kYesNo;
    if (held == nullptr || loose || !has_findings(slot.kind)) continue;
    const auto found = findings(reading.tokens, patterns, reading.expectation, true);
    if (found.size() != 1 || !covers(reading.tokens, found[0].span)) continue;
    const Personal typed(reading.tokens.quote(found[0].span));
    could.push_back({slot.name, typed, Personal(found[0].value)});
    for (const std::string& other : found[0].others) {
      could.push_back({slot.name, typed, Personal(other)});
    }
  }
  if (could.size() == 1) {
    reading.out.slots = std::move(could);
  } else {
    reading.out.doubt = std::move(could);
  }
}

void take_denied(Reading& reading, const FlowPatterns& flow) {
  bool wrong = false;
  for (std::size_t at = 0; at < reading.tokens.size(); ++at) wrong |= is_wrong(reading.tokens[at]);
  if (!wrong) return;
  for (SlotCandidate& candidate : reading.out.slots) {
    const Personal* held = reading.held(candidate.slot);
    if (held != nullptr && *held == candidate.value) candidate.value = Personal();
  }
  if (!reading.out.slots.empty()) return;
  for (const SlotPatterns& patterns : flow.slots) {
    const Personal* held = reading.held(patterns.slot->name);
    if (held == nullptr || held->empty()) continue;
    if (has_findings(patterns.slot->kind)) {
      if (patterns.slot->kind == SlotKind::kYesNo) continue;  // "Wrong" is a no by itself.
      const bool loosely = patterns.slot->kind != SlotKind::kChoice;
      const auto found = findings(reading.tokens, patterns, reading.expectation, loosely);
      const bool said = std::any_of(found.begin(), found.end(), [held](const Finding& each) {
        return each.value == held->reveal();
      });
      if (said) {
        reading.fill(*patterns.slot, {}, {});
        return;
      }
      continue;
    }
    const Tokens wanted(held->reveal());
    for (std::size_t at = 0; at + wanted.size() <= reading.tokens.size(); ++at) {
      std::size_t same = 0;
      while (same < wanted.size() && reading.tokens[at + same].norm == wanted[same].norm) ++same;
      if (wanted.empty() || same < wanted.size()) continue;
      reading.fill(*patterns.slot, {}, {});
      return;
    }
  }
}

}  // namespace mitr
