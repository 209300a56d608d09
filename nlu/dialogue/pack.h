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

#include "nlu/dialogue/expression.h"
#include "nlu/dialogue/pack_version.h"
#include "nlu/reply/phrase.h"
#include "nlu/understand.h"

namespace mitr {

/// What a slot holds; the canonical form of each is at SlotValue (dialogue.h).
enum class SlotKind : std::uint8_t {
  kText,
  kName,
  kDate,
  kClass,
  kNumber,
  kChoice,
  kMoney,
  kReference,
  kYesNo,
  kTime,
  kPhone,
  kEmail,
  kDuration,
  kProduct,
  kRecords,     ///< Rows that a call looked up; see nlu/records.
  kRecord,      ///< One of them; the value is its key.
  kAttachment,  ///< A file that is sent; see nlu/slots/sent_value.h.
  kLocation,    ///< A place that is pinned.
};

/// A rule a value must keep; `name` is what events and wordings call it.
struct Check {
  enum class Rule : std::uint8_t {
    kNotPast,  ///< Date: today or later, unless the tenant takes past dates. Time: not gone by, if
               ///< date slot `other` (none: whatever day) is today.
    kNotBefore,  ///< Date: not before slot `other`.
    kDaysAhead,  ///< Date: at most `max` days after today.
    kSpan,       ///< Date: with slot `other`, at most `max` days, both counted.
    kSection,    ///< Class: names its section.
    kLength,     ///< Text, name: `min` to `max` characters.
    kBetween,    ///< `min` to `max`: a number; rupees; minutes after midnight; seconds.
    kAmount,     ///< Product: each one says how much.
  };
  std::string name;
  Rule rule = Rule::kLength;
  std::string other;
  std::int64_t min = 0;
  std::int64_t max = 0;
  Phrase message;
};

/// One of a choice slot's answers; of a product slot's goods; yes or no with words of its own.
struct Option {
  std::string id;
  std::vector<std::string> words;  ///< Words or phrases that mean it.
  Phrase title;                    ///< On its button (20 characters) or row of a list (24).
  std::string unit{};              ///< Product: what a bare number of it counts; empty: pieces.
};

/// How a text slot may be found in a sentence that says more than one thing.
struct MiningRule {
  std::vector<std::string> after;  ///< The text behind one of these is the value.
  std::vector<std::string> words;  ///< Words that are a value themselves.
  bool last_clause = false;        ///< The last clause that nobody else claims.
  /// Not empty: the whole message, if it says more than these words ("I have a complaint" does
  /// not).
  std::vector<std::string> whole_unless;
};

/// What follows the last answer that did not fit.
enum class WhenMissed : std::uint8_t { kStop, kSkip, kDefault, kHuman };

struct Slot {
  std::string name;
  SlotKind kind = SlotKind::kText;
  std::vector<std::string> called;  ///< What contacts call it when they correct it.
  std::string ends;                 ///< Date: the slot whose span of days it ends; empty: none.
  std::vector<std::string> units;   ///< Number: units that may stand behind it.
  std::vector<Option> options;      ///< Choice, product; yes_no: none, or "yes" and "no".
  std::vector<std::string> shapes;  ///< Reference: what it looks like; see slots/reference.h.
  MiningRule mining;                ///< Text.
  std::vector<Check> checks;
  std::uint8_t misses_max = 3;  ///< Answers that did not fit before `when_missed`.
  WhenMissed when_missed = WhenMissed::kStop;
  bool optional = false;      ///< May be skipped.
  bool heard = true;          ///< False: looked up or set, never taken from what contacts write.
  std::string default_value;  ///< With WhenMissed::kDefault; canonical.
  std::string of;             ///< Records: the query whose rows it holds.
  std::string from;           ///< Record: the slot of kind records it is picked from.
  /// Record: fields of the row, and the slots that get them. The first is what a contact calls it.
  std::vector<std::pair<std::string, std::string>> gives;
  Phrase ask;
  Phrase ask_again;  ///< Said before `ask` when the answer did not fit.
  Phrase why;        ///< Why it is asked; empty: the pack's common answer.
  /// What a call left behind for the flow alone: rows, or what became of the call.
  bool looked_up() const;
  Phrase title;  ///< What it is called when we ask which slot is meant; empty: first `called`.
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

/// A condition a step stands under: the step is reached where `when` is known to be `wanted`.
struct StepGuard {
  Expression when;
  bool wanted = true;
  std::string text;  ///< As its author wrote it.
};

/// One step of a flow. An `if` is no step: what is inside it stands under its condition.
struct Step {
  enum class Kind : std::uint8_t {
    kCollect,   ///< Ask `slot` until it is filled.
    kSay,       ///< Once.
    kConfirm,   ///< The summary; yes goes on.
    kSet,       ///< `slot` gets the value of `to`.
    kCall,      ///< Ask `name` elsewhere; `slot` gets ok, failed or late.
    kDo,        ///< File and notify, once.
    kLink,      ///< The flow ends and `name` begins.
    kHandOver,  ///< The flow ends and a person takes over.
    kWait,      ///< Until `lasts` has passed.
    kEnd,       ///< The flow is done.
  };
  Kind kind = Kind::kEnd;
  std::string id;  ///< Of what is done once; stays the same between versions of a pack.
  std::vector<StepGuard> guards;
  std::string slot;
  std::string name;
  Expression to;
  Phrase say;
  std::vector<std::string> arguments;  ///< Slots a call takes along.
  std::string into;                    ///< Of a call that finds rows: the slot that holds them.
  std::chrono::minutes lasts{0};       ///< Of a wait; after which a call is late.
  std::string file;                    ///< Kind of the request stored; empty: none.
  std::vector<NotifyRule> notify;
};

struct Flow {
  std::string name;
  std::vector<TriggerRule> triggers;
  std::vector<Slot> slots;  ///< In the order they are asked, unless the steps say otherwise.
  std::vector<Step> steps;  ///< Empty: every slot is collected, confirmed, then done.
  bool confirm = true;      ///< Without steps: the summary is confirmed before the end.
  bool urgent = false;      ///< Its triggers are heard whatever is asked, free text included.
  /// Whoever is in it when this version comes ends it under the old one, while that is loaded.
  bool finish_on_deploy = false;
  Expression guard;             ///< Where it does not hold the flow does not begin.
  std::uint8_t misses_max = 3;  ///< Of the confirmation.
  /// A contact who leaves the flow half filled is reminded after this long, and the flow dropped
  /// after that; zero: neither.
  std::chrono::minutes remind_after{0};
  std::chrono::minutes lapse_after{0};
  std::string file;  ///< Kind of the request stored on completion; empty: none.
  std::vector<NotifyRule> notify;
  Phrase title;   ///< "leave request": stands in "shall we go on with your …?"
  Phrase offer;   ///< One line of what the tenant can do.
  Phrase closed;  ///< Said where the guard does not hold.
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

/// What is said outside and around the flows. Most of it is the base pack's.
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
  // Repair. {flow}: a flow's title.
  Phrase skipped;
  Phrase cannot_skip;
  Phrase why;
  Phrase why_confirm;  ///< Why the summary wants a yes.
  Phrase refused;
  Phrase hold_on;
  Phrase stopped;        ///< We write first no more.
  Phrase started;        ///< We may again.
  Phrase goodbye;        ///< With something half filled.
  Phrase goodbye_empty;  ///< With nothing in hand.
  Phrase human;
  Phrase human_missed;  ///< Offered by us, since we did not understand.
  Phrase start_over;
  Phrase calm;       ///< After abuse.
  Phrase changed;    ///< {value}: what a slot holds now.
  Phrase kept;       ///< {value}: what it still holds.
  Phrase set_aside;  ///< The running flow waits while another is seen to.
  Phrase resume;     ///< Shall we go on?
  Phrase resumed;
  Phrase next_matter;  ///< A queued flow begins.
  Phrase dropped;      ///< A waiting flow is not gone on with.
  Phrase too_deep;
  Phrase which_flow;
  Phrase which_slot;  ///< {value}: what could be any of them.
  Phrase which_value;
  Phrase settled;  ///< A tap on a question that is answered already.
  Phrase closed;   ///< The flow was dropped while the contact was away.
  Phrase not_now;  ///< A flow's guard is closed, and it says nothing itself.
  Phrase waiting;  ///< Something is being looked up.
};

/// Who takes over when a person is wanted.
struct HumanRule {
  std::string file;                ///< Kind of the request that is stored; empty: none.
  std::string role;                ///< Who is told; empty: nobody.
  std::string message;             ///< The template; one parameter: why.
  std::chrono::minutes silent{0};  ///< How long we leave the conversation to them.
};

/// A repair move and the patterns that make it; see nlu/patterns/trigger.h.
struct MoveRule {
  Move move = Move::kNone;
  std::vector<std::string> patterns;
};

/// Words of an example that are the value of a slot of its flow.
struct ExampleValue {
  std::string slot;
  std::uint32_t begin = 0;  ///< Byte offsets into the text.
  std::uint32_t end = 0;
  bool operator==(const ExampleValue&) const = default;
};

/// What somebody may write first, and what it begins: the models behind the patterns learn from it.
struct PackExample {
  std::string text;
  std::string flow;  ///< Empty: nothing begins. kAsksForPerson: a person is called.
  std::vector<ExampleValue> values{};
};
inline constexpr std::string_view kAsksForPerson = "(human)";

struct PackParts {
  std::string name;
  PackVersion version{};
  std::uint16_t threshold_permille = 500;  ///< Below it, a trigger starts nothing.
  std::vector<std::string> languages;
  std::vector<std::pair<std::string, std::vector<std::string>>> word_lists;
  std::vector<Flow> flows;
  std::vector<MessageTemplate> templates;
  CommonPhrases phrases;
  std::vector<MoveRule> moves;
  HumanRule human;
  std::vector<PackExample> examples;
  /// Further ones, which show values and teach nothing of what begins: they are chosen for their
  /// values, so how often each flow is among them says nothing.
  std::vector<PackExample> marked;
  /// Words that are names of people, for packs of every kind.
  std::vector<std::string> names;
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
  const PackVersion& version() const { return parts_.version; }
  const std::vector<std::string>& languages() const { return parts_.languages; }
  const std::vector<Flow>& flows() const { return parts_.flows; }
  const Flow* flow(std::string_view name) const;
  const std::vector<MessageTemplate>& templates() const { return parts_.templates; }
  /// By name, in the language, else in any; null: no such template.
  const MessageTemplate* message_template(std::string_view name, std::string_view language) const;
  const CommonPhrases& phrases() const { return parts_.phrases; }
  const std::vector<PackExample>& examples() const { return parts_.examples; }
  const HumanRule& human() const { return parts_.human; }
  const Understander& understander() const { return *understander_; }

 private:
  PackParts parts_;
  std::unique_ptr<const Understander> understander_;
};

}  // namespace mitr
