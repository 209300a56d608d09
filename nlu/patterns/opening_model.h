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

  /// One: it is that. Two: it may be either. None: it is like nothing known.
  std::vector<Guess> guess(std::string_view text) const;
  /// True if it knows everything that `other` may name: then it may stand in for it.
  bool covers(const OpeningModel& other) const;
  /// Null: it never guesses.
  const apce::IntentModel* intents() const { return intents_.get(); }

 private:
  std::shared_ptr<const apce::IntentModel> intents_;
};

}  // namespace mitr
