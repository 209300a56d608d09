// Training intents; see intent_training.h.
#include "nlu/apce/intent_training.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

#include "nlu/apce/calibrating.h"
#include "nlu/apce/mixing.h"
#include "protocols/limits.h"

namespace mitr::apce {
namespace {

/// A pack's name of an intent as words: "card_arrival", "BookRestaurant".
std::string words_of_name(std::string_view name) {
  std::string words;
  char before = ' ';
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && before >= 'a' && before <= 'z') words += ' ';
    words += c == '_' || c == '-' || c == '.' ? ' ' : c;
    before = c;
  }
  return words;
}

/// The examples as the trainer sees them: classes are numbers, what is no intent is the last.
struct Lesson {
  std::vector<std::string> names;
  bool has_outside = false;
  std::vector<std::string_view> texts;
  std::vector<std::uint16_t> labels;
  /// The intents' own names, which are never held out.
  std::vector<std::string> taught;
  /// Of the block of word vectors: the same in every part, however much of it is held out.
  float vector_weight = 0;
  /// What was heard and a first model was sure of, in the last model only.
  std::vector<std::string_view> heard;
  std::vector<std::uint16_t> heard_labels;
  float heard_share = 0;

  std::uint16_t classes() const {
    return static_cast<std::uint16_t>(names.size() + (has_outside ? 1 : 0));
  }
};

Lesson lesson_of(const std::vector<Example>& examples, bool names_teach) {
  Lesson lesson;
  std::map<std::string_view, std::uint16_t> numbers;
  for (const Example& example : examples) {
    if (example.intent.empty()) {
      lesson.has_outside = true;
    } else {
      numbers.emplace(example.intent, std::uint16_t{0});
    }
  }
  for (auto& [name, number] : numbers) {
    number = static_cast<std::uint16_t>(lesson.names.size());
    lesson.names.emplace_back(name);
    if (names_teach) lesson.taught.push_back(words_of_name(name));
  }
  for (const Example& example : examples) {
    lesson.texts.emplace_back(example.text.reveal());
    lesson.labels.push_back(example.intent.empty() ? static_cast<std::uint16_t>(lesson.names.size())
                                                   : numbers[example.intent]);
  }
  return lesson;
}

/// What the classifiers learn from: letters and words, and behind them the block of vectors.
SparseRows rows_of(const std::vector<std::string_view>& texts, const IntentModel::Parts& parts) {
  SparseRows rows;
  for (const std::string_view text : texts) {
    const Words words(text);
    std::vector<Feature> features = parts.space.vector_of(words).features;
    if (parts.vectors.table) {
      std::uint32_t row = parts.space.size();
      for (const float value : parts.vectors.vector_of(words)) features.push_back({row++, value});
    }
    rows.add(features);
  }
  return rows;
}

