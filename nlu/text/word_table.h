// The table behind lexicon.h while it is built: words in their normal form, and the sounds of Hindi
// numbers. Only the files of nlu/text that list words need it.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "nlu/text/lexicon.h"

namespace mitr {

/// How a word in Roman letters sounds, roughly: doubled letters once, "ee" as "i", "w" as "v".
/// Fixed in size, since it is made for every unknown word.
class Sound {
 public:
  explicit Sound(std::string_view norm);
  /// Empty: too short, too long or not Roman.
  std::string_view key() const { return {letters_.data(), size_}; }

 private:
  std::array<char, 20> letters_{};
  std::size_t size_ = 0;
};

class WordTable {
 public:
  using List = std::initializer_list<std::string_view>;

  /// Words that share flags and a value; 0 leaves the value as it is.
  void add(std::uint32_t flags, List list, std::uint8_t value = 0);
  void number(NumberRole role, std::uint8_t number, List list, std::uint32_t flags = 0);
  /// A Hindi number whose Roman spelling nobody agrees on: found by its sound too.
  void sounding(NumberRole role, std::uint8_t number, List list, std::uint32_t flags = 0);
  void mean(Meaning meaning, List list, std::uint32_t flags = 0);
  Sense find(std::string_view norm) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>{}(word);
    }
  };
  using Map = std::unordered_map<std::string, Sense, Hash, std::equal_to<>>;

  Map words_;
  Map sounds_;
};

// Each adds the words of its file to the lexicon.
void add_number_words(WordTable& words);
void add_measure_words(WordTable& words);
void add_time_words(WordTable& words);

}  // namespace mitr
