// The tier behind the patterns: a classifier trained from the pack's examples, for first sentences
// that no pattern knows. It begins a flow when it is sure, names two when it is not, and keeps
// quiet about what is like none of them.
#pragma once

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

  /// Trains; too few examples: it never guesses.
  explicit OpeningModel(const std::vector<PackExample>& examples);

  /// One: it is that. Two: it may be either. None: it is like nothing known.
  std::vector<Guess> guess(std::string_view text) const;

 private:
  std::shared_ptr<const apce::IntentModel> intents_;
};

}  // namespace mitr
