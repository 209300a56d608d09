// Tagging; see slot_model.h.
#include "nlu/apce/slot_model.h"

#include <algorithm>
#include <cmath>

namespace mitr::apce {
namespace {

struct Found {
  std::uint32_t row;
  std::uint32_t sighting;
};

/// Sightings the model has weights for.
std::vector<Found> found_in(const KeyDirectory& keys, const WeightRows& weights,
                            const std::vector<Sighting>& sightings) {
  std::vector<Found> found;
  found.reserve(sightings.size());
  keys.find_each(
      sightings.size(), [&](std::size_t i) { return sightings[i].key; },
      [&](std::size_t i, std::uint32_t row) {
        if (row == KeyDirectory::kNone) return;
        weights.fetch_row(row);
        found.push_back({row, static_cast<std::uint32_t>(i)});
      });
  return found;
}

/// Words before the first and after the last that sightings at the edges speak for.
constexpr std::size_t kBeyond = 2 * kReach;

/// What sightings say of the labels of words, added up in a lattice.
class Sum {
 public:
  Sum(Lattice& lattice, std::size_t words, std::size_t stride)
      : lattice_(lattice),
        words_(words),
        stride_(stride),
        // Room behind the last bag for a row that is none, which only a forged model has.
        bags_((words * kBagPlaces + kPlaces) * stride + kSixteen, 0) {
    lattice.begin(words, kBeyond);
  }

  void add(const WeightRows& weights, std::uint32_t row, const Sighting& seen) {
    if (seen.bag) {
      const std::span<float> all(bags_);
      weights.add_to(all.subspan(static_cast<std::size_t>(seen.word) * stride_ * kBagPlaces), row,
                     1);
      return;
    }
    // Some of its places may be beyond the first word or the last.
    const auto word = static_cast<std::size_t>(seen.word + kReach);
    const std::size_t first = kBeyond - std::min(kBeyond, word);
    const std::size_t last = std::min(kPlaces, kBeyond + words_ - word);
    weights.add_to(lattice_.all_scores().subspan(word * stride_), row, 1, first * stride_,
                   last * stride_);
  }
  /// A bag speaks for the words near it: as the words go by, those that come near are added, and
  /// those left behind are taken away.
  void add_bags() {
    std::vector<float> before(stride_, 0), behind(stride_, 0);
    for (std::size_t at = 1; at <= std::min(kBagWords, words_ - 1); ++at) slide(behind, at, 1, 1);
    for (std::size_t word = 0; word < words_; ++word) {
      add_scaled(lattice_.scores(word), before.data(), 1, stride_);
      add_scaled(lattice_.scores(word), behind.data(), 1, stride_);
      if (word + 1 == words_) break;
      slide(before, word, 0, 1);
      if (word >= kBagWords) slide(before, word - kBagWords, 0, -1);
      slide(behind, word + 1, 1, -1);
      if (word + 1 + kBagWords < words_) slide(behind, word + 1 + kBagWords, 1, 1);
    }
  }

 private:
  void slide(std::vector<float>& sum, std::size_t word, std::size_t place, float sign) const {
    add_scaled(sum.data(), &bags_[(word * kBagPlaces + place) * stride_], sign, stride_);
  }

  Lattice& lattice_;
  std::size_t words_;
  std::size_t stride_;
  std::vector<float> bags_;
};

FurtherValues further_values(const std::vector<std::string>& names, const KnownValues* known) {
  FurtherValues further;
  if (known == nullptr) return further;
  further.gazetteer = &known->gazetteer();
  for (const std::string& slot : known->slots()) {
    const auto at = std::lower_bound(names.begin(), names.end(), slot);
    const bool ours = at != names.end() && *at == slot;
    further.slots.push_back(ours ? static_cast<std::uint16_t>(at - names.begin())
                                 : FurtherValues::kNone);
  }
  return further;
}

}  // namespace

std::vector<TaggedSpan> SlotModel::tag(const Words& words,
                                       const std::vector<std::string_view>& context,
                                       const KnownValues* known) const {
  if (words.size() == 0) return {};
  const auto sightings =
      sightings_of(words, context, parts_.gazetteer, {}, further_values(parts_.names, known));
  const std::vector<Found> found = found_in(parts_.keys, parts_.weights, sightings);
  Lattice lattice(parts_.transitions);
  Sum sum(lattice, words.size(), parts_.transitions.stride());
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i + WeightRows::kAhead < found.size())
      parts_.weights.fetch_entries(found[i + WeightRows::kAhead].row);
    sum.add(parts_.weights, found[i].row, sightings[found[i].sighting]);
  }
  sum.add_bags();
  lattice.sum();
  const std::vector<Label> labels = lattice.best();
  std::vector<TaggedSpan> spans;
  for (std::size_t word = 0; word < words.size(); ++word) {
    if (labels[word] == kOutsideLabel) continue;
    const float likely = std::clamp(lattice.marginal(word, labels[word]), 0.0F, 1.0F);
    const auto permille = static_cast<std::uint16_t>(std::lround(likely * 1000));
    if (begins(labels[word])) {
      const auto slot = static_cast<std::uint16_t>(slot_of(labels[word]));
      spans.push_back({slot, words[word].begin, words[word].end, permille});
    } else {
      spans.back().end = words[word].end;
      spans.back().permille = std::min(spans.back().permille, permille);
    }
  }
  return spans;
}

bool SlotModel::only_name(std::string_view text) const {
  const Words words(text);
  if (words.size() != 1) return false;
  const auto none = static_cast<std::uint16_t>(parts_.names.size());
  bool name = false;
  for (const auto& entry : parts_.gazetteer.find(Gazetteer::word_key(words, 0))) {
    if (entry.slot == none) return false;
    name = name || entry.slot == none + 1;
  }
  return name;
}

}  // namespace mitr::apce
