// Intents and slots together; see language_model.h.
#include "nlu/apce/language_model.h"

#include <set>

namespace mitr::apce {
namespace {

/// The intent as the slot model sees it, which no slot's name equals.
std::string heard(std::string_view intent) {
  return "intent=" + std::string(intent);
}

}  // namespace

std::vector<TaggedSpan> LanguageModel::tag(std::string_view text,
                                           const std::vector<std::string_view>& requested) const {
  if (!slots) return {};
  const Words words(text);
  if (!intents) return slots->tag(words, requested);
  const std::string intent = heard(intents->names()[intents->read(words).best]);
  std::vector<std::string_view> context = requested;
  context.push_back(intent);
  return slots->tag(words, context);
}

Result<LanguageModel> train_language(const std::vector<LabelledExample>& examples,
                                     const IntentSettings& intents, const SlotSettings& slots) {
  std::set<std::string_view> names;
  std::vector<Example> spoken;
  bool has_values = false;
  for (const LabelledExample& example : examples) {
    if (!example.intent.empty()) names.insert(example.intent);
    has_values = has_values || !example.values.empty();
    spoken.push_back({example.text, example.intent});
  }
  LanguageModel model;
  if (names.size() >= 2) {
    auto trained = train_intents(spoken, intents);
    if (!trained) return trained.error();
    model.intents = *std::move(trained);
  }
  if (!has_values) return model;
  spoken = {};
  std::vector<MarkedExample> marked;
  for (const LabelledExample& example : examples) {
    marked.push_back({example.text, example.values, example.requested});
    if (model.intents && !example.intent.empty()) {
      marked.back().context.push_back(heard(example.intent));
    }
  }
  auto trained = train_slots(marked, slots);
  if (!trained) return trained.error();
  model.slots = *std::move(trained);
  return model;
}

}  // namespace mitr::apce
