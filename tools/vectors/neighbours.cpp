// Counting neighbours; see neighbours.h.
#include "tools/vectors/neighbours.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace mitr::vectors {
namespace {

/// Words so far apart are no neighbours.
constexpr std::size_t kWindow = 5;
constexpr std::uint32_t kRare = 0xFFFFFFFF;

/// Adds up cells in any order. A row is put in order whenever it has doubled, so that it never
/// holds much more than its sums.
class Sums {
 public:
  explicit Sums(std::size_t size) : rows_(size) {}
  /// Both ways.
  void add(std::uint32_t a, std::uint32_t b, double value) {
    if (a == kRare || b == kRare || a == b) return;
    add_one(a, b, static_cast<float>(value));
    add_one(b, a, static_cast<float>(value));
  }
  SparseTable take() {
    SparseTable table;
    for (Row& row : rows_) {
      settle(row);
      table.cells.insert(table.cells.end(), row.cells.begin(), row.cells.end());
      table.begins.push_back(table.cells.size());
      row = {};
    }
    return table;
  }

 private:
  struct Row {
    std::vector<SparseTable::Cell> cells;
    std::size_t settled = 0;
  };
  void add_one(std::uint32_t row, std::uint32_t column, float value) {
    Row& of = rows_[row];
    of.cells.push_back({column, value});
    if (of.cells.size() > 2 * of.settled + 64) settle(of);
  }
  static void settle(Row& row) {
    auto& cells = row.cells;
    std::stable_sort(cells.begin(), cells.end(),
                     [](const auto& a, const auto& b) { return a.column < b.column; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (kept > 0 && cells[kept - 1].column == cells[i].column) {
        cells[kept - 1].value += cells[i].value;
      } else {
        cells[kept++] = cells[i];
      }
    }
    cells.resize(kept);
    row.settled = kept;
  }

  std::vector<Row> rows_;
};

std::vector<std::uint32_t> distinct(std::span<const std::uint32_t> words) {
  std::vector<std::uint32_t> once(words.begin(), words.end());
  std::sort(once.begin(), once.end());
  once.erase(std::unique(once.begin(), once.end()), once.end());
  return once;
}

/// One entry: near words by their distance, heads with what explains them, heads with each other.
void count_entry(std::span<const std::uint32_t> heads, std::span<const std::uint32_t> all,
                 Sums& sums) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size() && j <= i + kWindow; ++j) {
      sums.add(all[i], all[j], 1.0 / static_cast<double>(j - i));
    }
  }
  const auto heading = distinct(heads);
  const auto defining = distinct(all.subspan(heads.size()));
  const double head_share =
      2 / std::sqrt(static_cast<double>(std::max<std::size_t>(heading.size(), 1)));
  const double share = head_share / std::sqrt(1.0 + static_cast<double>(defining.size()));
  for (std::size_t i = 0; i < heading.size(); ++i) {
    for (const std::uint32_t word : defining) sums.add(heading[i], word, share);
    for (std::size_t j = i + 1; j < heading.size(); ++j) {
      sums.add(heading[i], heading[j], head_share);
    }
  }
}

}  // namespace

std::uint32_t Gathering::number_of(std::string_view word) {
  const auto [at, is_new] =
      numbers_.emplace(std::string(word), static_cast<std::uint32_t>(met_.size()));
  if (is_new) met_.push_back(0);
  ++met_[at->second];
  return at->second;
}

void Gathering::add(const Entry& entry) {
  for (const std::string_view word : entry.heads) tokens_.push_back(number_of(word));
  const std::size_t definition = tokens_.size();
  for (const std::string_view word : entry.definition) tokens_.push_back(number_of(word));
  entries_.push_back({definition, tokens_.size()});
}

Neighbours Gathering::neighbours(std::size_t words_max, std::uint32_t least) const {
  std::vector<const std::pair<const std::string, std::uint32_t>*> order;
  for (const auto& known : numbers_) {
    if (met_[known.second] >= least) order.push_back(&known);
  }
  std::sort(order.begin(), order.end(), [&](const auto* a, const auto* b) {
    const std::uint32_t met_a = met_[a->second];
    const std::uint32_t met_b = met_[b->second];
    return met_a != met_b ? met_a > met_b : a->first < b->first;
  });
  if (order.size() > words_max) order.resize(words_max);

  Neighbours found;
  std::vector<std::uint32_t> rows(met_.size(), kRare);
  for (const auto* known : order) {
    rows[known->second] = static_cast<std::uint32_t>(found.words.size());
    found.words.push_back(known->first);
    found.shares.push_back(static_cast<double>(met_[known->second]) /
                           static_cast<double>(tokens_.size()));
  }
  Sums sums(found.words.size());
  std::vector<std::uint32_t> words;
  std::size_t begin = 0;
  for (const Place& place : entries_) {
    words.clear();
    for (std::size_t i = begin; i < place.end; ++i) words.push_back(rows[tokens_[i]]);
    count_entry(std::span(words).first(place.definition - begin), words, sums);
    begin = place.end;
  }
  found.counts = sums.take();
  return found;
}

}  // namespace mitr::vectors
