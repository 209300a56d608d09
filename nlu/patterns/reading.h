// One message while it is being read against a pack: its words, what is claimed so far, and the
// answer as it grows. Private to nlu/patterns.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nlu/dialogue/pack.h"
#include "nlu/patterns/trigger.h"
#include "nlu/slots/choice.h"
#include "nlu/slots/date.h"
#include "nlu/slots/free_text.h"
#include "nlu/slots/product.h"
#include "nlu/slots/reference.h"
#include "nlu/understanding.h"

namespace mitr {

struct SlotPatterns {
  const Slot* slot = nullptr;
  const Slot* ended_by = nullptr;  ///< Date: the slot that ends the span this one starts.
  PhraseList called;
  TextSigns signs;
  ChoiceList choices;                   ///< Of a choice, a product, a yes or no with words.
  std::vector<ProductOption> products;  ///< Product: as the slot's options.
  std::vector<ReferenceShape> shapes;   ///< Reference.
  std::vector<std::string> units;
};

struct FlowPatterns {
  const Flow* flow = nullptr;
  std::vector<Trigger> triggers;
  std::vector<SlotPatterns> slots;

  const SlotPatterns* of(std::string_view name) const {
    for (const SlotPatterns& each : slots) {
      if (each.slot->name == name) return &each;
    }
    return nullptr;
  }
};

struct Reading {
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
  const Personal* held(std::string_view slot) const {
    for (const auto& [name, value] : expectation.held) {
      if (name == slot) return &value;
    }
    return nullptr;
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

// -- one kind of slot each (takes.cpp): what is found is claimed and filled ----

enum class SpanUse : std::uint8_t {
  kBothEnds,   ///< A lone date is a span of one day.
  kStartOnly,  ///< The start was asked: a lone date is the start.
};

void take_class(Reading& reading, const Slot& slot, bool asked);
void take_date(Reading& reading, const Slot& slot, const DateContext& context);
void take_span(Reading& reading, const Slot& from, const Slot& to, const DateContext& context,
               SpanUse use);
/// One of the rows that were looked up.
void take_record(Reading& reading, const Slot& slot, bool asked);
/// Kinds of findings.h: the first finding from token `from` on whose words are free. Of several
/// readings none is taken: they are the doubt.
void take_found(Reading& reading, const SlotPatterns& patterns, bool asked, std::size_t from = 0);
void take_name(Reading& reading, const Slot& slot, const std::optional<TokenSpan>& found);
void take_text(Reading& reading, const Slot& slot, TokenSpan span);
/// Slots with a shape of their own (class, dates, numbers, choices), wherever they stand.
void take_shaped(Reading& reading, const FlowPatterns& flow);
/// The slot alone, as if it had been asked; what is no shape is not looked for.
void take_asked(Reading& reading, const FlowPatterns& flow, const SlotPatterns& asked);

// -- corrections (correcting.cpp) ----

/// "not 7B, 7C", "7C, not 7B": fills the slot that holds the value denied. False: nothing of the
/// kind is said.
bool take_contrast(Reading& reading, const FlowPatterns& flow, const Vocabulary& vocabulary);
/// Slots that are named: "class is 6A", "the reason is travel"; without a value they are named
/// only. `also_unnamed`: values with a shape count without a name too.
void take_corrections(Reading& reading, const FlowPatterns& flow, bool also_unnamed);
/// "5B is wrong": the slot that holds it is named without a value.
void take_denied(Reading& reading, const FlowPatterns& flow);
/// A value and nothing else, where any slot may be corrected: the slot it fits, or which of them.
void take_lone(Reading& reading, const FlowPatterns& flow);
/// True if the words begin as one does who takes something back ("no,", "sorry,", "actually").
bool takes_back(const Tokens& tokens);

}  // namespace mitr
