// The layout of a model file; see model_bytes.h. A header of fixed size, then each model; keys and
// counts are written as small numbers, since most are. A change of layout is a new version.
#include "nlu/apce/model_bytes.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "nlu/apce/mixing.h"
#include "nlu/apce/packed_bytes.h"
#include "protocols/limits.h"

namespace mitr::apce {
namespace {

constexpr std::uint64_t kMagic = 0x0A4543505254494DULL;  // "MITRPCE\n"
constexpr std::uint32_t kVersion = 2;

struct Header {
  std::uint64_t magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t models = 0;  ///< Bit 0: intents. Bit 1: slots. Bit 2: intents have vectors.
  std::uint64_t checksum = 0;
};

std::uint64_t checksum_of(std::string_view bytes) {
  return mixed_bytes(mixed(kMagic, bytes.size()), bytes);
}

// -- parts of both models ----

void write_names(PackedWriter& out, const std::vector<std::string>& names) {
  out.small(names.size());
  for (const std::string& name : names) out.text(name);
}
std::vector<std::string> read_names(PackedReader& in) {
  std::vector<std::string> names(in.count(1));
  for (std::string& name : names) name = in.text(limits::kApceNameBytesMax);
  return names;
}

/// Nothing if they do not ascend.
std::optional<KeyDirectory> read_keys(PackedReader& in) {
  auto keys = read_ascending(in);
  if (!keys) return std::nullopt;
  return KeyDirectory(std::move(*keys));
}

void write_weights(PackedWriter& out, const WeightRows& weights) {
  std::vector<WeightRows::Entry> entries;
  for (std::size_t row = 0; row < weights.size(); ++row) {
    const auto of_row = weights.entries(row);
    out.small(of_row.size());
    entries.insert(entries.end(), of_row.begin(), of_row.end());
  }
  for (std::size_t row = 0; row < weights.size(); ++row) out.fixed(coded_scale(weights.scale(row)));
  out.small(entries.size());
  for (const WeightRows::Entry& entry : entries) {
    out.fixed(entry.step);
    out.fixed(entry.weight);
  }
}
/// Of `rows` rows, which are known to be few enough for the bytes. Nothing if they do not fit.
std::optional<WeightRows> read_weights(PackedReader& in, std::size_t rows, std::size_t classes) {
  std::vector<std::uint16_t> counts(rows);
  std::uint64_t all = 0;
  for (std::uint16_t& count : counts) {
    const std::uint64_t value = in.small();
    if (value > 0xFFFF) return std::nullopt;
    count = static_cast<std::uint16_t>(value);
    all += value;
  }
  std::vector<float> scales(rows);
  for (float& scale : scales) scale = decoded_scale(in.fixed<std::uint16_t>());
  std::vector<WeightRows::Entry> entries(in.count(sizeof(WeightRows::Entry)));
  for (WeightRows::Entry& entry : entries) {
    entry.step = in.fixed<std::uint8_t>();
    entry.weight = in.fixed<std::int8_t>();
  }
  if (in.failed() || all != entries.size()) return std::nullopt;
  WeightRows weights(counts, scales, entries);
  if (!weights.fits(classes)) return std::nullopt;
  return weights;
}

/// A score that no sum can carry out of its range.
bool is_sane(float value) {
  return std::isfinite(value) && std::abs(value) < 1e6F;
}

// -- the block of word vectors ----

void write_vectors(PackedWriter& out, const VectorBlock& block) {
  out.fixed(block.weight);
  out.small(block.mean.size());
  for (const float value : block.mean) out.fixed(value);
  write_weights(out, block.weights);
}

/// Of a model with these classes. The table is that of the model, which the caller has asked.
std::optional<VectorBlock> read_vectors(PackedReader& in, std::shared_ptr<const WordVectors> table,
                                        std::size_t classes) {
  VectorBlock block;
  block.weight = in.fixed<float>();
  block.mean.resize(in.count(sizeof(float)));
  for (float& value : block.mean) value = in.fixed<float>();
  if (in.failed() || block.mean.size() != table->dims() || !is_sane(block.weight) ||
      !std::all_of(block.mean.begin(), block.mean.end(), [](float m) { return is_sane(m); })) {
    return std::nullopt;
  }
  auto weights = read_weights(in, block.mean.size(), classes);
  if (!weights) return std::nullopt;
  block.weights = std::move(*weights);
  block.table = std::move(table);
  return block;
}

// -- intents ----

void write_intents(PackedWriter& out, const IntentModel& model) {
  const IntentModel::Parts& parts = model.parts();
  write_names(out, parts.names);
  out.fixed<std::uint8_t>(parts.has_outside ? 1 : 0);
  out.fixed(parts.space.rarest());
  write_ascending(out, parts.space.keys().keys());
  for (const std::uint8_t rarity : parts.space.rarities()) out.fixed(rarity);
  write_weights(out, parts.weights);
  for (const float bias : parts.biases) out.fixed(bias);
  const Calibration& calibration = parts.calibration;
  out.fixed(calibration.sharpness);
  for (const float weight : calibration.weights) out.fixed(weight);
  out.fixed(calibration.constant);
  out.fixed(calibration.least);
  if (parts.vectors.table) write_vectors(out, parts.vectors);
}

bool is_sane(const Calibration& calibration) {
  return calibration.sharpness > 0 && is_sane(calibration.sharpness) &&
         is_sane(calibration.constant) && is_sane(calibration.least) &&
         std::all_of(calibration.weights.begin(), calibration.weights.end(),
                     [](float weight) { return is_sane(weight); });
}

/// `vectors` is null for a model without them.
std::shared_ptr<const IntentModel> read_intents(PackedReader& in,
                                                std::shared_ptr<const WordVectors> vectors) {
  IntentModel::Parts parts;
  parts.names = read_names(in);
  const auto has_outside = in.fixed<std::uint8_t>();
  parts.has_outside = has_outside == 1;
  const auto rarest = in.fixed<std::uint8_t>();
  auto keys = read_keys(in);
  if (!keys || parts.names.size() < 2 || parts.names.size() > limits::kApceIntentsMax ||
      has_outside > 1) {
    return nullptr;
  }
  std::vector<std::uint8_t> rarities(keys->size());
  for (std::uint8_t& rarity : rarities) {
    rarity = in.fixed<std::uint8_t>();
    if (rarity == 0) return nullptr;
  }
  parts.space = FeatureSpace(std::move(*keys), std::move(rarities), rarest);
  const std::size_t classes = parts.names.size() + has_outside;
  auto weights = read_weights(in, parts.space.size(), classes);
  if (!weights) return nullptr;
  parts.weights = std::move(*weights);
  parts.biases.resize(classes);
  for (float& bias : parts.biases) bias = in.fixed<float>();
  Calibration& calibration = parts.calibration;
  calibration.sharpness = in.fixed<float>();
  for (float& weight : calibration.weights) weight = in.fixed<float>();
  calibration.constant = in.fixed<float>();
  calibration.least = in.fixed<float>();
  if (in.failed() || !is_sane(calibration) ||
      !std::all_of(parts.biases.begin(), parts.biases.end(), [](float b) { return is_sane(b); })) {
    return nullptr;
  }
  if (vectors) {
    auto block = read_vectors(in, std::move(vectors), classes);
    if (!block) return nullptr;
    parts.vectors = std::move(*block);
  }
  return std::make_shared<const IntentModel>(std::move(parts));
}

// -- slots ----

void write_slots(PackedWriter& out, const SlotModel& model) {
  const SlotModel::Parts& parts = model.parts();
  write_names(out, parts.names);
  write_ascending(out, parts.keys.keys());
  write_weights(out, parts.weights);
  const auto labels = static_cast<Label>(labels_of(parts.names.size()));
  for (Label before = 0; before < labels; ++before) {
    for (Label label = 0; label < labels; ++label) {
      if (may_follow(before, label)) out.fixed(parts.transitions.score(before, label));
    }
  }
  const auto& entries = parts.gazetteer.entries();
  out.small(entries.size());
  std::uint32_t before = 0;
  for (const Gazetteer::Entry& entry : entries) {
    out.small(entry.key - before);
    out.small(entry.slot);
    before = entry.key;
  }
}

/// How often a value was met matters in training alone, and is not kept. The slot behind the last
/// is that of words which stand in no value, and the one behind it that of names of any kind.
std::optional<Gazetteer> read_gazetteer(PackedReader& in, std::size_t slots) {
  std::vector<Gazetteer::Entry> entries(in.count(2));
  std::uint64_t key = 0;
  for (Gazetteer::Entry& entry : entries) {
    const std::uint64_t step = in.small();
    const std::uint64_t slot = in.small();
    key += step;
    if (step > 0xFFFFFFFF || key > 0xFFFFFFFF || slot > slots + 1) return std::nullopt;
    entry = {static_cast<std::uint32_t>(key), static_cast<std::uint16_t>(slot), 1};
  }
  if (in.failed()) return std::nullopt;
  return Gazetteer(std::move(entries));
}

std::shared_ptr<const SlotModel> read_slots(PackedReader& in) {
  SlotModel::Parts parts;
  parts.names = read_names(in);
  auto keys = read_keys(in);
  if (!keys || parts.names.empty() || parts.names.size() > limits::kApceSlotsMax) return nullptr;
  parts.keys = std::move(*keys);
  const std::size_t labels = labels_of(parts.names.size());
  auto weights = read_weights(in, parts.keys.size(), slot_classes_of(parts.names.size()));
  if (!weights) return nullptr;
  parts.weights = std::move(*weights);
  parts.transitions = Transitions(parts.names.size());
  for (std::size_t before = 0; before < labels; ++before) {
    for (std::size_t label = 0; label < labels; ++label) {
      if (!may_follow(static_cast<Label>(before), static_cast<Label>(label))) continue;
      const auto score = in.fixed<float>();
      if (!std::isfinite(score) || std::abs(score) > kTransitionMost) return nullptr;
      parts.transitions.set(static_cast<Label>(before), static_cast<Label>(label), score);
    }
  }
  auto gazetteer = read_gazetteer(in, parts.names.size());
  if (!gazetteer) return nullptr;
  parts.gazetteer = std::move(*gazetteer);
  return std::make_shared<const SlotModel>(std::move(parts));
}

}  // namespace

std::string encode_model(const LanguageModel& model) {
  PackedWriter body;
  const bool has_vectors = model.intents && model.intents->parts().vectors.table;
  if (has_vectors) body.fixed(model.intents->parts().vectors.table->hash());
  if (model.intents) write_intents(body, *model.intents);
  if (model.slots) write_slots(body, *model.slots);
  Header header;
  header.models = (model.intents ? 1U : 0U) | (model.slots ? 2U : 0U) | (has_vectors ? 4U : 0U);
  header.checksum = mixed(checksum_of(body.bytes()), header.models);
  PackedWriter out;
  out.fixed(header);
  return std::move(out.bytes()) + body.bytes();
}

std::string with_checksum(std::string bytes) {
  PackedReader start(bytes);
  auto header = start.fixed<Header>();
  if (start.failed()) return bytes;
  header.checksum =
      mixed(checksum_of(std::string_view(bytes).substr(sizeof header)), header.models);
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

Result<LanguageModel> decode_model(std::string_view bytes,
                                   std::shared_ptr<const WordVectors> vectors) {
  if (bytes.size() > limits::kApceModelBytesMax) {
    return Error{Errc::kTooLarge, "a model larger than any we train"};
  }
  PackedReader start(bytes);
  const auto header = start.fixed<Header>();
  if (start.failed() || header.magic != kMagic) {
    return Error{Errc::kMalformed, "these bytes are no model"};
  }
  if (header.version != kVersion || header.models > 7) {
    return Error{Errc::kMalformed, "a model of another version of this program"};
  }
  const std::string_view body = bytes.substr(sizeof(Header));
  if (mixed(checksum_of(body), header.models) != header.checksum) {
    return Error{Errc::kMalformed, "a model whose bytes were damaged"};
  }
  PackedReader in(body);
  LanguageModel model;
  if ((header.models & 4U) == 0) {
    vectors = nullptr;
  } else if (const auto hash = in.fixed<std::uint64_t>(); !vectors || vectors->hash() != hash) {
    return Error{Errc::kInvalidConfig, "a model taught with another table of word vectors"};
  }
  if ((header.models & 1U) != 0) model.intents = read_intents(in, std::move(vectors));
  if ((header.models & 2U) != 0) model.slots = read_slots(in);
  const bool whole = ((header.models & 1U) == 0 || model.intents != nullptr) &&
                     ((header.models & 2U) == 0 || model.slots != nullptr);
  if (!whole || !in.finished()) return Error{Errc::kMalformed, "a model that contradicts itself"};
  return model;
}

}  // namespace mitr::apce
