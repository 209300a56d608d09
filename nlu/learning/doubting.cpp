#include "nlu/learning/doubting.h"

#include <algorithm>
#include <iterator>

#include "nlu/learning/score.h"

namespace mitr {
namespace {

/// Of 36 wrong labels among 1,200 reviews this stops two in three, and two of the true ones; 600
/// would stop four in five, and a fifth of what only those reviews could teach. See
/// tests/nlu/packs/poisoned_reviews_test.cpp.
constexpr std::uint16_t kSurePermille = 800;

/// Ids are random, so a half of the contacts is a half by chance.
bool of_first_half(const ReviewedWords& review) {
  return (review.contact.bytes[0] & 1U) == 0;
}

}  // namespace

bool contradicts(const apce::IntentModel& model, const ReviewedWords& review) {
  const auto found = model.classify(review.words.reveal());
  if (found.rejected || found.intents.empty()) return false;
  const auto& best = found.intents.front();
  return best.permille >= kSurePermille && model.names()[best.intent] != review.label;
}

std::vector<ReviewedWords> take_doubted(std::vector<ReviewedWords>& teach,
                                        const TaughtByOthers& taught) {
  std::array<std::vector<ReviewedWords>, 2> halves;
  for (const ReviewedWords& each : teach) halves[of_first_half(each) ? 0 : 1].push_back(each);
  std::array<std::shared_ptr<const apce::IntentModel>, 2> by_others;
  for (std::size_t i = 0; i < halves.size(); ++i) {
    if (!halves[i].empty()) by_others[i] = taught(halves[1 - i]);
  }
  std::vector<ReviewedWords> doubted;
  std::vector<ReviewedWords> kept;
  for (ReviewedWords& each : teach) {
    const auto& model = by_others[of_first_half(each) ? 0 : 1];
    (model && contradicts(*model, each) ? doubted : kept).push_back(std::move(each));
  }
  teach = std::move(kept);
  return doubted;
}

}  // namespace mitr
