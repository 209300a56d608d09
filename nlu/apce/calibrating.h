// From margins on held-out utterances to probabilities and a threshold: a logistic regression over
// the signals of rejection, one sharpness for the choice among intents.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "nlu/apce/intent_model.h"

namespace mitr::apce {

/// What a model that never saw it says of one utterance.
struct HeldOut {
  /// kStrange: of an intent the model was not taught. kOutside: shown as none of the intents.
  enum class Kind : std::uint8_t { kInside, kStrange, kOutside };
  /// Margins below the best ones add nothing to a softmax.
  static constexpr std::size_t kMargins = 8;

  Signals signals{};
  Kind kind = Kind::kInside;
  float right = 0;                     ///< Margin of the true intent.
  std::array<float, kMargins> best{};  ///< The best margins of the others.

  void keep(const IntentModel::Reading& reading, std::uint16_t truth, const IntentModel& model);
};

/// The calibration that fits best; the default one if too little was held out.
Calibration calibrated(const std::vector<HeldOut>& held, std::uint32_t rejected_permille);

}  // namespace mitr::apce
