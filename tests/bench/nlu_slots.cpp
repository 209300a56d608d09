// Training and counting slots; see nlu_slots.h.
#include "tests/bench/nlu_slots.h"

#include <algorithm>

#include "nlu/apce/model_bytes.h"
#include "tests/bench/nlu_scores.h"

namespace mitr::bench {
namespace {

using apce::LanguageModel;
using Json = nlohmann::json;

constexpr std::size_t kTimed = 5'000;

apce::LabelledExample example_of(const Utterance& row) {
  apce::LabelledExample example{Personal(row.text), row.intent, {}, row.requested};
  for (const Span& span : row.slots) example.values.push_back({span.slot, span.begin, span.end});
  return example;
}

std::vector<apce::TaggedSpan> tagged(const LanguageModel& model, const Utterance& row) {
  return model.tag(row.text, {row.requested.begin(), row.requested.end()});
}

/// The harmonic mean of precision and recall of exact spans, in percent.
double span_f1(const LanguageModel& model, const std::vector<Utterance>& rows) {
  std::size_t found = 0, there = 0, right = 0;
  for (const Utterance& row : rows) {
    const auto spans = tagged(model, row);
    found += spans.size();
    there += row.slots.size();
    for (const Span& span : row.slots) {
      right += static_cast<std::size_t>(
          std::count_if(spans.begin(), spans.end(), [&](const apce::TaggedSpan& s) {
            return s.begin == span.begin && s.end == span.end &&
                   model.slots->names()[s.slot] == span.slot;
          }));
    }
  }
  return found + there > 0 ? 200 * static_cast<double>(right) / static_cast<double>(found + there)
                           : 0;
}

double tag_us(const LanguageModel& model, const std::vector<Utterance>& rows) {
  std::size_t done = 0;
  std::size_t spans = 0;
  const double before = cpu_seconds();
  while (done < kTimed) {
    for (const Utterance& row : rows) spans += tagged(model, row).size();
    done += rows.size();
  }
  const double us = (cpu_seconds() - before) * 1e6 / static_cast<double>(done);
  return spans > 0 ? us : 0;
}

}  // namespace

Result<Json> measured_slots(const DataSet& set) {
  std::vector<apce::LabelledExample> examples;
  for (const Utterance& row : set.train) examples.push_back(example_of(row));
  const double before = cpu_seconds();
  const auto trained = apce::train_language(examples);
  const double train_seconds = cpu_seconds() - before;
  if (!trained) return trained.error();
  if (!trained->slots) return Error{Errc::kInternal, "no slots were learnt"};
  const apce::SlotModel& model = *trained->slots;
  const auto& test = set.test.empty() ? set.dev : set.test;
  Json json = {{"train_rows", set.train.size()},
               {"slots", model.names().size()},
               {"train_cpu_seconds", train_seconds},
               {"train_peak_bytes", peak_bytes()},
               {"test_f1", span_f1(*trained, test)},
               {"us", tag_us(*trained, test)},
               {"model_bytes", apce::encode_model({nullptr, trained->slots}).size()},
               {"features", model.parts().keys.size()},
               {"weights", model.parts().weights.weights()}};
  if (!set.dev.empty() && !set.test.empty()) json["dev_f1"] = span_f1(*trained, set.dev);
  return json;
}

}  // namespace mitr::bench
