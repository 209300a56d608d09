#include "tools/mitr/review_list.h"

#include <algorithm>
#include <map>
#include <set>

#include "nlu/learning/medoids.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// The best guess, sure or not: to be confirmed by a person.
std::string guessed(const OpeningModel& model, const Personal& words) {
  if (model.intents() == nullptr) return std::string(kBeginsNothing);
  const auto found = model.intents()->classify(words.reveal());
  if (found.intents.empty()) return std::string(kBeginsNothing);
  return model.intents()->names()[found.intents.front().intent];
}

/// What a suggestion counts beside the others: one that brings its own label counts twice.
std::uint32_t weight_of(const ReviewSuggestion& suggestion) {
  return suggestion.worth >= Worth::kSaidAgain ? 2 : 1;
}

}  // namespace

Result<std::vector<ReviewSuggestion>> suggest_reviews(Reader& reader, const OpenTenant& tenant,
                                                      const Pack& pack,
                                                      const LiveModel::Model& live,
                                                      const ReviewWish& wish) {
  const auto rows = reader.reviews(tenant.row.id, limits::kReviewsMax);
  if (!rows) return rows.error();
  std::set<TurnName> known;
  std::map<ContactId, std::size_t> of_contact;
  for (const ReviewRow& row : *rows) {
    known.insert(row.turn);
    if (!row.label.empty()) ++of_contact[row.turn.contact];
  }
  std::vector<ReviewSuggestion> found;
  const auto collect = [&](const ContactId& contact, const ConversationReview& review) {
    for (Suggestion& each : review.suggestions()) {
      const TurnName turn{contact, each.seq};
      if (found.size() == limits::kSuggestionsMax || known.contains(turn)) continue;
      if (++of_contact[contact] > limits::kReviewsOfContactMax) continue;
      if (!is_label(pack, each.proposed)) each.proposed.clear();
      found.push_back({turn, each.worth, std::move(each.proposed), std::move(each.words)});
    }
  };
  if (auto done = each_review(reader, tenant, wish.since, collect); !done) return done.error();

  const OpeningModel own(pack.examples());
  const OpeningModel& model = live ? *live : own;
  std::vector<Telling> telling;
  for (ReviewSuggestion& each : found) {
    if (each.proposed.empty()) each.proposed = guessed(model, each.words);
    telling.push_back({each.words.reveal(), weight_of(each)});
  }
  std::vector<ReviewSuggestion> chosen;
  for (const std::size_t at : medoids(telling, wish.most)) chosen.push_back(found[at]);
  return chosen;
}

}  // namespace mitr
