// From a tenant's examples to a model: features, one classifier an intent, and a calibration on
// utterances and whole intents held out in turn. One setting for every size of tenant; the same
// examples and seed give the same bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "nlu/apce/intent_model.h"
#include "nlu/apce/linear_svm.h"
#include "protocols/personal.h"
#include "protocols/result.h"

namespace mitr::apce {

struct Example {
  Personal text;
  std::string intent;  ///< Empty: shown as something that is none of the intents.
};

struct IntentSettings {
  SvmSettings svm;
  /// Weights nearer to zero are not kept: with this, accuracy on held-out data stays as it is.
  float weight_least = 0.02F;
  /// Parts that are held out in turn.
  std::uint32_t folds = 4;
  /// Held-out utterances of the tenant's own intents that the model may reject.
  std::uint32_t rejected_permille = 50;
  /// The name of an intent is an example of it.
  bool names_teach = true;
  /// What words mean, for a tenant with few examples; with many, the model is the same without.
  std::shared_ptr<const WordVectors> vectors;
};

/// Fails with kInvalidConfig (fewer than two intents) or kTooLarge; never retry. `heard`: first
/// sentences of which nobody said what they begin. With few examples an intent those that a first
/// model parts most clearly teach a second one, as soft evidence; with many they do nothing.
Result<std::shared_ptr<const IntentModel>> train_intents(const std::vector<Example>& examples,
                                                         const IntentSettings& settings = {},
                                                         const std::vector<Personal>& heard = {});

}  // namespace mitr::apce
