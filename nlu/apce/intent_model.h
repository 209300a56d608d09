// Which of a tenant's intents an utterance is, and whether it is any of them. Immutable once
// trained or read; shared by pointer; a few microseconds a call. Holds hashes, weights and the
// pack's own names, but none of the words it was trained from.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/apce/feature_space.h"
#include "nlu/apce/vector_block.h"
#include "nlu/apce/weight_rows.h"

namespace mitr::apce {

struct IntentGuess {
  std::uint16_t intent = 0;  ///< Into names().
  std::uint16_t permille = 0;
};

struct Classified {
  std::vector<IntentGuess> intents;  ///< Best first, at most kApceGuessesMax.
  /// How likely it is one of them at all.
  std::uint16_t inside_permille = 0;
  /// Less likely than what was asked for in training: better asked again than acted upon.
  bool rejected = true;
};

/// Something beside the words that speaks for an intent, as so much margin.
struct Nudge {
  std::uint16_t intent = 0;
  float margin = 0;
};

/// A word, by its place in the text, and how far it speaks for an intent, or against it.
struct Evidence {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::int32_t permille = 0;  ///< Of all that speaks for it.
};

/// What a decision to reject looks at.
enum Signal : std::uint8_t {
  kBest,     ///< Margin of the best intent.
  kGap,      ///< And how far the second is behind.
  kOutside,  ///< Margin of what the tenant showed as no intent.
  kKnown,    ///< Share of the words, by rarity, met in training.
  kShort,    ///< One over the root of the words.
  kSignals
};
using Signals = std::array<float, kSignals>;

/// Margins to probabilities, fitted on utterances held out of training.
struct Calibration {
  float sharpness = 4;
  Signals weights{6, 2, -3, 2, 0};
  float constant = -4;
  float least = 0;  ///< The lowest `inside` that is not rejected.

  float inside(const Signals& signals) const;
};

class IntentModel {
 public:
  struct Parts {
    std::vector<std::string> names;
    bool has_outside = false;  ///< A last class, without a name, of what is no intent.
    FeatureSpace space;
    WeightRows weights;
    std::vector<float> biases;  ///< One a class.
    Calibration calibration;
    VectorBlock vectors;  ///< Only of a model taught with them.
  };
  explicit IntentModel(Parts parts) : parts_(std::move(parts)) {}

  Classified classify(std::string_view text, std::span<const Nudge> nudges = {}) const;
  /// Why: the words of `text` with what each does for the intent by its letters, in the order of
  /// the text.
  std::vector<Evidence> evidence(std::string_view text, std::uint16_t intent) const;

  const std::vector<std::string>& names() const { return parts_.names; }
  const Parts& parts() const { return parts_; }

  /// For training and measuring: a class's margin each (and zeros up to whole sixteens), and what
  /// the decision to reject sees.
  struct Reading {
    std::vector<float> margins;
    std::uint16_t best = 0;
    Signals signals{};
  };
  Reading read(const Words& words, std::span<const Nudge> nudges = {}) const;

 private:
  Parts parts_;
};

}  // namespace mitr::apce
