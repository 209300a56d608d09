// Trains a tenant's model in the sandbox and stores it, sealed. Nothing is live by it: see
// model_trial.h and `mitr promote`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "nlu/learning/curriculum.h"
#include "tools/mitr/learner.h"
#include "tools/mitr/word_table.h"
#include "tools/trainer/sandbox.h"

namespace mitr {

struct TrainingRequest {
  std::uint64_t seed = 1;
  SandboxParts sandbox;
  /// What words mean, for a tenant with few examples; null or empty: only its own examples say.
  const WordTableFile* words = nullptr;
  /// Told what it is at; never personal data.
  std::function<void(const std::string&)> told;
};

struct TrainedModel {
  std::uint32_t number = 0;
  ModelManifest manifest;
  std::size_t bytes = 0;
  /// Reviews that taught nothing, for others contradict them; see nlu/learning/doubting.h.
  std::vector<ReviewedWords> doubted;
};

/// The same pack, reviews, table and seed give the same model. kInvalidConfig: there are no two
/// intents to part. Errors of the sandbox: see sandbox.h. kRefused: somebody else trained at the
/// same time.
Result<TrainedModel> train_model(Store& store, const OpenTenant& tenant, const Pack& pack,
                                 const Curriculum& curriculum, const TrainingRequest& request);

}  // namespace mitr
