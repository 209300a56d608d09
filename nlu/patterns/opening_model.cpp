#include "nlu/patterns/opening_model.h"

#include <algorithm>

#include "nlu/apce/intent_training.h"

namespace mitr {
namespace {

/// The second is as likely as this part of the best, or more.
constexpr int kClosePermille = 700;
/// A trigger of full weight is worth so much margin: enough to decide between near ones, not enough
/// against a sentence that is like others. By strangers' sentences, one half of them.
constexpr float kTriggerMargin = 0.2F;

}  // namespace

OpeningModel::OpeningModel(const std::vector<PackExample>& examples) {
  if (examples.size() < kExamplesMin) return;
  std::vector<apce::Example> rows;
  rows.reserve(examples.size());
  for (const auto& each : examples) rows.push_back({Personal(each.text), each.flow});
  apce::IntentSettings settings;
  settings.names_teach = false;
  settings.folds = 2;
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

bool OpeningModel::either(const std::vector<Guess>& likely) {
  return likely.size() > 1 && likely[0].permille * kClosePermille <= likely[1].permille * 1000;
}

bool OpeningModel::knows(std::string_view name) const {
  return intents_ && std::find(intents_->names().begin(), intents_->names().end(), name) !=
                         intents_->names().end();
}

std::vector<OpeningModel::Guess> OpeningModel::likely(std::string_view text,
                                                      const std::vector<Hint>& hints) const {
  if (!intents_) return {};
  const std::vector<std::string>& names = intents_->names();
  std::vector<apce::Nudge> nudges;
  for (const Hint& hint : hints) {
    const auto at = std::find(names.begin(), names.end(), hint.name);
    if (at == names.end()) continue;
    nudges.push_back({static_cast<std::uint16_t>(at - names.begin()),
                      kTriggerMargin * static_cast<float>(hint.permille) / 1000});
  }
  const apce::Classified found = intents_->classify(text, nudges);
  if (found.rejected || found.intents.empty()) return {};
  std::vector<Guess> guesses;
  for (const auto& each : found.intents) guesses.push_back({names[each.intent], each.permille});
  if (guesses.front().permille < kLeastPermille) guesses.clear();
  return guesses;
}

}  // namespace mitr
