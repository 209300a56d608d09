// Reading a message against one pack; see pattern_understander.h. Order matters: what we asked has
// first claim.
#include "nlu/patterns/pattern_understander.h"

#include <algorithm>
#include <utility>

#include "nlu/patterns/message_parts.h"
#include "nlu/patterns/move_patterns.h"
#include "nlu/patterns/picking.h"
#include "nlu/patterns/reading.h"
#include "nlu/slots/yes_no.h"

namespace mitr {
namespace {

SlotPatterns compiled(const Slot& slot, const Flow& flow, Vocabulary& vocabulary) {
  SlotPatterns patterns;
  patterns.slot = &slot;
  for (const Slot& other : flow.slots) {
    if (other.ends == slot.name) patterns.ended_by = &other;
  }
  for (const auto& word : slot.called) patterns.called.add(vocabulary, word);
  for (const auto& word : slot.mining.after) patterns.signs.after.add(vocabulary, word);
  for (const auto& word : slot.mining.words) patterns.signs.words.add(vocabulary, word);
  patterns.signs.last_clause = slot.mining.last_clause;
  for (const auto& word : slot.mining.whole_unless) {
    patterns.signs.whole_unless.add(vocabulary, word);
  }
  for (const auto& unit : slot.units) patterns.units.push_back(normal_word(unit));
  std::vector<ChoiceOption> options;
  for (const Option& option : slot.options) {
    options.push_back({{}, option.words});
    patterns.products.push_back({option.id, option.unit});
  }
  patterns.choices = ChoiceList(options);
  std::vector<std::string> called;
  for (const auto& word : slot.called) {
    const Tokens words(word);
    if (words.size() > 0) called.emplace_back(words[0].norm);
  }
  for (const auto& shape : slot.shapes) patterns.shapes.push_back({shape, called});
  return patterns;
}

bool overlap(const std::vector<TokenSpan>& spans, TokenSpan span) {
  return std::any_of(spans.begin(), spans.end(), [span](const TokenSpan& other) {
    return other.first < span.last && span.first < other.last;
  });
}

/// Index of the span that stands first in the message.
std::size_t first_of(const std::vector<TokenSpan>& spans) {
  const auto first =
      std::min_element(spans.begin(), spans.end(),
                       [](const TokenSpan& a, const TokenSpan& b) { return a.first < b.first; });
  return static_cast<std::size_t>(first - spans.begin());
}

/// True if the part of the message around `span` holds none of the others.
bool apart(const Tokens& tokens, TokenSpan span, const std::vector<TokenSpan>& others) {
  return !overlap(others, part_around(tokens, span));
}

/// A yes or no was asked and the message is one: "rehne do" and "why not" make no move then.
bool answers_yes_or_no(const Tokens& tokens, const SlotPatterns* asked) {
  if (asked == nullptr || asked->slot->kind != SlotKind::kYesNo) return false;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].is(kIsCancel)) return false;
  }
  const auto found = find_yes_no(tokens, {.whole = true});
  return !found.empty() && found.front().value != YesNo::kUnclear;
}

/// What words that call a person weigh, as a trigger's.
constexpr int kCallPermille = 950;
/// A trigger of this weight begins its flow though the words are like no example.
constexpr int kTriggerPermille = 860;
/// A matter in a part of its own counts if the whole message is like it at least so much; or if it
/// was added with an "and", and the part alone is like it.
constexpr int kFurtherPermille = 40;

}  // namespace

PatternUnderstander::PatternUnderstander(const PackParts& parts)
    : threshold_permille_(parts.threshold_permille), examples_(parts.examples), tagger_(parts) {
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
      if (!slot.heard) continue;
      patterns.slots.push_back(compiled(slot, flow, vocabulary_));
    }
    any_urgent_ = any_urgent_ || flow.urgent;
    flows_.push_back(std::move(patterns));
  }
  moves_ = std::make_unique<MovePatterns>(parts.moves, lists, vocabulary_);
}

