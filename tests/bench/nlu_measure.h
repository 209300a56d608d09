// One set through the statistical tier, everything measured, as JSON.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>

#include "nlu/apce/word_vectors.h"
#include "tests/bench/nlu_data.h"

namespace mitr::bench {

struct Measure {
  bool perturb = false;
  bool fasttext = false;
  std::shared_ptr<const apce::WordVectors> vectors;  ///< Null: without.
  bool heard = false;                                ///< With the set's unlabelled rows too.
};

/// {"set", "intents": {…}, "vectors": {…}, "heard": {…}, "slots": {…}, "fasttext": {…}}; fails as
/// training does.
Result<nlohmann::json> measured(const DataSet& set, const Measure& measure);

}  // namespace mitr::bench
