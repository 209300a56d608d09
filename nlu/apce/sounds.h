// How a word sounds, roughly and in either script: its consonants, with what people spell
// differently written one way. "nahi", "nahin", "nai" and "नहीं"; "fees", "fis" and "फीस";
// "chahiye", "chaiye", "चाहिए".
#pragma once

#include <cstddef>
#include <string_view>

#include "nlu/apce/words.h"

namespace mitr::apce {

/// The sounds of one word, small Roman letters; none for numbers, marks and other scripts.
class Sounds {
 public:
  explicit Sounds(std::u32string_view letters);
  std::u32string_view letters() const { return {letters_, size_}; }

 private:
  static constexpr std::size_t kMax = 16;
  void add(char32_t sound);
  void add_roman(std::u32string_view letters, std::size_t& at);

  char32_t letters_[kMax];
  std::size_t size_ = 0;
};

/// True if some of the words are Hindi: in Devanagari, or a Roman one that English does not have.
/// What English sounds like says less than how it is spelt.
bool speaks_hindi(const Words& words);

}  // namespace mitr::apce
