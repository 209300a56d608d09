// The slot rows of the benchmark: exact spans, right or wrong.
#pragma once

#include <nlohmann/json.hpp>

#include "nlu/apce/slot_model.h"
#include "tests/bench/nlu_data.h"

namespace mitr::bench {

struct MeasuredSlots {
  nlohmann::json json;
  std::shared_ptr<const apce::SlotModel> model;
};

/// Trains on the set and counts spans on its dev and test split; fails as training does.
Result<MeasuredSlots> measured_slots(const DataSet& set);

}  // namespace mitr::bench
