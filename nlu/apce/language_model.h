// What one tenant's words mean: intents and slots together. Slots know the intent that was heard,
// since what a word is depends on what is wanted.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/apce/intent_training.h"
#include "nlu/apce/slot_training.h"
#include "protocols/result.h"

namespace mitr::apce {

struct LanguageModel {
  std::shared_ptr<const IntentModel> intents;  ///< Null: none was trained.
  std::shared_ptr<const SlotModel> slots;      ///< Null: none was trained.

  /// Values of slots; `requested` are the slots just asked for. Nothing without a slot model.
  std::vector<TaggedSpan> tag(std::string_view text,
                              const std::vector<std::string_view>& requested = {}) const;
};

/// An utterance with all that is known of it.
struct LabelledExample {
  Personal text;
  std::string intent;  ///< Empty: none of the intents, or a set without intents.
  std::vector<MarkedValue> values;
  std::vector<std::string> requested;
};

/// Trains what the examples show: intents if there are two, slots if there is one. Fails as
/// train_intents and train_slots do.
Result<LanguageModel> train_language(const std::vector<LabelledExample>& examples,
                                     const IntentSettings& intents = {},
                                     const SlotSettings& slots = {});

}  // namespace mitr::apce
