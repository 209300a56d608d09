// One set through the statistical tier, everything measured, as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/bench/nlu_data.h"

namespace mitr::bench {

struct Measure {
  bool perturb = false;
  bool fasttext = false;
};

/// {"set", "intents": {…}, "slots": {…}, "fasttext": {…}}; fails as training does.
Result<nlohmann::json> measured(const DataSet& set, const Measure& measure);

}  // namespace mitr::bench