/// Learns from the examples `taken`. Classes keep their numbers; one without examples stays at
/// minus one, the margin of what nothing speaks for.
IntentModel learn(const Lesson& lesson, const std::vector<std::uint32_t>& taken,
                  const std::vector<bool>& intent_left_out, const IntentSettings& settings) {
  std::vector<std::string_view> texts;
  std::vector<std::uint16_t> labels;
  for (const std::uint32_t i : taken) {
    texts.push_back(lesson.texts[i]);
    labels.push_back(lesson.labels[i]);
  }
  for (std::size_t i = 0; i < lesson.taught.size(); ++i) {
    if (!intent_left_out.empty() && intent_left_out[i]) continue;
    texts.emplace_back(lesson.taught[i]);
    labels.push_back(static_cast<std::uint16_t>(i));
  }
  std::vector<float> shares;
  if (!lesson.heard.empty()) {
    shares.assign(texts.size(), 1);
    shares.resize(texts.size() + lesson.heard.size(), lesson.heard_share);
    texts.insert(texts.end(), lesson.heard.begin(), lesson.heard.end());
    labels.insert(labels.end(), lesson.heard_labels.begin(), lesson.heard_labels.end());
  }
  IntentModel::Parts parts;
  parts.names = lesson.names;
  parts.has_outside = lesson.has_outside;
  parts.space = FeatureSpace::of(texts, 1);
  parts.vectors = VectorBlock::of(settings.vectors, lesson.vector_weight, texts);
  const SparseRows rows = rows_of(texts, parts);
  const std::uint32_t letters = parts.space.size();
  const std::uint32_t numbers = parts.vectors.table ? parts.vectors.table->dims() : 0;

  std::vector<bool> present(lesson.classes(), false);
  for (const std::uint16_t label : labels) present[label] = true;
  parts.biases.assign(lesson.classes(), -1);
  LinearSvm svm(rows, labels, letters + numbers, settings.svm, shares);
  WeightSheaf sheaf(settings.weight_least);
  WeightSheaf of_vectors(settings.weight_least);
  for (std::uint32_t first = 0; first < lesson.classes(); first += LinearSvm::kLanes) {
    svm.learn(static_cast<std::uint16_t>(first));
    for (std::uint32_t lane = 0; lane < LinearSvm::kLanes && first + lane < present.size();
         ++lane) {
      if (!present[first + lane]) continue;
      parts.biases[first + lane] = svm.bias(lane);
      const auto of_class = static_cast<std::uint16_t>(first + lane);
      for (std::uint32_t row = 0; row < letters; ++row) {
        sheaf.add(row, of_class, svm.weight(row, lane));
      }
      for (std::uint32_t row = 0; row < numbers; ++row) {
        of_vectors.add(row, of_class, svm.weight(letters + row, lane));
      }
    }
  }
  parts.weights = sheaf.rows(letters);
  parts.vectors.weights = of_vectors.rows(numbers);
  return IntentModel(std::move(parts));
}

/// Fold and group by chance: of utterances within their class, and of intents.
struct Folds {
  std::vector<std::uint32_t> of_example;
  std::vector<std::uint32_t> of_intent;
  static constexpr std::uint32_t kNever = 0xFFFFFFFF;

