#include "nlu/patterns/value_tagger.h"

#include <algorithm>
#include <utility>

#include "nlu/apce/slot_training.h"

namespace mitr {
namespace {

/// A pack trains whenever it loads. Of strangers' sentences ten rounds hear as much.
constexpr int kRounds = 5;
/// More, and names on record are heard oftener, those off record less often; see docs/decisions,
/// names and reasons are tagged.
constexpr std::uint32_t kOnRecordPermille = 200;

std::vector<PackExample> joined(std::vector<PackExample> some,
                                const std::vector<PackExample>& others) {
  some.insert(some.end(), others.begin(), others.end());
  return some;
}

}  // namespace

ValueTagger::ValueTagger(const PackParts& parts)
    : ValueTagger(joined(parts.examples, parts.marked), parts.names) {}

ValueTagger::ValueTagger(const std::vector<PackExample>& examples,
                         const std::vector<std::string>& names) {
  std::size_t marked = 0;
  for (const PackExample& each : examples) {
    marked += each.values.empty() ? 0 : 1;
    for (const ExampleValue& value : each.values) {
      const Shown shown{each.flow, value.slot};
      if (std::find(shown_.begin(), shown_.end(), shown) == shown_.end()) shown_.push_back(shown);
    }
  }
  const auto has_values = [this](const std::string& flow) {
    return std::any_of(shown_.begin(), shown_.end(),
                       [&flow](const Shown& shown) { return shown.flow == flow; });
  };
  if (marked < kMarkedMin) {
    shown_.clear();
    return;
  }
  std::vector<apce::MarkedExample> rows;
  for (const PackExample& each : examples) {
    if (!has_values(each.flow)) continue;
    apce::MarkedExample row{Personal(each.text), {}, {each.flow}};
    for (const ExampleValue& value : each.values) {
      row.values.push_back({value.slot, value.begin, value.end});
    }
    rows.push_back(std::move(row));
  }
  apce::SlotSettings settings;
  settings.rounds = kRounds;
  settings.on_record_permille = kOnRecordPermille;
  if (auto trained = apce::train_slots(rows, settings, names)) slots_ = *std::move(trained);
}

std::vector<ValueTagger::Tagged> ValueTagger::values(std::string_view text, std::string_view flow,
                                                     const apce::KnownValues* known) const {
  std::vector<Tagged> values;
  if (!slots_) return values;
  for (const apce::TaggedSpan& span : slots_->tag(apce::Words(text), {flow}, known)) {
    const std::string& slot = slots_->names()[span.slot];
    const bool again = std::any_of(values.begin(), values.end(),
                                   [&slot](const Tagged& other) { return other.slot == slot; });
    if (again || span.permille < kTaggedPermille || !knows(flow, slot)) continue;
    values.push_back({slot, span.begin, span.end});
  }
  return values;
}

bool ValueTagger::knows(std::string_view flow, std::string_view slot) const {
  return std::any_of(shown_.begin(), shown_.end(),
                     [&](const Shown& shown) { return shown.flow == flow && shown.slot == slot; });
}

}  // namespace mitr
