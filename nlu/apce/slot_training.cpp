// Training slots; see slot_training.h.
#include "nlu/apce/slot_training.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "nlu/apce/mixing.h"
#include "nlu/apce/slot_features.h"
#include "protocols/limits.h"

namespace mitr::apce {
namespace {

/// A label whose probability is this near to what it should be teaches nothing.
constexpr float kSettled = 1e-3F;
/// Keeps a first step from being as long as any other.
constexpr float kFirstSquare = 1e-6F;
constexpr std::uint64_t kOnRecordSeed = 0x0F4E;

/// An utterance as the trainer sees it.
struct Sentence {
  std::vector<std::uint32_t> rows;  ///< Of every word's features, one word after the other.
  std::vector<std::uint32_t> begins{0};
  std::vector<Label> labels;
};

/// The word that begins at a byte, or the one after the word that ends at it.
std::optional<std::size_t> word_at(const Words& words, std::uint32_t byte, bool ends) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (ends && words[at].end == byte) return at + 1;
    if (!ends && words[at].begin == byte) return at;
  }
  return std::nullopt;
}

std::vector<Value> values_of(const Words& words, const MarkedExample& example,
                             const std::map<std::string, std::uint16_t, std::less<>>& slots) {
  std::vector<Value> values;
  for (const MarkedValue& marked : example.values) {
    const auto first = word_at(words, marked.begin, false);
    const auto last = word_at(words, marked.end, true);
    if (first && last && *first < *last) values.push_back({*first, *last, slots.at(marked.slot)});
  }
  return values;
}

class Field {
 public:
  Field(std::uint32_t rows, std::size_t slots, const SlotSettings& settings)
      : settings_(settings),
        transitions_(slots),
        weights_(std::size_t{rows} * transitions_.stride(), 0),
        squares_(weights_.size(), 0),
        transition_squares_(transitions_.labels() * transitions_.labels(), 0),
        lattice_(transitions_) {}

  void learn(const Sentence& sentence, Chance& chance) {
    kept_.clear();
    kept_begins_.assign(1, 0);
    lattice_.begin(sentence.labels.size());
    const std::size_t stride = transitions_.stride();
    for (std::size_t word = 0; word < sentence.labels.size(); ++word) {
      for (std::uint32_t i = sentence.begins[word]; i < sentence.begins[word + 1]; ++i) {
        if (chance.below(1000) < settings_.dropped_permille) continue;
        kept_.push_back(sentence.rows[i]);
        add_scaled(lattice_.scores(word), &weights_[sentence.rows[i] * stride], 1, stride);
      }
      kept_begins_.push_back(kept_.size());
    }
    lattice_.sum();
    for (std::size_t word = 0; word < sentence.labels.size(); ++word) {
      improve_word(word, sentence.labels[word]);
      if (word + 1 < sentence.labels.size()) {
        improve_pair(word, sentence.labels[word], sentence.labels[word + 1]);
      }
    }
  }

  /// Learns no more; what only learning needs is let go.
  void settle() { squares_ = {}; }
  float weight(std::uint32_t row, Label label) const {
    return weights_[row * transitions_.stride() + label];
  }
  const Transitions& transitions() const { return transitions_; }

 private:
  float step(float& square, float slope) const {
    square += slope * slope;
    return settings_.step * slope / std::sqrt(square + kFirstSquare);
  }

  void improve_word(std::size_t word, Label truth) {
    slopes_.clear();
    const float missing = 1 - lattice_.marginal(word, truth);
    if (missing > kSettled) slopes_.emplace_back(truth, missing);
    for (const Label label : lattice_.likely(word)) {
      const float likely = lattice_.marginal(word, label);
      if (label != truth && likely > kSettled) slopes_.emplace_back(label, -likely);
    }
    if (slopes_.empty()) return;
    for (std::size_t i = kept_begins_[word]; i < kept_begins_[word + 1]; ++i) {
      const std::size_t row = kept_[i] * transitions_.stride();
      for (const auto& [label, slope] : slopes_) {
        weights_[row + label] += step(squares_[row + label], slope);
      }
    }
  }

  void improve_pair(std::size_t word, Label truth, Label next_truth) {
    const auto improve = [&](Label before, Label label, float slope) {
      const std::size_t at = before * transitions_.labels() + label;
      const float move = step(transition_squares_[at], slope);
      const float score = transitions_.score(before, label) + move;
      transitions_.set(before, label, std::clamp(score, -kTransitionMost, kTransitionMost));
    };
    moves_.clear();
    bool met = false;
    for (const Label before : lattice_.likely(word)) {
      for (const Label label : lattice_.likely(word + 1)) {
        if (!may_follow(before, label)) continue;
        const bool right = before == truth && label == next_truth;
        met = met || right;
        const float slope = (right ? 1.0F : 0.0F) - lattice_.pair_marginal(word, before, label);
        if (slope > kSettled || slope < -kSettled) moves_.push_back({before, label, slope});
      }
    }
    if (!met) moves_.push_back({truth, next_truth, 1});
    for (const Move& move : moves_) improve(move.before, move.label, move.slope);
  }