  Folds(const Lesson& lesson, std::uint32_t folds, std::uint64_t seed) {
    Chance chance(seed);
    std::vector<std::uint32_t> order(lesson.texts.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    chance.shuffle(order);
    std::vector<std::uint32_t> met(lesson.classes(), 0);
    for (const std::uint16_t label : lesson.labels) ++met[label];
    std::vector<std::uint32_t> next(lesson.classes(), 0);
    for (std::uint32_t& start : next) start = chance.below(folds);
    of_example.assign(order.size(), kNever);
    for (const std::uint32_t i : order) {
      const std::uint16_t label = lesson.labels[i];
      if (met[label] >= 2) of_example[i] = next[label]++ % folds;
    }
    // One group more than folds, so that a model is never short of too many of its intents.
    std::vector<std::uint32_t> intents(lesson.names.size());
    for (std::uint32_t i = 0; i < intents.size(); ++i) intents[i] = i;
    chance.shuffle(intents);
    of_intent.assign(intents.size(), kNever);
    if (intents.size() <= folds) return;
    for (std::uint32_t i = 0; i < intents.size(); ++i) of_intent[intents[i]] = i % (folds + 1);
  }
};

/// What models say of examples they have not seen, and of intents they have not.
std::vector<HeldOut> held_out_readings(const Lesson& lesson, const IntentSettings& settings) {
  const Folds folds(lesson, settings.folds, settings.svm.seed);
  std::vector<HeldOut> readings;
  for (std::uint32_t fold = 0; fold < settings.folds; ++fold) {
    std::vector<bool> left_out(lesson.names.size());
    for (std::size_t i = 0; i < left_out.size(); ++i) left_out[i] = folds.of_intent[i] == fold;
    const auto is_left_out = [&](std::uint32_t i) {
      return lesson.labels[i] < left_out.size() && left_out[lesson.labels[i]];
    };
    std::vector<std::uint32_t> taken;
    for (std::uint32_t i = 0; i < lesson.texts.size(); ++i) {
      if (folds.of_example[i] != fold && !is_left_out(i)) taken.push_back(i);
    }
    const IntentModel model = learn(lesson, taken, left_out, settings);
    for (std::uint32_t i = 0; i < lesson.texts.size(); ++i) {
      const bool strange = is_left_out(i);
      if (folds.of_example[i] != fold && !strange) continue;
      // A third of the strangers says as much.
      if (strange && i % 3 != 0) continue;
      HeldOut held;
      IntentModel::Reading reading = model.read(Words(lesson.texts[i]));
      held.signals = reading.signals;
      held.kind = strange                                   ? HeldOut::Kind::kStrange
                  : lesson.labels[i] == lesson.names.size() ? HeldOut::Kind::kOutside
                                                            : HeldOut::Kind::kInside;
      if (held.kind == HeldOut::Kind::kInside) held.keep(reading, lesson.labels[i], model);
      readings.push_back(held);
    }
  }
  return readings;
}

/// Of five examples an intent and two thousand sentences heard, that many and at this price brought
/// two points more on two public sets; a second round brought none.
constexpr std::size_t kHeardPercent = 60;
constexpr float kHeardShare = 0.3F;

/// Labels what was heard as `first` takes it, those that it parts most clearly.
void learn_from_heard(Lesson& lesson, const IntentModel& first,
                      const std::vector<Personal>& heard) {
  struct Taken {
    float gap = 0;
    std::uint16_t label = 0;
    std::string_view text;
  };
  std::vector<Taken> all;
  for (const Personal& words : heard) {
    Taken taken{0, 0, words.reveal()};
    const IntentModel::Reading reading = first.read(Words(taken.text));
    float best = -std::numeric_limits<float>::infinity();
    float second = best;
    for (std::uint16_t label = 0; label < lesson.classes(); ++label) {
      const float margin = reading.margins[label];
      second = std::max(second, std::min(best, margin));
      if (margin > best) taken.label = label;
      best = std::max(best, margin);
    }
    taken.gap = best - second;
    all.push_back(taken);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Taken& a, const Taken& b) { return a.gap > b.gap; });
  all.resize(all.size() * kHeardPercent / 100);
  for (const Taken& taken : all) {
    lesson.heard.push_back(taken.text);
    lesson.heard_labels.push_back(taken.label);
  }
}

}  // namespace

Result<std::shared_ptr<const IntentModel>> train_intents(const std::vector<Example>& examples,
                                                         const IntentSettings& settings,
                                                         const std::vector<Personal>& heard) {
  if (examples.size() + heard.size() > limits::kApceExamplesMax) {
    return Error{Errc::kTooLarge, "more examples than a model is trained from"};
  }
  Lesson lesson = lesson_of(examples, settings.names_teach);
  if (lesson.names.size() < 2) {
    return Error{Errc::kInvalidConfig, "examples of two intents are needed"};
  }
  if (lesson.classes() > limits::kApceIntentsMax) {
    return Error{Errc::kTooLarge, "more intents than a model holds"};
  }
  for (const std::string& name : lesson.names) {
    if (name.size() > limits::kApceNameBytesMax) {
      return Error{Errc::kTooLarge, "an intent's name is longer than a model holds"};
    }
  }
  const auto inside = std::count_if(lesson.labels.begin(), lesson.labels.end(),
                                    [&](std::uint16_t l) { return l < lesson.names.size(); });
  lesson.vector_weight = vector_block_weight(static_cast<std::size_t>(inside), lesson.names.size());
  const Calibration calibration =
      calibrated(held_out_readings(lesson, settings), settings.rejected_permille);
  std::vector<std::uint32_t> all(lesson.texts.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  lesson.heard_share =
      kHeardShare * share_of_few(static_cast<std::size_t>(inside), lesson.names.size());
  if (!heard.empty() && lesson.heard_share > 0)
    learn_from_heard(lesson, learn(lesson, all, {}, settings), heard);
  IntentModel::Parts parts = learn(lesson, all, {}, settings).parts();
  parts.calibration = calibration;
  return std::make_shared<const IntentModel>(std::move(parts));
}

}  // namespace mitr::apce
