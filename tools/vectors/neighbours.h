// How often words stand near each other in dictionaries, or explain each other: what vectors are
// made from. Gathered in one walk, counted in a second; the same entries give the same counts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tools/vectors/dictionary.h"

namespace mitr::vectors {

/// A square table with a row and a column a word, most of it empty. A row's columns ascend.
struct SparseTable {
  struct Cell {
    std::uint32_t column = 0;
    float value = 0;
  };
  std::vector<std::size_t> begins{0};
  std::vector<Cell> cells;
  std::size_t size() const { return begins.size() - 1; }
};

struct Neighbours {
  std::vector<std::string> words;  ///< The most frequent first.
  std::vector<double> shares;      ///< Of all words of the dictionaries.
  SparseTable counts;              ///< The same read across and down.
};

/// Takes entries in and gives neighbours.
class Gathering {
 public:
  void add(const Entry& entry);
  std::size_t entries() const { return entries_.size(); }
  /// Of the `words_max` most frequent words, of those met `least` times.
  Neighbours neighbours(std::size_t words_max, std::uint32_t least) const;

 private:
  struct Place {
    std::size_t definition = 0;  ///< Into tokens_, which has the heads of an entry first.
    std::size_t end = 0;
  };
  std::uint32_t number_of(std::string_view word);

  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::uint32_t> met_;
  std::vector<std::uint32_t> tokens_;
  std::vector<Place> entries_;
};

}  // namespace mitr::vectors
