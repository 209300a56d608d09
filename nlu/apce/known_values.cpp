#include "nlu/apce/known_values.h"

#include <algorithm>

#include "protocols/limits.h"

namespace mitr::apce {

KnownValues::KnownValues(const Values& values) {
  std::vector<Gazetteer::Entry> entries;
  for (const auto& [slot, value] : values) {
    auto at = std::find(slots_.begin(), slots_.end(), slot);
    if (at == slots_.end()) {
      if (slots_.size() >= limits::kApceSlotsMax) continue;
      at = slots_.insert(slots_.end(), slot);
    }
    const Words words(value.reveal());
    if (words.size() == 0) continue;
    const auto number = static_cast<std::uint16_t>(at - slots_.begin());
    Gazetteer::add_value(entries, words, {0, words.size(), number});
  }
  gazetteer_ = Gazetteer(std::move(entries));
}

}  // namespace mitr::apce
