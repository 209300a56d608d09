// What an utterance is made of, as hashes: words, pairs of words, and runs of one to five letters
// inside a word with its edges. Nothing of the words themselves can be read back.
#pragma once

#include <cstdint>
#include <vector>

#include "nlu/apce/words.h"

namespace mitr::apce {

enum class GramKind : std::uint8_t { kWord, kPair, kSound, kLetters };

struct Gram {
  std::uint32_t key = 0;
  std::uint16_t count = 0;
  GramKind kind = GramKind::kWord;
};

/// The distinct grams, in the order of their first place; at most kApceGramsMax.
std::vector<Gram> grams_of(const Words& words);
/// The grams of one word alone, and of its pair with the one before: what it is answerable for.
std::vector<Gram> grams_of(const Words& words, std::size_t at);

}  // namespace mitr::apce