  struct Move {
    Label before;
    Label label;
    float slope;
  };
  SlotSettings settings_;
  Transitions transitions_;
  std::vector<float> weights_, squares_, transition_squares_;
  Lattice lattice_;
  std::vector<std::uint32_t> kept_;
  std::vector<std::size_t> kept_begins_;
  std::vector<std::pair<Label, float>> slopes_;
  std::vector<Move> moves_;
};

/// A sighting as it speaks for one of its places: what has a weight of its own for each label.
struct Voice {
  std::uint32_t key;  ///< The sighting's.
  std::uint8_t place;

  std::uint32_t trained_key() const { return key_of(mixed(mixed(1, place), key)); }
  bool operator<(const Voice& other) const {
    return key != other.key ? key < other.key : place < other.place;
  }
  bool operator==(const Voice&) const = default;
};

/// Calls `hear(word, voice)` for every word that a sighting speaks for.
template <class Hear>
void for_each_word(const Sighting& seen, std::size_t words, Hear hear) {
  const auto visit = [&](std::ptrdiff_t word, std::size_t place) {
    if (word < 0 || word >= static_cast<std::ptrdiff_t>(words)) return;
    hear(static_cast<std::size_t>(word), Voice{seen.key, static_cast<std::uint8_t>(place)});
  };
  if (seen.bag) {
    for (std::ptrdiff_t i = 1; i <= static_cast<std::ptrdiff_t>(kBagWords); ++i) {
      visit(seen.word + i, 0);
      visit(seen.word - i, 1);
    }
    return;
  }
  for (std::size_t place = seen.first_place; place <= seen.last_place; ++place) {
    visit(seen.word + static_cast<std::ptrdiff_t>(place) - kReach, place);
  }
}

/// Everything learnt from, once through: slots, gazetteer, features, sentences.
struct SlotLesson {
  std::vector<std::string> names;
  std::uint32_t on_record_permille = 0;
  Gazetteer gazetteer;
  KeyDirectory keys;          ///< Of trained voices.
  std::vector<Voice> voices;  ///< Ascending.
  std::vector<Sentence> sentences;
};

std::vector<Sighting> sightings_of(const MarkedExample& example, const Words& words,
                                   const std::vector<Value>& values, const SlotLesson& lesson) {
  const auto none = static_cast<std::uint16_t>(lesson.names.size());
  std::vector<Gazetteer::Entry> own;
  Gazetteer::add_utterance(own, words, values, none);
  if (mixed_bytes(kOnRecordSeed, example.text.reveal()) % 1000 < lesson.on_record_permille) {
    std::erase_if(own, [none](const Gazetteer::Entry& entry) { return entry.slot != none; });
  }
  return sightings_of(words, {example.context.begin(), example.context.end()}, lesson.gazetteer,
                      own);
}

using SlotNumbers = std::map<std::string, std::uint16_t, std::less<>>;

SlotNumbers numbered(const std::vector<MarkedExample>& examples) {
  SlotNumbers slots;
  for (const MarkedExample& example : examples) {
    for (const MarkedValue& value : example.values) slots.emplace(value.slot, std::uint16_t{0});
  }
  std::uint16_t next = 0;
  for (auto& [name, number] : slots) number = next++;
  return slots;
}

Sentence sentence_of(const std::vector<Sighting>& sightings, const Words& words,
                     const std::vector<Value>& values, SlotLesson& lesson) {
  std::vector<std::vector<std::uint32_t>> rows(words.size());
  for (const Sighting& seen : sightings) {
    for_each_word(seen, words.size(), [&](std::size_t word, Voice voice) {
      const std::uint32_t row = lesson.keys.find(voice.trained_key());
      if (row == KeyDirectory::kNone) return;
      rows[word].push_back(row);
      lesson.voices.push_back(voice);
    });
  }
  Sentence sentence;
  for (const std::vector<std::uint32_t>& of_word : rows) {
    sentence.rows.insert(sentence.rows.end(), of_word.begin(), of_word.end());
    sentence.begins.push_back(static_cast<std::uint32_t>(sentence.rows.size()));
  }
  sentence.rows.shrink_to_fit();
  sentence.labels.assign(words.size(), kOutsideLabel);
  for (const Value& value : values) {
    for (std::size_t at = value.first; at < value.last; ++at) {
      sentence.labels[at] =
          at == value.first ? begins_label(value.slot) : continues_label(value.slot);
    }
  }
  return sentence;
}

void make_unique(std::vector<Voice>& voices) {
  std::sort(voices.begin(), voices.end());
  voices.erase(std::unique(voices.begin(), voices.end()), voices.end());
}

