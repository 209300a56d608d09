// From utterances with marked values to a slot model: a conditional random field, trained by steps
// that shrink where much was learnt, with features left out by chance. One setting for every size;
// the same examples and seed give the same bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "nlu/apce/slot_model.h"
#include "protocols/personal.h"
#include "protocols/result.h"

namespace mitr::apce {

struct MarkedValue {
  std::string slot;
  std::uint32_t begin = 0;  ///< Byte offsets into the text.
  std::uint32_t end = 0;
};

struct MarkedExample {
  Personal text;
  std::vector<MarkedValue> values;
  std::vector<std::string> context;
};

struct SlotSettings {
  int rounds = 10;
  float step = 0.1F;
  std::uint32_t dropped_permille = 200;
  /// A feature met less often is not learnt.
  std::uint32_t met_least = 2;
  float weight_least = 0.1F;
  /// So many of the examples see their own values as if records of the tenant held them: what
  /// records hold is trusted then.
  std::uint32_t on_record_permille = 0;
  std::uint64_t seed = 1;
};

/// Values that cut a word are left unmarked. Fails with kInvalidConfig (no slot) or kTooLarge;
/// never retry.
/// `names` are words that are known to be names of something, whatever the slot.
Result<std::shared_ptr<const SlotModel>> train_slots(const std::vector<MarkedExample>& examples,
                                                     const SlotSettings& settings = {},
                                                     const std::vector<std::string>& names = {});

}  // namespace mitr::apce
