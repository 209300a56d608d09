#include "nlu/patterns/opening_model.h"

#include <algorithm>

#include "nlu/apce/intent_training.h"

namespace mitr {
namespace {

/// From here on it begins without asking. By cross-validation over the packs' examples.
constexpr std::uint16_t kSurePermille = 600;
/// What may be meant beside the best: below it there is nothing to ask about.
constexpr std::uint16_t kMaybePermille = 150;

}  // namespace

OpeningModel::OpeningModel(const std::vector<PackExample>& examples) {
  if (examples.size() < kExamplesMin) return;
  std::vector<apce::Example> rows;
  rows.reserve(examples.size());
  for (const auto& each : examples) rows.push_back({Personal(each.text), each.flow});
  apce::IntentSettings settings;
  settings.names_teach = false;
  if (auto trained = apce::train_intents(rows, settings)) intents_ = *std::move(trained);
}

OpeningModel::OpeningModel(std::shared_ptr<const apce::IntentModel> intents)
    : intents_(std::move(intents)) {}

bool OpeningModel::covers(const OpeningModel& other) const {
  if (!other.intents_) return true;
  if (!intents_) return false;
  // A model's names are in order.
  const auto& ours = intents_->names();
  const auto& theirs = other.intents_->names();
  return std::includes(ours.begin(), ours.end(), theirs.begin(), theirs.end());
}

std::vector<OpeningModel::Guess> OpeningModel::guess(std::string_view text) const {
  if (!intents_) return {};
  const apce::Classified found = intents_->classify(text);
  if (found.rejected || found.intents.empty()) return {};
  std::vector<Guess> guesses;
  for (const auto& each : found.intents) {
    if (guesses.size() == 2 || (!guesses.empty() && each.permille < kMaybePermille)) break;
    guesses.push_back({intents_->names()[each.intent], each.permille});
  }
  if (guesses.front().permille >= kSurePermille) guesses.resize(1);
  // One that is not sure has no rival worth naming.
  if (guesses.size() == 1 && guesses.front().permille < kSurePermille) guesses.clear();
  return guesses;
}

}  // namespace mitr
