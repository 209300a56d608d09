// Rounding weights and laying them out by feature; see weight_rows.h.
#include "nlu/apce/weight_rows.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace mitr::apce {

std::uint16_t coded_scale(float scale) {
  const auto bits = std::bit_cast<std::uint32_t>(scale);
  return static_cast<std::uint16_t>((bits >> 16U) + ((bits & 0xFFFFU) != 0 ? 1 : 0));
}

namespace {

/// A row with at least one weight for so many classes is kept as bytes: it is then half as large
/// again at most, and added up faster.
constexpr std::size_t kDenseSpan = 3;
constexpr std::size_t kClassesMax = 0xFFFE;

/// Writes entries of ascending classes.
class EntryWriter {
 public:
  explicit EntryWriter(std::vector<WeightRows::Entry>& out) : out_(out) {}
  void add(std::size_t of_class, std::int8_t weight) {
    if (weight == 0) return;
    std::size_t step = of_class + 1 - past_;
    for (; step > 255; step -= 255) out_.push_back({255, 0});
    out_.push_back({static_cast<std::uint8_t>(step), weight});
    past_ = of_class + 1;
  }

 private:
  std::vector<WeightRows::Entry>& out_;
  std::size_t past_ = 0;  // The class after the last one written.
};

}  // namespace

WeightRows::WeightRows(const std::vector<std::uint16_t>& counts, const std::vector<float>& scales,
                       const std::vector<Entry>& entries) {
  rows_.reserve(counts.size());
  std::size_t begin = 0;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    const std::size_t end = std::min(begin + counts[row], entries.size());
    makes_sense_ = makes_sense_ && end == begin + counts[row];
    add_row(std::span(entries).subspan(begin, end - begin), scales[row]);
    begin = end;
  }
  makes_sense_ = makes_sense_ && begin == entries.size();
  bytes_.shrink_to_fit();
}

void WeightRows::add_row(std::span<const Entry> entries, float scale) {
  std::size_t past = 0;
  std::size_t first = 0;
  std::size_t weights = 0;
  for (const Entry& entry : entries) {
    makes_sense_ = makes_sense_ && entry.step != 0;
    past += entry.step;
    if (entry.weight == 0) continue;
    if (weights == 0) first = past - 1;
    ++weights;
  }
  makes_sense_ = makes_sense_ && past <= kClassesMax && entries.size() < Row::kDense &&
                 scale >= 0 && scale < 1e6F;
  if (!makes_sense_) return;
  classes_ = std::max(classes_, past);
  weights_ += weights;
  first = first / kSixteen * kSixteen;
  const std::size_t span = whole_sixteens(past - std::min(first, past));
  // A stop at the end, or one without need, is what we never write: such a row stays as it is.
  const bool ours = !entries.empty() && entries.back().weight != 0;
  Row row{static_cast<std::uint32_t>(bytes_.size()), coded_scale(scale),
          static_cast<std::uint16_t>(entries.size())};
  if (!ours || weights * kDenseSpan < span) {
    rows_.push_back(row);
    for (const Entry& entry : entries) {
      bytes_.push_back(static_cast<std::int8_t>(entry.step));
      bytes_.push_back(entry.weight);
    }
    return;
  }
  row.size = static_cast<std::uint16_t>(Row::kDense + span / kSixteen);
  rows_.push_back(row);
  const auto begins = static_cast<std::uint16_t>(first);
  bytes_.resize(bytes_.size() + kFirstBytes + span, 0);
  std::int8_t* dense = &bytes_[row.begin];
  std::memcpy(dense, &begins, sizeof begins);
  std::size_t at = 0;
  for (const Entry& entry : entries) {
    at += entry.step;
    if (entry.weight != 0) dense[kFirstBytes + at - 1 - first] = entry.weight;
  }
}

std::vector<WeightRows::Entry> WeightRows::entries(std::size_t row) const {
  const Row& of = rows_[row];
  const std::int8_t* from = bytes_.data() + of.begin;
  std::vector<Entry> entries;
  if (!of.is_dense()) {
    for (std::size_t i = 0; i < of.size; ++i) {
      entries.push_back({static_cast<std::uint8_t>(from[2 * i]), from[2 * i + 1]});
    }
    return entries;
  }
  EntryWriter writer(entries);
  for (std::size_t i = 0; i < of.dense_size(); ++i) {
    writer.add(first_of(from) + i, from[kFirstBytes + i]);
  }
  return entries;
}

void WeightRowsMaker::add_row(std::span<const Weight> weights) {
  float highest = 0;
  for (const Weight& weight : weights) highest = std::max(highest, std::abs(weight.weight));
  const float scale = decoded_scale(coded_scale(highest / 127));
  scales_.push_back(scale);
  const std::size_t before = entries_.size();
  EntryWriter writer(entries_);
  for (const Weight& weight : weights) {
    if (!(scale > 0)) break;
    writer.add(weight.of_class, static_cast<std::int8_t>(std::lround(weight.weight / scale)));
  }
  counts_.push_back(static_cast<std::uint16_t>(entries_.size() - before));
}

WeightRows WeightSheaf::rows(std::uint32_t size) const {
  std::vector<std::uint32_t> next(std::size_t{size} + 1, 0);
  for (const Straw& straw : weights_) ++next[straw.row + 1];
  for (std::size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
  std::vector<std::uint32_t> order(weights_.size());
  for (std::uint32_t i = 0; i < weights_.size(); ++i) order[next[weights_[i].row]++] = i;

  WeightRowsMaker maker;
  std::vector<WeightRowsMaker::Weight> weights;
  std::size_t at = 0;
  for (std::uint32_t row = 0; row < size; ++row) {
    weights.clear();
    for (; at < order.size() && weights_[order[at]].row == row; ++at) {
      weights.push_back(weights_[order[at]].weight);
    }
    maker.add_row(weights);
  }
  return maker.take();
}

}  // namespace mitr::apce
