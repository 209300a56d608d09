#include "nlu/learning/suggesting.h"

#include <algorithm>
#include <array>

namespace mitr {
namespace {

/// What happens later has other reasons.
constexpr int kLookAhead = 6;
/// A flow begun on less than this was hardly asked for. Triggers that are sure have 900.
constexpr std::uint16_t kUnsurePermille = 800;

template <class Kind>
const Kind* first_of(const TurnRecord& turn) {
  for (const Event& event : turn.events) {
    if (const auto* found = std::get_if<Kind>(&event)) return found;
  }
  return nullptr;
}

}  // namespace

std::string_view to_string(Worth worth) {
  static constexpr std::array<std::string_view, 6> kNames{
      "unsure", "not understood", "handed over", "said again", "picked", "corrected"};
  return kNames[static_cast<std::size_t>(worth)];
}

bool ConversationReview::was_at_rest(const TurnRecord& turn) const {
  if (known_) return state_.at_rest();
  // What only happens with nothing in hand.
  if (first_of<NotUnderstood>(turn) != nullptr) return true;
  return first_of<FlowStarted>(turn) != nullptr && first_of<FlowSuspended>(turn) == nullptr &&
         first_of<FlowCancelled>(turn) == nullptr && first_of<FlowCompleted>(turn) == nullptr;
}

void ConversationReview::follow(Opening& opening, const TurnRecord& turn) const {
  ++opening.turns;
  if (first_of<HandedOver>(turn) != nullptr) opening.handed_over = true;
  for (const Event& event : turn.events) {
    const auto* cancelled = std::get_if<FlowCancelled>(&event);
    if (cancelled != nullptr && cancelled->flow == opening.began) opening.cancelled = true;
    const auto* started = std::get_if<FlowStarted>(&event);
    const bool next =
        started != nullptr && opening.then.empty() && (opening.began.empty() || opening.cancelled);
    if (next) opening.then = started->flow;
  }
}

void ConversationReview::add(std::uint64_t seq, const TurnRecord& turn) {
  known_ = known_ && seq == last_seq_ + 1;
  last_seq_ = seq;
  for (Opening& opening : watched_) {
    if (opening.turns < kLookAhead) follow(opening, turn);
  }
  const auto* words = std::get_if<HeardWords>(&turn.input);
  if (words != nullptr && !words->text.empty() && was_at_rest(turn)) {
    const Understanding& understood = words->understanding;
    Opening opening;
    opening.at = openings_.size();
    opening.began = understood.intent;
    opening.asked_which = !understood.rivals.empty();
    opening.not_understood = first_of<NotUnderstood>(turn) != nullptr;
    opening.unsure = !understood.intent.empty() && understood.confidence_permille < kUnsurePermille;
    opening.handed_over = first_of<HandedOver>(turn) != nullptr;
    openings_.push_back(
        {seq, words->text, std::chrono::sys_seconds{std::chrono::seconds{turn.decided_at}}});
    watched_.push_back(std::move(opening));
  }
  for (const Event& event : turn.events) mitr::apply(state_, event);
  if (turn.snapshot) {
    state_ = *turn.snapshot;
    known_ = true;
  }
}

std::vector<Suggestion> ConversationReview::suggestions() const {
  std::vector<Suggestion> all;
  for (const Opening& opening : watched_) {
    Suggestion suggestion{openings_[opening.at].seq, Worth::kUnsure, opening.began,
                          openings_[opening.at].words};
    if (opening.cancelled && !opening.then.empty() && opening.then != opening.began) {
      suggestion.worth = Worth::kCorrected;
      suggestion.proposed = opening.then;
    } else if (opening.asked_which && !opening.then.empty()) {
      suggestion.worth = Worth::kPicked;
      suggestion.proposed = opening.then;
    } else if (opening.not_understood && !opening.then.empty()) {
      suggestion.worth = Worth::kSaidAgain;
      suggestion.proposed = opening.then;
    } else if (opening.handed_over && (opening.not_understood || opening.unsure)) {
      suggestion.worth = Worth::kHandedOver;
    } else if (opening.not_understood || opening.asked_which) {
      suggestion.worth = Worth::kNotUnderstood;
    } else if (!opening.unsure) {
      continue;
    }
    all.push_back(std::move(suggestion));
  }
  return all;
}

}  // namespace mitr
