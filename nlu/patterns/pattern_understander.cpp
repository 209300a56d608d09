// Reading a message against one pack; see pattern_understander.h. Order matters: what we asked has
// first claim.
#include "nlu/patterns/pattern_understander.h"

#include <algorithm>

#include "nlu/patterns/trigger.h"
#include "nlu/slots/date_range.h"
#include "nlu/slots/number.h"
#include "nlu/slots/person_name.h"
#include "nlu/slots/school_class.h"
#include "nlu/slots/yes_no.h"

namespace mitr {

struct PatternUnderstander::SlotPatterns {
  const Slot* slot = nullptr;
  const Slot* ended_by = nullptr;  ///< Date: the slot that ends the span this one starts.
  PhraseList called;
  TextSigns signs;
  std::vector<PhraseList> options;
  std::vector<std::string> units;
};

struct PatternUnderstander::FlowPatterns {
  const Flow* flow = nullptr;
  std::vector<Trigger> triggers;
  std::vector<SlotPatterns> slots;
};

/// One message being read: its words, what is claimed so far, and the answer as it grows.
struct PatternUnderstander::Reading {
  Tokens tokens;
  std::vector<WordId> ids;
  const Expectation& expectation;
  std::vector<TokenSpan> taken;
  Understanding out;

  Reading(std::string_view text, const Expectation& e, const Vocabulary& vocabulary)
      : tokens(text), ids(vocabulary.ids(tokens)), expectation(e), taken(), out() {}