PatternUnderstander::~PatternUnderstander() = default;

const FlowPatterns* PatternUnderstander::patterns_of(std::string_view flow) const {
  for (const FlowPatterns& patterns : flows_) {
    if (patterns.flow->name == flow) return &patterns;
  }
  return nullptr;
}

Understanding PatternUnderstander::understand(std::string_view text,
                                              const Expectation& expectation) const {
  const FlowPatterns* flow = expectation.flow.empty() ? nullptr : patterns_of(expectation.flow);
  const SlotPatterns* asked = flow == nullptr ? nullptr : flow->of(expectation.asking);
  Reading reading(text, expectation, vocabulary_);
  reading.out.move = move_of(reading.tokens);
  const MoveFound found = moves_->find(reading.tokens, reading.ids);
  const bool cancels = reading.out.move == Move::kCancel;
  if (answers_yes_or_no(reading.tokens, asked)) {
    reading.out.move = Move::kNone;
  } else if (found.whole != Move::kNone && !cancels) {
    reading.out.move = found.whole;
  }
  // Nothing is open that a lone "stop" could drop. What says more is heard whatever else is said.
  const bool free = asked == nullptr || asked->slot->kind != SlotKind::kText;
  const bool stops =
      (flow == nullptr && found.whole == Move::kStop) || (free && found.part == Move::kStop);
  if (stops) {
    reading.out.move = Move::kStop;
    return std::move(reading.out);
  }
  // "Bye, I will write tomorrow": the tomorrow is no answer.
  const bool free_text = asked != nullptr && asked->slot->kind == SlotKind::kText;
  if (found.part == Move::kBye && flow != nullptr && !free_text) reading.out.move = Move::kBye;
  if (expectation.asking == "(which)") reading.out.pick = picked(reading, flow);
  if (cancel_and(reading) || urgent(reading)) return std::move(reading.out);
  if (flow == nullptr) {
    begin(reading, found.part == Move::kHuman);
  } else if (free_text) {
    answer_text(reading, *flow, *asked->slot);
    return std::move(reading.out);
  } else if (asked != nullptr) {
    answer(reading, *flow, *asked);
  } else {
    correction(reading, *flow);
  }
  const Understanding& out = reading.out;
  const bool nothing = out.move == Move::kNone && out.intent.empty() && out.slots.empty() &&
                       out.doubt.empty() && out.also.empty() && out.rivals.empty();
  // At rest, words in passing call a person; "why is the school closed" is no repair.
  const bool counts = flow != nullptr || found.part == Move::kHuman || found.part == Move::kAbuse;
  if (nothing && counts) reading.out.move = found.part;
  return std::move(reading.out);
}

// -- flows ----

std::vector<PatternUnderstander::Asked> PatternUnderstander::asked_for(
    const Reading& reading) const {
  constexpr int kFurtherTriggerPermille = 20;
  std::vector<Asked> asked;
  const std::uint64_t bits = bits_of(reading.ids);
  for (const FlowPatterns& flow : flows_) {
    Asked each{&flow, 0, {}};
    for (const Trigger& trigger : flow.triggers) {
      if (!trigger.may_match(bits)) continue;
      auto span = trigger.find(reading.ids);
      if (!span) continue;
      const int weight = trigger.weight_permille();
      each.score =
          each.score == 0 ? weight : std::max(each.score, weight) + kFurtherTriggerPermille;
      // All of them: a matter asked for in the second part of the message may be named in the
      // first.
      for (; span; span = trigger.find(reading.ids, span->last)) each.spans.push_back(*span);
    }
    if (each.score >= threshold_permille_) asked.push_back(std::move(each));
  }
  std::stable_sort(asked.begin(), asked.end(),
                   [](const Asked& a, const Asked& b) { return a.score > b.score; });
  return asked;
}

