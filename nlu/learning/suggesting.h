// What in a conversation is worth a person's review: first sentences that were not understood, that
// the machine was unsure of, or whose reading the contact then corrected, and what they may have
// meant by what happened next.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/dialogue/turn_record.h"

namespace mitr {

/// Why it is suggested; those that say more come later.
enum class Worth : std::uint8_t {
  kUnsure,         ///< A flow began, and the words hardly said so.
  kNotUnderstood,  ///< Nothing began.
  kHandedOver,     ///< A person took over soon after.
  kSaidAgain,      ///< It was not understood, and the contact then said it in other words.
  kPicked,         ///< We asked which was meant, and the contact chose.
  kCorrected,      ///< What began was cancelled, and another flow begun.
};
std::string_view to_string(Worth worth);

struct Suggestion {
  std::uint64_t seq = 0;
  Worth worth = Worth::kUnsure;
  /// What the words begin, judged by what happened next; empty: nothing tells.
  std::string proposed;
  Personal words;
  bool operator==(const Suggestion&) const = default;
};

/// A first sentence and the turn it stands in.
struct OpeningWords {
  std::uint64_t seq = 0;
  Personal words;
  std::chrono::sys_seconds said{};
};

/// Follows one conversation's turns in their order.
class ConversationReview {
 public:
  /// A later turn of the same conversation than those before; turns may be missing in front.
  void add(std::uint64_t seq, const TurnRecord& turn);
  std::vector<Suggestion> suggestions() const;
  /// All first sentences: what a model is tried on in the shadow of the live one.
  const std::vector<OpeningWords>& openings() const { return openings_; }

 private:
  struct Opening {
    std::size_t at = 0;  ///< Into openings_.
    std::string began;   ///< The flow; empty: none.
    bool not_understood = false;
    bool asked_which = false;
    bool unsure = false;
    // What happened within kLookAhead turns.
    int turns = 0;
    bool cancelled = false;
    bool handed_over = false;
    std::string then;  ///< The flow that began next.
  };
  void follow(Opening& opening, const TurnRecord& turn) const;
  bool was_at_rest(const TurnRecord& turn) const;

  std::vector<OpeningWords> openings_;
  std::vector<Opening> watched_;
  DialogueState state_;
  std::uint64_t last_seq_ = 0;
  bool known_ = true;  ///< The state is the fold of all turns.
};

}  // namespace mitr
