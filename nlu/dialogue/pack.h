// What a tenant's business can talk about: flows, slots, checks, wordings. Immutable, checked by
// whoever built it (config/pack_file.h reads it from files), shared between all conversations.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nlu/reply/phrase.h"
#include "nlu/understand.h"

namespace mitr {

enum class SlotKind : std::uint8_t { kText, kName, kDate, kClass, kNumber, kChoice };

/// A rule a value must keep; `name` is what events and wordings call it.
struct Check {
  enum class Rule : std::uint8_t {
    kNotPast,    ///< Date: today or later, unless the tenant takes past dates.
    kNotBefore,  ///< Date: not before slot `other`.
    kDaysAhead,  ///< Date: at most `max` days after today.
    kSpan,       ///< Date: with slot `other`, at most `max` days, both counted.
    kSection,    ///< Class: names its section.
    kLength,     ///< Text, name: `min` to `max` characters.
    kBetween,    ///< Number: `min` to `max`.
  };
  std::string name;
  Rule rule = Rule::kLength;
  std::string other;
  std::int64_t min = 0;
  std::int64_t max = 0;
  Phrase message;
};

/// One of a choice slot's answers.
struct Option {
  std::string id;
  std::vector<std::string> words;  ///< Words or phrases that mean it.
  Phrase title;                    ///< On its button; at most 20 characters.
};

/// How a text slot may be found in a sentence that says more than one thing.
struct MiningRule {
  std::vector<std::string> after;  ///< The text behind one of these is the value.
  std::vector<std::string> words;  ///< Words that are a value themselves.
  bool last_clause = false;        ///< The last clause that nobody else claims.
};

struct Slot {
  std::string name;
  SlotKind kind = SlotKind::kText;
  std::vector<std::string> called;  ///< What contacts call it when they correct it.
  std::string ends;                 ///< Date: the slot whose span of days it ends; empty: none.
  std::vector<std::string> units;   ///< Number: units that may stand behind it.
  std::vector<Option> options;      ///< Choice.
  MiningRule mining;                ///< Text.
  std::vector<Check> checks;
  std::uint8_t misses_max = 3;  ///< Answers that did not fit before the flow stops.
  Phrase ask;
  Phrase ask_again;  ///< Said before `ask` when the answer did not fit.
};

/// A pattern and how surely it means the flow; see nlu/patterns/trigger.h.
struct TriggerRule {
  std::string pattern;
  std::uint16_t weight_permille = 900;
};

/// Who is told when the flow completes, and with which template.
struct NotifyRule {
  std::string role;
  std::string key;                      ///< Slot that picks the person; empty: none.
  std::string message;                  ///< Template's name.
  std::vector<std::string> parameters;  ///< Slots, in the template's order.
};

struct Flow {
  std::string name;
  std::vector<TriggerRule> triggers;
  std::vector<Slot> slots;      ///< Asked in this order; at least one.
  std::uint8_t misses_max = 3;  ///< Of the confirmation.
  /// A contact who leaves the flow half filled is reminded after this long, and the flow dropped
  /// after that; zero: neither.
  std::chrono::minutes remind_after{0};
  std::chrono::minutes lapse_after{0};
  std::string file;  ///< Kind of the request stored on completion; empty: none.
  std::vector<NotifyRule> notify;
  Phrase offer;  ///< One line of what the tenant can do.
  Phrase summary;
  Phrase done;
  Phrase reminder;  ///< Said before the open question; empty without remind_after.

  const Slot* slot(std::string_view slot_name) const;
};

/// A message pre-approved by the provider, with {{1}} … places.
struct MessageTemplate {
  std::string name;
  std::string language;
  std::string body;
};

/// What is said outside and around the flows.
struct CommonPhrases {
  Phrase welcome;
  Phrase help;  ///< {offers}: one line per flow.
  Phrase welcome_thanks;
  Phrase cancelled;
  Phrase nothing_to_cancel;
  Phrase gave_up;
  Phrase unreadable;
  Phrase what_to_change;
  Phrase confirm_again;
  Phrase retired;  ///< The flow in hand is no longer in the pack.
  Phrase yes;      ///< Titles of the confirmation's buttons.
  Phrase no;
};

struct PackParts {
  std::string name;
  std::uint16_t threshold_permille = 500;  ///< Below it, a trigger starts nothing.
  std::vector<std::string> languages;
  std::vector<std::pair<std::string, std::vector<std::string>>> word_lists;
  std::vector<Flow> flows;
  std::vector<MessageTemplate> templates;
  CommonPhrases phrases;
};

class Pack {
 public:
  /// The parts must be consistent: every name they use is defined. An inconsistent pack says less,
  /// it does not fail.
  explicit Pack(PackParts parts);
  ~Pack();
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;

  const std::string& name() const { return parts_.name; }
  const std::vector<std::string>& languages() const { return parts_.languages; }
  const std::vector<Flow>& flows() const { return parts_.flows; }
  const Flow* flow(std::string_view name) const;
  const std::vector<MessageTemplate>& templates() const { return parts_.templates; }
  /// By name, in the language, else in any; null: no such template.
  const MessageTemplate* message_template(std::string_view name, std::string_view language) const;
  const CommonPhrases& phrases() const { return parts_.phrases; }
  const Understander& understander() const { return *understander_; }

 private:
  PackParts parts_;
  std::unique_ptr<const Understander> understander_;
};

}  // namespace mitr
