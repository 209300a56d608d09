// The tier behind the patterns: a classifier of first sentences, for those that no pattern knows.
// It begins a flow when it is sure, names two when it is not, and keeps quiet about what is like
// none of them. A pack trains one from its examples; a tenant may have one of its own, trained from
// the same and from what people really wrote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/apce/intent_model.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// Below it the words are like nothing known. Low, for the calibration stands on examples that were
/// chosen to be unlike each other: of first sentences by strangers more than nine in ten are right
/// from here on.
constexpr std::uint16_t kLeastPermille = 300;

class OpeningModel {
 public:
  struct Guess {
    std::string name;  ///< A flow's, or kAsksForPerson.
    std::uint16_t permille = 0;
  };

  /// Fewer than this, and the calibration has nothing to stand on.
  static constexpr std::size_t kExamplesMin = 60;

  /// Trains; too few examples: it never guesses.
  explicit OpeningModel(const std::vector<PackExample>& examples);
  /// One that was trained elsewhere; null: it never guesses.
  explicit OpeningModel(std::shared_ptr<const apce::IntentModel> intents);

  /// What speaks for a flow beside the words' likeness to the examples: a trigger, by its weight.
  struct Hint {
    std::string_view name;
    int permille = 0;
  };
  /// What the words may begin, the likeliest first, at most kApceGuessesMax. None: they are like
  /// nothing known, or like what the examples show as nothing.
  std::vector<Guess> likely(std::string_view text, const std::vector<Hint>& hints = {}) const;
  /// True if the second is nearly as likely as the first: either may be meant.
  static bool either(const std::vector<Guess>& likely);
  /// True if it has examples of it.
  bool knows(std::string_view name) const;
  /// True if it knows everything that `other` may name: then it may stand in for it.
  bool covers(const OpeningModel& other) const;
  /// Null: it never guesses.
  const apce::IntentModel* intents() const { return intents_.get(); }

 private:
  std::shared_ptr<const apce::IntentModel> intents_;
};

}  // namespace mitr
