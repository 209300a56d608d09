// The words of one pack as small numbers, and lists of phrases over them. Compiled when the pack
// loads, so that a message's words are looked up once and everything after compares integers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "nlu/text/tokens.h"

namespace mitr {

/// 0: a word the pack never mentions.
using WordId = std::uint16_t;

class Vocabulary {
 public:
  /// The word's number, new if need be. Normalises; 0 once 65,535 words are known.
  WordId add(std::string_view word);
  WordId find(std::string_view norm) const;
  std::vector<WordId> ids(const Tokens& tokens) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::unordered_map<std::string, WordId, Hash, std::equal_to<>> ids_;
};

/// One bit for a word; of many words, all their bits: what has no bit in common has no word in
/// common.
inline std::uint64_t bit_of(WordId id) {
  return id == 0 ? 0 : std::uint64_t{1} << (id % 64);
}
inline std::uint64_t bits_of(const std::vector<WordId>& ids) {
  std::uint64_t bits = 0;
  for (const WordId id : ids) bits |= bit_of(id);
  return bits;
}

/// Phrases of one or more words.
class PhraseList {
 public:
  void add(Vocabulary& vocabulary, std::string_view phrase);
  bool empty() const { return phrases_.empty(); }
  /// False: none of the words begins a phrase of the list.
  bool may_match(std::uint64_t bits) const { return (begins_ & bits) != 0; }
  /// Tokens of the longest phrase that starts at `at`; 0: none does.
  std::size_t match(const std::vector<WordId>& ids, std::size_t at) const {
    // Most words begin no phrase of the list: one bit says so.
    if (at >= ids.size() || (begins_ & bit_of(ids[at])) == 0) return 0;
    return longest(ids, at);
  }

 private:
  std::size_t longest(const std::vector<WordId>& ids, std::size_t at) const;

  std::uint64_t begins_ = 0;                  ///< Bits of the first words.
  std::vector<WordId> firsts_;                ///< Of the phrases, in their order.
  std::vector<std::vector<WordId>> phrases_;  ///< Sorted by first word.
};

}  // namespace mitr
