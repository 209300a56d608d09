// A message as the statistical tier reads it: words and single marks, lower-case, in one spelling,
// each with its place in the original bytes. Unlike nlu/text/tokens.h nothing is looked up, and
// digits belong to the word they touch: what counts is that training and use cut alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mitr::apce {

/// How a word was written, which its lower-case letters no longer tell.
enum class Shape : std::uint8_t { kLower, kCapital, kUpper, kNumber, kMixed, kMark };

struct Word {
  std::uint32_t begin = 0;  ///< Byte offsets into the original text.
  std::uint32_t end = 0;
  std::uint32_t first = 0;  ///< Its letters, as a part of all letters.
  std::uint32_t last = 0;
  Shape shape = Shape::kLower;
};

/// The words of one text; looks no further than kApceWordsMax words and kApceLettersMax letters.
/// Any bytes are accepted, valid UTF-8 or not.
class Words {
 public:
  explicit Words(std::string_view text);

  std::size_t size() const { return words_.size(); }
  const Word& operator[](std::size_t at) const { return words_[at]; }
  /// The word's code points in their one spelling.
  std::u32string_view letters(std::size_t at) const {
    const Word& word = words_[at];
    return std::u32string_view(letters_).substr(word.first, word.last - word.first);
  }

 private:
  std::u32string letters_;
  std::vector<Word> words_;
};

}  // namespace mitr::apce
