// Values of slots that a tenant's own records hold, as the names of its pupils: kept as hashes, and
// looked up beside those a tagger has met in its examples. Immutable; shared by pointer.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "nlu/apce/gazetteer.h"
#include "protocols/personal.h"

namespace mitr::apce {

class KnownValues {
 public:
  /// A slot's name, and a value.
  using Values = std::vector<std::pair<std::string, Personal>>;

  KnownValues() = default;
  /// Values of more than kPhraseWordsMax words, and slots beyond limits::kApceSlotsMax, are left
  /// out.
  explicit KnownValues(const Values& values);

  /// The gazetteer's slots, by number.
  const std::vector<std::string>& slots() const { return slots_; }
  const Gazetteer& gazetteer() const { return gazetteer_; }

 private:
  std::vector<std::string> slots_;
  Gazetteer gazetteer_;
};

}  // namespace mitr::apce
