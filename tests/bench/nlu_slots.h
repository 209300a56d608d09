// The slot rows of the benchmark: exact spans, right or wrong.
#pragma once

#include <nlohmann/json.hpp>

#include "nlu/apce/language_model.h"
#include "tests/bench/nlu_data.h"

namespace mitr::bench {

/// Trains on the set, intents too where it has them, and counts spans on its dev and test split;
/// fails as training does.
Result<nlohmann::json> measured_slots(const DataSet& set);

}  // namespace mitr::bench