void PatternUnderstander::further_flows(Reading& reading, const std::vector<Asked>& asked) const {
  // A flow is a further one if it is asked for in a part of its own: "leave tomorrow, and the
  // fees".
  struct Meant {
    const Asked* asked;
    TokenSpan where;
  };
  const Asked& best = asked.front();
  std::vector<Meant> meant{{&best, best.spans[first_of(best.spans)]}};
  for (std::size_t other = 1; other < asked.size(); ++other) {
    const auto& spans = asked[other].spans;
    const auto own = std::find_if(spans.begin(), spans.end(), [&](const TokenSpan& span) {
      return std::all_of(meant.begin(), meant.end(), [&](const Meant& each) {
        return apart(reading.tokens, span, each.asked->spans);
      });
    });
    if (own != spans.end()) meant.push_back({&asked[other], *own});
  }
  std::sort(meant.begin(), meant.end(),
            [](const Meant& a, const Meant& b) { return a.where.first < b.where.first; });
  const Asked& first = *meant.front().asked;
  reading.out.intent = first.flow->flow->name;
  reading.out.confidence_permille = static_cast<std::uint16_t>(std::min(first.score, 1000));
  for (std::size_t other = 1; other < meant.size(); ++other) {
    reading.out.also.push_back(meant[other].asked->flow->flow->name);
    reading.taken.push_back(part_around(reading.tokens, meant[other].where));
  }
}

void PatternUnderstander::opening(Reading& reading, const std::vector<Asked>& asked) const {
  constexpr int kRivalPermille = 30;
  if (asked.empty()) return;
  for (const Asked& each : asked) {
    const auto& first = asked.front().spans;
    // What is also asked for in a part of its own is a further matter, not another reading.
    const bool own = std::any_of(each.spans.begin(), each.spans.end(), [&](const TokenSpan& span) {
      return apart(reading.tokens, span, first);
    });
    const bool rival = each.score + kRivalPermille > asked.front().score && !own &&
                       overlap(first, each.spans.front());
    if (rival) reading.out.rivals.push_back(each.flow->flow->name);
  }
  if (reading.out.rivals.size() > 1) return;
  reading.out.rivals.clear();
  further_flows(reading, asked);
  const FlowPatterns& flow = *patterns_of(reading.out.intent);
  for (const Asked& each : asked) {
    if (each.flow == &flow) opening_values(reading, flow, each.spans);
  }
}

const OpeningModel& PatternUnderstander::model_of(const Expectation& expectation) const {
  // A model that was trained before this pack had all its flows would never begin the new ones.
  const OpeningModel* own = expectation.openings;
  return own != nullptr && own->covers(examples_) ? *own : examples_;
}

void PatternUnderstander::begin(Reading& reading, bool calls) const {
  const OpeningModel& model = model_of(reading.expectation);
  std::vector<Asked> asked = asked_for(reading);
  // A flow without examples, and a message that is nothing but a trigger's words, are for triggers.
  const std::vector<TokenSpan> first =
      asked.empty() ? std::vector<TokenSpan>{} : asked.front().spans;
  const bool all = std::any_of(first.begin(), first.end(), [&](const TokenSpan& span) {
    return span.first == 0 && span.last == reading.tokens.size();
  });
  const bool told = !asked.empty() && (all || !model.knows(asked.front().flow->flow->name));
  if (told || reading.out.move != Move::kNone) return opening(reading, asked);
  std::vector<OpeningModel::Hint> hints;
  hints.reserve(asked.size() + 1);
  for (const Asked& each : asked) hints.push_back({each.flow->flow->name, each.score});
  if (calls) hints.push_back({kAsksForPerson, kCallPermille});
  const auto guesses = model.likely(reading.tokens.text(), hints);
  if (guesses.empty()) {
    if (!asked.empty() && asked.front().score >= kTriggerPermille) opening(reading, asked);
    return;
  }
  keep_meant(reading, asked, guesses);
  if (asked.empty()) return guessed(reading, guesses);
  opening(reading, asked);
}