SlotLesson lesson_of(const std::vector<MarkedExample>& examples, const SlotSettings& settings,
                     const std::vector<std::string>& known_names) {
  SlotLesson lesson;
  lesson.on_record_permille = settings.on_record_permille;
  const SlotNumbers slots = numbered(examples);
  for (const auto& [name, number] : slots) lesson.names.push_back(name);
  std::vector<Gazetteer::Entry> entries;
  for (const MarkedExample& example : examples) {
    const Words words(example.text.reveal());
    Gazetteer::add_utterance(entries, words, values_of(words, example, slots),
                             static_cast<std::uint16_t>(lesson.names.size()));
  }
  for (const std::string& name : known_names) {
    const Words words(name);
    for (std::size_t at = 0; at < words.size(); ++at) {
      Gazetteer::add_word(entries, words, at, static_cast<std::uint16_t>(lesson.names.size() + 1));
    }
  }
  lesson.gazetteer = Gazetteer(std::move(entries));

  std::vector<std::uint32_t> keys;
  std::vector<std::vector<Sighting>> sightings;  // Of each example.
  {
    KeyCount count;
    for (const MarkedExample& example : examples) {
      const Words words(example.text.reveal());
      const std::vector<Value> values = values_of(words, example, slots);
      sightings.push_back(sightings_of(example, words, values, lesson));
      sightings.back().shrink_to_fit();
      for (const Sighting& seen : sightings.back()) {
        for_each_word(seen, words.size(),
                      [&](std::size_t, Voice voice) { count.add(voice.trained_key()); });
      }
    }
    for (const auto& counted : count.counted(settings.met_least)) keys.push_back(counted.key);
  }
  lesson.keys = KeyDirectory(std::move(keys));
  std::size_t unsorted_from = 0;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const Words words(examples[i].text.reveal());
    const std::vector<Value> values = values_of(words, examples[i], slots);
    Sentence sentence = sentence_of(sightings[i], words, values, lesson);
    sightings[i] = {};
    if (words.size() > 0) lesson.sentences.push_back(std::move(sentence));
    // Repeats are let go from time to time, lest they outweigh the lesson.
    if (lesson.voices.size() > 2 * unsorted_from + 4 * lesson.keys.size()) {
      make_unique(lesson.voices);
      unsorted_from = lesson.voices.size();
    }
  }
  make_unique(lesson.voices);
  return lesson;
}

/// One row a sighting, with the weights of all places it speaks for.
struct SlotWeights {
  KeyDirectory keys;
  WeightRows rows;
};
SlotWeights weights_of(const SlotLesson& lesson, const Field& field, float least) {
  std::vector<std::uint32_t> keys;
  WeightRowsMaker maker;
  std::vector<WeightRowsMaker::Weight> weights;
  const std::size_t labels = labels_of(lesson.names.size());
  const std::size_t stride = field.transitions().stride();
  for (auto voice = lesson.voices.begin(); voice != lesson.voices.end();) {
    const std::uint32_t key = voice->key;
    weights.clear();
    for (; voice != lesson.voices.end() && voice->key == key; ++voice) {
      const std::uint32_t row = lesson.keys.find(voice->trained_key());
      for (std::size_t i = 0; i < labels; ++i) {
        const float weight = field.weight(row, static_cast<Label>(i));
        if (std::abs(weight) < least) continue;
        weights.push_back({static_cast<std::uint16_t>(voice->place * stride + i), weight});
      }
    }
    if (weights.empty()) continue;
    keys.push_back(key);
    maker.add_row(weights);
  }
  return {KeyDirectory(std::move(keys)), maker.take()};
}

}  // namespace

Result<std::shared_ptr<const SlotModel>> train_slots(const std::vector<MarkedExample>& examples,
                                                     const SlotSettings& settings,
                                                     const std::vector<std::string>& names) {
  if (examples.size() > limits::kApceExamplesMax) {
    return Error{Errc::kTooLarge, "more examples than a model is trained from"};
  }
  SlotLesson lesson = lesson_of(examples, settings, names);
  if (lesson.names.empty()) return Error{Errc::kInvalidConfig, "no example has a slot"};
  if (lesson.names.size() > limits::kApceSlotsMax) {
    return Error{Errc::kTooLarge, "more slots than a model holds"};
  }
  for (const std::string& name : lesson.names) {
    if (name.size() > limits::kApceNameBytesMax) {
      return Error{Errc::kTooLarge, "a slot's name is longer than a model holds"};
    }
  }
  Field field(lesson.keys.size(), lesson.names.size(), settings);
  Chance chance(settings.seed);
  std::vector<std::uint32_t> order(lesson.sentences.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  for (int round = 0; round < settings.rounds; ++round) {
    chance.shuffle(order);
    for (const std::uint32_t i : order) field.learn(lesson.sentences[i], chance);
  }
  field.settle();
  lesson.sentences = {};
  SlotWeights weights = weights_of(lesson, field, settings.weight_least);
  SlotModel::Parts parts;
  parts.names = std::move(lesson.names);
  parts.weights = std::move(weights.rows);
  parts.keys = std::move(weights.keys);
  parts.transitions = field.transitions();
  parts.gazetteer = std::move(lesson.gazetteer);
  return std::make_shared<const SlotModel>(std::move(parts));
}

}  // namespace mitr::apce
