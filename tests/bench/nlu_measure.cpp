// Training, deciding and counting on one set; see nlu_measure.h.
#include "tests/bench/nlu_measure.h"

#include <cmath>
#include <map>

#include "nlu/apce/intent_training.h"
#include "nlu/apce/model_bytes.h"
#include "tests/bench/nlu_fasttext.h"
#include "tests/bench/nlu_perturb.h"
#include "tests/bench/nlu_scores.h"
#include "tests/bench/nlu_slots.h"

namespace mitr::bench {
namespace {

using apce::IntentModel;
using Json = nlohmann::json;

/// Share of utterances in scope that a threshold is set to reject, where one is compared.
constexpr double kRejectedPercent = 5;
/// Utterances decided to time one.
constexpr std::size_t kTimed = 20'000;

std::vector<apce::Example> examples_of(const std::vector<Utterance>& rows,
                                       const std::map<std::string, std::string>& renamed = {}) {
  std::vector<apce::Example> examples;
  for (const Utterance& row : rows) {
    const auto other = renamed.find(row.intent);
    examples.push_back({Personal(row.text), other == renamed.end() ? row.intent : other->second});
  }
  return examples;
}

std::vector<Decision> decisions_of(const IntentModel& model, const std::vector<Utterance>& rows) {
  std::vector<Decision> decisions;
  for (const Utterance& row : rows) {
    const auto reading = model.read(apce::Words(row.text));
    decisions.push_back({model.names()[reading.best],
                         static_cast<double>(model.parts().calibration.inside(reading.signals))});
  }
  return decisions;
}

Json json_of(const IntentScores& scores) {
  Json json = {{"in_scope", scores.inside}, {"accuracy", scores.accuracy}};
  if (scores.outside > 0) {
    json["out_of_scope"] = scores.outside;
    json["auroc"] = scores.auroc;
    json["accuracy_rejecting_5_percent"] = scores.accuracy_rejecting;
    json["recall_rejecting_5_percent"] = scores.recall;
  }
  return json;
}

/// Mean distance of what the model promises from what it keeps, in ten groups, in percent.
double calibration_error(const IntentModel& model, const std::vector<Utterance>& rows) {
  double promised[10] = {}, kept[10] = {};
  std::size_t all = 0;
  for (const Utterance& row : rows) {
    if (row.intent.empty()) continue;
    const auto classified = model.classify(row.text);
    // Among the tenant's intents: what is out of scope has a figure of its own.
    const double share = std::min(
        1.0, classified.intents[0].permille / std::max(1.0, double(classified.inside_permille)));
    const auto group = static_cast<std::size_t>(std::min(9.0, share * 10));
    promised[group] += share;
    kept[group] += model.names()[classified.intents[0].intent] == row.intent ? 1 : 0;
    ++all;
  }
  double error = 0;
  for (std::size_t i = 0; i < 10; ++i) error += std::abs(promised[i] - kept[i]);
  return all > 0 ? 100 * error / static_cast<double>(all) : 0;
}

/// CPU microseconds of one decision, over the rows again and again.
double decision_us(const IntentModel& model, const std::vector<Utterance>& rows) {
  std::size_t done = 0;
  std::size_t sum = 0;
  const double before = cpu_seconds();
  while (done < kTimed) {
    for (const Utterance& row : rows) sum += model.classify(row.text).inside_permille;
    done += rows.size();
  }
  const double us = (cpu_seconds() - before) * 1e6 / static_cast<double>(done);
  return sum == 1 ? 0 : us;  // The sum is used, so that nothing is left out.
}

/// Accuracy on perturbed copies of the test split, and with intents whose names say nothing.
Result<Json> perturbed_scores(const DataSet& set, const IntentModel& model,
                              const std::vector<Utterance>& test,
                              const apce::IntentSettings& settings) {
  Json json;
  for (const Perturbation perturbation : kPerturbations) {
    const auto rows = perturbed(test, perturbation);
    json[name_of(perturbation)] = json_of(scores_of(rows, decisions_of(model, rows), 0));
  }
  std::map<std::string, std::string> renamed, back;
  for (const Utterance& row : set.train) {
    if (row.intent.empty() || renamed.contains(row.intent)) continue;
    const std::string name = "i" + std::to_string(renamed.size());
    back[name] = row.intent;
    renamed[row.intent] = name;
  }
  const auto other = apce::train_intents(examples_of(set.train, renamed), settings);
  if (!other) return other.error();
  auto decisions = decisions_of(**other, test);
  for (Decision& decision : decisions) decision.intent = back[decision.intent];
  json["renamed_labels"] = json_of(scores_of(test, decisions, 0));
  return json;
}

Json out_of_scope_kinds(const std::vector<Utterance>& test, const std::vector<Decision>& decisions,
                        double threshold) {
  std::map<std::string, int> kinds;
  for (const Utterance& row : test) {
    if (row.intent.empty()) ++kinds[row.kind];
  }
  Json json = Json::object();
  for (const auto& [kind, count] : kinds) {
    json[kind] = json_of(scores_of(test, decisions, threshold, kind));
  }
  return json;
}

/// `vectors` is null for a model without them.
Result<Json> measured_intents(const DataSet& set, const Measure& measure,
                              const std::shared_ptr<const apce::WordVectors>& vectors,
                              const std::vector<std::string>& heard = {}) {
  std::vector<Personal> soft;
  for (const std::string& text : heard) soft.emplace_back(text);
  apce::IntentSettings settings;
  settings.vectors = vectors;
  const double before = cpu_seconds();
  const auto trained = apce::train_intents(examples_of(set.train), settings, soft);
  const double train_seconds = cpu_seconds() - before;
  if (!trained) return trained.error();
  const IntentModel& model = **trained;
  Json json = {{"train_rows", set.train.size()},
               {"intents", model.names().size()},
               {"train_cpu_seconds", train_seconds},
               {"train_peak_bytes", peak_bytes()}};
  const auto& test = set.test.empty() ? set.dev : set.test;
  const auto decisions = decisions_of(model, test);
  double threshold = threshold_at(test, decisions, kRejectedPercent);
  if (!set.dev.empty() && !set.test.empty()) {
    const auto on_dev = decisions_of(model, set.dev);
    threshold = threshold_at(set.dev, on_dev, kRejectedPercent);
    json["dev"] = json_of(scores_of(set.dev, on_dev, threshold));
  }
  json["test"] = json_of(scores_of(test, decisions, threshold));
  json["kinds"] = out_of_scope_kinds(test, decisions, threshold);
  json["own_threshold"] =
      json_of(scores_of(test, decisions, static_cast<double>(model.parts().calibration.least)));
  json["calibration_error"] = calibration_error(model, test);
  json["us"] = decision_us(model, test);
  const std::string bytes = apce::encode_model({*trained, nullptr});
  json["model_bytes"] = bytes.size();
  const double load_before = cpu_seconds();
  if (!apce::decode_model(bytes, vectors))
    return Error{Errc::kInternal, "a model is not read back"};
  json["load_cpu_seconds"] = cpu_seconds() - load_before;
  json["features"] = model.parts().space.size();
  json["weights"] = model.parts().weights.weights();
  if (measure.perturb) {
    auto scores = perturbed_scores(set, model, test, settings);
    if (!scores) return scores.error();
    json["perturbed"] = std::move(*scores);
  }
  return json;
}

Result<Json> measured_fasttext(const DataSet& set) {
  const auto fast = run_fasttext(set);
  if (!fast) return fast.error();
  const auto& test = set.test.empty() ? set.dev : set.test;
  return Json{{"test", json_of(scores_of(test, fast->test,
                                         threshold_at(test, fast->test, kRejectedPercent)))},
              {"train_cpu_seconds", fast->train_seconds},
              {"train_peak_bytes", fast->train_peak_bytes},
              {"model_bytes", fast->model_bytes},
              {"us", fast->utterance_seconds * 1e6}};
}

}  // namespace

Result<Json> measured(const DataSet& set, const Measure& measure) {
  Json json = {{"set", set.name}};
  if (set.has_intents) {
    auto intents = measured_intents(set, measure, nullptr);
    if (!intents) return intents.error();
    json["intents"] = std::move(*intents);
    if (measure.vectors) {
      auto with = measured_intents(set, measure, measure.vectors);
      if (!with) return with.error();
      json["vectors"] = std::move(*with);
    }
    if (measure.heard && !set.heard.empty()) {
      auto with = measured_intents(set, measure, measure.vectors, set.heard);
      if (!with) return with.error();
      json["heard"] = std::move(*with);
    }
    if (measure.fasttext) {
      auto fast = measured_fasttext(set);
      if (!fast) return fast.error();
      json["fasttext"] = std::move(*fast);
    }
  }
  if (set.has_slots) {
    auto slots = measured_slots(set);
    if (!slots) return slots.error();
    json["slots"] = std::move(*slots);
  }
  return json;
}

}  // namespace mitr::bench