  bool has(std::string_view slot) const {
    return std::any_of(out.slots.begin(), out.slots.end(),
                       [slot](const SlotCandidate& c) { return c.slot == slot; });
  }
  void fill(const Slot& slot, std::string_view typed, std::string value) {
    if (has(slot.name)) return;
    out.slots.push_back({slot.name, Personal(typed), Personal(std::move(value))});
  }
  bool free(TokenSpan span) const {
    return std::none_of(taken.begin(), taken.end(), [span](const TokenSpan& other) {
      return other.first < span.last && span.first < other.last;
    });
  }
  DateContext dates(bool asked) const {
    return {.today = expectation.now.today,
            .anchor = {},
            .past_dates = expectation.past_dates,
            .asked = asked};
  }
};

PatternUnderstander::PatternUnderstander(const PackParts& parts)
    : threshold_permille_(parts.threshold_permille) {
  const Trigger::ListOf lists = [&parts](std::string_view name) -> const std::vector<std::string>* {
    for (const auto& [list, words] : parts.word_lists) {
      if (list == name) return &words;
    }
    return nullptr;
  };
  for (const Flow& flow : parts.flows) {
    FlowPatterns patterns;
    patterns.flow = &flow;
    for (const TriggerRule& rule : flow.triggers) {
      patterns.triggers.emplace_back(rule.pattern, rule.weight_permille, lists, vocabulary_);
    }
    for (const Slot& slot : flow.slots) {
      SlotPatterns compiled;
      compiled.slot = &slot;
      for (const Slot& other : flow.slots) {
        if (other.ends == slot.name) compiled.ended_by = &other;
      }
      for (const auto& word : slot.called) compiled.called.add(vocabulary_, word);
      for (const auto& word : slot.mining.after) compiled.signs.after.add(vocabulary_, word);
      for (const auto& word : slot.mining.words) compiled.signs.words.add(vocabulary_, word);
      compiled.signs.last_clause = slot.mining.last_clause;
      for (const auto& unit : slot.units) compiled.units.push_back(normal_word(unit));
      for (const Option& option : slot.options) {
        PhraseList phrases;
        for (const auto& word : option.words) phrases.add(vocabulary_, word);
        compiled.options.push_back(std::move(phrases));
      }
      patterns.slots.push_back(std::move(compiled));
    }
    flows_.push_back(std::move(patterns));
  }
}

PatternUnderstander::~PatternUnderstander() = default;

const PatternUnderstander::FlowPatterns* PatternUnderstander::patterns_of(
    std::string_view flow) const {
  for (const FlowPatterns& patterns : flows_) {
    if (patterns.flow->name == flow) return &patterns;
  }
  return nullptr;
}

namespace {

template <class Reading>
void take_class(Reading& reading, const Slot& slot, bool asked) {
  const auto found = find_class(reading.tokens, asked);
  if (!found || !reading.free(found->span)) return;
  reading.taken.push_back(found->span);
  reading.fill(slot, reading.tokens.quote(found->typed), found->value);
}

/// One date for a slot that is no part of a span, or for the end of one that was asked.
template <class Reading>
void take_date(Reading& reading, const Slot& slot, const DateContext& context) {
  const auto found = find_date(reading.tokens, context);
  if (!found || !reading.free(found->span)) return;
  reading.taken.push_back(found->span);
  reading.fill(slot, reading.tokens.quote(found->span), iso_date(found->day));
}

enum class SpanUse : std::uint8_t {
  kBothEnds,   ///< A lone date is a span of one day.
  kStartOnly,  ///< The start was asked: a lone date is the start.
};

template <class Reading>
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

template <class Reading>
void take_number(Reading& reading, const Slot& slot, const std::vector<std::string>& units) {
  const auto found = find_number(reading.tokens, units, reading.taken);
  if (!found) return;
  reading.taken.push_back(found->span);
  reading.fill(slot, reading.tokens.quote(found->span), found->value);
}

template <class Reading>
void take_choice(Reading& reading, const Slot& slot, const std::vector<PhraseList>& options) {
  for (std::size_t at = 0; at < reading.tokens.size(); ++at) {
    // "Good evening" greets; it does not choose the evening.
    if (at > 0 && reading.tokens[at - 1].is("good")) continue;
    for (std::size_t option = 0; option < options.size(); ++option) {
      const std::size_t length = options[option].match(reading.ids, at);
      if (length == 0 || !reading.free({at, at + length})) continue;
      reading.taken.push_back({at, at + length});
      reading.fill(slot, reading.tokens.quote({at, at + length}), slot.options[option].id);
      return;
    }
  }
}

template <class Reading>
void take_name(Reading& reading, const Slot& slot, const std::optional<TokenSpan>& found) {
  if (!found) return;
  reading.taken.push_back(*found);
  const std::string_view typed = reading.tokens.quote(*found);
  reading.fill(slot, typed, name_value(typed));
}

template <class Reading>
void take_text(Reading& reading, const Slot& slot, TokenSpan span) {
  const std::string_view typed = reading.tokens.quote(span);
  reading.fill(slot, typed, std::string(typed));
}

/// Slots with a shape of their own (class, dates, numbers, choices), wherever they stand in the
/// text.
template <class Reading, class SlotList>
void take_shaped(Reading& reading, const SlotList& slots) {
  for (const auto& [slot, ended_by, called, signs, options, units] : slots) {
    if (reading.has(slot->name)) continue;
    switch (slot->kind) {
      case SlotKind::kClass:
        take_class(reading, *slot, false);
        break;
      case SlotKind::kDate:
        if (ended_by != nullptr) {
          take_span(reading, *slot, *ended_by, reading.dates(false), SpanUse::kBothEnds);
        } else if (slot->ends.empty()) {
          take_date(reading, *slot, reading.dates(false));
        }
        break;
      case SlotKind::kChoice:
        take_choice(reading, *slot, options);
        break;
      default:
        break;
    }
  }
  // Numbers last: what is left is no date and no class.
  for (const auto& patterns : slots) {
    if (patterns.slot->kind == SlotKind::kNumber && !reading.has(patterns.slot->name)) {
      take_number(reading, *patterns.slot, patterns.units);
    }
  }
}

}  // namespace

Understanding PatternUnderstander::understand(std::string_view text,
                                              const Expectation& expectation) const {
  const FlowPatterns* flow = expectation.flow.empty() ? nullptr : patterns_of(expectation.flow);
  const Slot* asked = flow == nullptr ? nullptr : flow->flow->slot(expectation.asking);
  Reading reading(text, expectation, vocabulary_);
  reading.out.move = move_of(reading.tokens);
  if (asked != nullptr) {
    answer(reading, *flow, *asked);
  } else if (flow != nullptr) {
    correction(reading, *flow);
  } else {
    opening(reading);
  }
  return std::move(reading.out);
}

void PatternUnderstander::opening(Reading& reading) const {
  constexpr int kFurtherTriggerPermille = 20;
  const FlowPatterns* best = nullptr;
  int best_score = 0;
  std::vector<TokenSpan> triggered;
  for (const FlowPatterns& flow : flows_) {
    int score = 0;
    std::vector<TokenSpan> matched;
    for (const Trigger& trigger : flow.triggers) {
      const auto span = trigger.find(reading.ids);
      if (!span) continue;
      const int weight = trigger.weight_permille();
      score = score == 0 ? weight : std::max(score, weight) + kFurtherTriggerPermille;
      matched.push_back(*span);
    }
    if (score > best_score) {
      best = &flow;
      best_score = score;
      triggered = std::move(matched);
    }
  }
  if (best == nullptr || best_score < threshold_permille_) return;
  reading.out.intent = best->flow->name;
  reading.out.confidence_permille = static_cast<std::uint16_t>(std::min(best_score, 1000));
  take_shaped(reading, best->slots);
  for (const SlotPatterns& patterns : best->slots) {
    if (patterns.slot->kind == SlotKind::kName) {
      take_name(reading, *patterns.slot, mentioned_name(reading.tokens, reading.taken));
    }
  }
  for (const SlotPatterns& patterns : best->slots) {
    if (patterns.slot->kind != SlotKind::kText || !patterns.signs.any()) continue;
    const auto span =
        find_text(reading.tokens, reading.ids, patterns.signs, reading.taken, triggered);
    if (span) {
      take_text(reading, *patterns.slot, *span);
      reading.taken.push_back(*span);
    }
  }
}

void PatternUnderstander::answer(Reading& reading, const FlowPatterns& flow,
                                 const Slot& asked) const {
  const Move move = reading.out.move;
  if (move == Move::kCancel || move == Move::kGreet || move == Move::kThanks) return;
  if (asked.kind == SlotKind::kText) {
    // A free answer is taken whole and never mined: "to pay the fees on friday" is a reason.
    const std::string_view whole = trimmed(reading.tokens.text());
    if (!whole.empty()) reading.fill(asked, whole, std::string(whole));
    return;
  }
  const auto patterns = std::find_if(flow.slots.begin(), flow.slots.end(),
                                     [&asked](const SlotPatterns& p) { return p.slot == &asked; });
  DateContext context = reading.dates(true);
  switch (asked.kind) {
    case SlotKind::kClass:
      take_class(reading, asked, true);
      break;
    case SlotKind::kDate:
      if (patterns->ended_by != nullptr) {
        take_span(reading, asked, *patterns->ended_by, context, SpanUse::kStartOnly);
      } else {
        const Slot* start = asked.ends.empty() ? nullptr : flow.flow->slot(asked.ends);
        const auto span = find_date_range(reading.tokens, context);
        if (start != nullptr && span && span->from && span->to && !span->single) {
          take_span(reading, *start, asked, context, SpanUse::kBothEnds);
        } else {
          context.anchor = reading.expectation.anchor;
          take_date(reading, asked, context);
        }
      }
      break;
    case SlotKind::kNumber:
      take_number(reading, asked, patterns->units);
      break;
    case SlotKind::kChoice:
      take_choice(reading, asked, patterns->options);
      break;
    default:
      break;
  }
  take_shaped(reading, flow.slots);
  if (asked.kind == SlotKind::kName && move == Move::kNone) {
    take_name(reading, asked, answered_name(reading.tokens, reading.taken));
  }
}

void PatternUnderstander::correction(Reading& reading, const FlowPatterns& flow) const {
  const Move move = reading.out.move;
  if (move != Move::kNone && move != Move::kNo && move != Move::kYes) return;
  const Tokens& tokens = reading.tokens;
  // Where each slot is named, if it is: the token behind the name.
  std::vector<std::size_t> behind(flow.slots.size(), 0);
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    for (std::size_t at = 0; at < tokens.size() && behind[slot] == 0; ++at) {
      const std::size_t length = flow.slots[slot].called.match(reading.ids, at);
      if (length > 0) behind[slot] = at + length;
    }
  }
  const auto says_no_value = [&tokens](std::size_t at) {
    static constexpr std::string_view words[] = {"is",     "was", "are",   "wrong",   "incorrect",
                                                 "galat",  "not", "right", "correct", "please",
                                                 "change", "hai", "also",  "isnt",    "to",
                                                 "should", "be",  "as",    "it"};
    while (at < tokens.size() &&
           (tokens[at].kind == TokenKind::kMark ||
            std::find(std::begin(words), std::end(words), tokens[at].norm) != std::end(words))) {
      ++at;
    }
    return at;
  };
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    if (flow.slots[slot].slot->kind != SlotKind::kText || behind[slot] == 0) continue;
    const std::size_t first = says_no_value(behind[slot]);
    if (first >= tokens.size()) continue;
    take_text(reading, *flow.slots[slot].slot, {first, tokens.size()});
    return;  // The rest of the message is the text: dates in it are not corrections.
  }
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    const Slot& named = *flow.slots[slot].slot;
    if (behind[slot] == 0) continue;
    if (named.kind == SlotKind::kClass) take_class(reading, named, true);
  }
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    const Slot& end = *flow.slots[slot].slot;
    if (end.ends.empty()) continue;
    // "end date is 6 March", "till thursday", "one day": the end alone, counted from the start.
    const auto span = find_date_range(tokens, reading.dates(false));
    const bool end_only = !span || (span->to && !span->from) || (span->single && behind[slot] != 0);
    DateContext context = reading.dates(false);
    context.anchor = reading.expectation.anchor;
    if (end_only) take_date(reading, end, context);
  }
  take_shaped(reading, flow.slots);
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    const Slot& named = *flow.slots[slot].slot;
    if (named.kind != SlotKind::kName || behind[slot] == 0) continue;
    const std::size_t first = says_no_value(behind[slot]);
    if (first < tokens.size()) {
      take_name(reading, named, answered_name(tokens, reading.taken, first));
    }
  }
  if (!reading.out.slots.empty()) return;
  for (std::size_t slot = 0; slot < flow.slots.size(); ++slot) {
    if (behind[slot] != 0) {
      reading.fill(*flow.slots[slot].slot, {}, {});
      return;
    }
  }
}

}  // namespace mitr