void PatternUnderstander::keep_meant(const Reading& reading, std::vector<Asked>& asked,
                                     const std::vector<OpeningModel::Guess>& guesses) const {
  const auto best = std::find_if(asked.begin(), asked.end(), [&](const Asked& each) {
    return each.flow->flow->name == guesses.front().name;
  });
  if (best == asked.end()) return asked.clear();
  std::rotate(asked.begin(), best, best + 1);
  const auto further = std::remove_if(asked.begin() + 1, asked.end(), [&](const Asked& each) {
    return std::none_of(each.spans.begin(), each.spans.end(), [&](const TokenSpan& span) {
      return apart(reading.tokens, span, asked.front().spans) &&
             is_further(reading, each, span, guesses);
    });
  });
  asked.erase(further, asked.end());
}

bool PatternUnderstander::is_further(const Reading& reading, const Asked& asked, TokenSpan span,
                                     const std::vector<OpeningModel::Guess>& guesses) const {
  const OpeningModel& model = model_of(reading.expectation);
  const Tokens& tokens = reading.tokens;
  const std::string& name = asked.flow->flow->name;
  if (!model.knows(name)) return true;
  const bool like = std::any_of(guesses.begin(), guesses.end(), [&](const auto& guess) {
    return guess.name == name && guess.permille >= kFurtherPermille;
  });
  const TokenSpan part = part_around(tokens, span);
  if (like || !is_added(tokens, part)) return like;
  const auto alone = model.likely(tokens.quote(part), {{name, asked.score}});
  return !alone.empty() && alone.front().name == name;
}

void PatternUnderstander::guessed(Reading& reading,
                                  const std::vector<OpeningModel::Guess>& guesses) const {
  const OpeningModel::Guess& best = guesses.front();
  if (best.name == kAsksForPerson) {
    reading.out.move = Move::kHuman;
  } else if (OpeningModel::either(guesses) && patterns_of(guesses[1].name) != nullptr) {
    reading.out.rivals = {best.name, guesses[1].name};
  } else if (const FlowPatterns* flow = patterns_of(best.name)) {
    reading.out.intent = best.name;
    reading.out.confidence_permille = best.permille;
    opening_values(reading, *flow, {});
  }
}

bool PatternUnderstander::elsewhere(Reading& reading, const FlowPatterns& flow) const {
  Reading other(reading.tokens.text(), reading.expectation, vocabulary_);
  opening(other, asked_for(other));
  const bool here = other.out.intent == flow.flow->name;
  if (here) reading.out.intent = other.out.intent;
  if (here && !other.out.also.empty()) reading.out.also = other.out.also;
  if (here || other.out.intent.empty()) return false;
  const Move move = reading.out.move;
  reading.out = std::move(other.out);
  reading.out.move = move;
  std::erase(reading.out.also, flow.flow->name);
  return true;
}

bool PatternUnderstander::urgent(Reading& reading) const {
  if (!any_urgent_) return false;
  for (const Asked& each : asked_for(reading)) {
    const Flow& flow = *each.flow->flow;
    if (!flow.urgent || flow.name == reading.expectation.flow) continue;
    reading.out = {};
    reading.out.intent = flow.name;
    reading.out.confidence_permille = static_cast<std::uint16_t>(std::min(each.score, 1000));
    return true;
  }
  return false;
}

bool PatternUnderstander::cancel_and(Reading& reading) const {
  constexpr std::size_t kJointWithin = 4;
  const Tokens& tokens = reading.tokens;
  if (!tokens[0].is(kIsCancel) && !(tokens[0].is("forget") && tokens[1].is("it"))) return false;
  for (std::size_t at = 1; at < tokens.size() && at <= kJointWithin; ++at) {
    if (!joins(tokens[at]) && !tokens[at].is("i")) continue;
    Reading rest(tokens.quote({at, tokens.size()}), reading.expectation, vocabulary_);
    opening(rest, asked_for(rest));
    if (rest.out.intent.empty()) continue;
    reading.out = std::move(rest.out);
    reading.out.move = Move::kCancel;
    return true;
  }
  return false;
}

}  // namespace mitr
