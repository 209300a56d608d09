// Hashing words and letters; see grams.h.
#include "nlu/apce/grams.h"

#include <algorithm>
#include <array>
#include <bit>

#include "nlu/apce/mixing.h"
#include "nlu/apce/sounds.h"
#include "protocols/limits.h"

namespace mitr::apce {
namespace {

constexpr std::uint64_t kWordSeed = 0x1F0D;
constexpr std::uint64_t kPairSeed = 0x2F1D;
constexpr std::uint64_t kSoundSeed = 0x7F6D;
constexpr std::uint64_t kSoundPairSeed = 0x8F7D;
constexpr std::uint64_t kLettersSeed = 0x3F2D;
/// Stands for the edge of a word in runs of letters.
constexpr char32_t kEdge = U' ';
constexpr std::size_t kRunMax = 5;

/// Distinct grams, found again through a small table that lives for one utterance.
class Collection {
 public:
  explicit Collection(std::size_t letters) {
    const std::size_t expected = std::min(letters * (kRunMax + 1) + 16, limits::kApceGramsMax);
    mask_ = static_cast<std::uint32_t>(std::bit_ceil(expected * 2) - 1);
    std::fill_n(places_.begin(), mask_ + 1, std::uint16_t{0});
    grams_.reserve(expected);
  }

  void add(std::uint64_t hash, GramKind kind) {
    const std::uint32_t key = key_of(hash);
    std::uint32_t at = key & mask_;
    while (places_[at] != 0) {
      Gram& gram = grams_[places_[at] - 1U];
      if (gram.key == key) {
        gram.count = static_cast<std::uint16_t>(std::min(gram.count + 1, 0xFFFF));
        return;
      }
      at = (at + 1) & mask_;
    }
    if (grams_.size() >= limits::kApceGramsMax) return;
    grams_.push_back({key, 1, kind});
    places_[at] = static_cast<std::uint16_t>(grams_.size());
  }

  void add_word(const Words& words, std::size_t at) {
    add(mixed(kWordSeed, words.letters(at)), GramKind::kWord);
    if (at > 0) {
      add(mixed(mixed(kPairSeed, words.letters(at - 1)), words.letters(at)), GramKind::kPair);
    }
  }

  void add_sounds(const Words& words, std::size_t at) {
    const Sounds sounds(words.letters(at));
    if (sounds.letters().empty()) return;
    add(mixed(kSoundSeed, sounds.letters()), GramKind::kSound);
    if (at == 0) return;
    const Sounds before(words.letters(at - 1));
    if (before.letters().empty()) return;
    add(mixed(mixed(kSoundPairSeed, before.letters()), sounds.letters()), GramKind::kSound);
  }

  void add_letters(std::u32string_view letters) {
    const std::size_t size = letters.size() + 2;
    const auto letter = [&](std::size_t i) {
      return i == 0 || i + 1 == size ? kEdge : letters[i - 1];
    };
    for (std::size_t first = 0; first < size; ++first) {
      std::uint64_t hash = kLettersSeed;
      for (std::size_t run = 1; run <= kRunMax && first + run <= size; ++run) {
        hash = mixed(hash, letter(first + run - 1));
        // An edge alone says nothing.
        if (run > 1 || (first > 0 && first + 1 < size)) add(hash + run, GramKind::kLetters);
      }
    }
  }

  std::vector<Gram> take() { return std::move(grams_); }

 private:
  std::array<std::uint16_t, std::bit_ceil(limits::kApceGramsMax * 2)> places_;
  std::uint32_t mask_ = 0;
  std::vector<Gram> grams_;
};

}  // namespace

std::vector<Gram> grams_of(const Words& words) {
  const std::size_t letters = words.size() == 0 ? 0 : words[words.size() - 1].last;
  Collection collection(letters + words.size());
  for (std::size_t at = 0; at < words.size(); ++at) collection.add_word(words, at);
  if (speaks_hindi(words)) {
    for (std::size_t at = 0; at < words.size(); ++at) collection.add_sounds(words, at);
  }
  for (std::size_t at = 0; at < words.size(); ++at) collection.add_letters(words.letters(at));
  return collection.take();
}

std::vector<Gram> grams_of(const Words& words, std::size_t at) {
  Collection collection(words.letters(at).size() + 1);
  collection.add_word(words, at);
  if (speaks_hindi(words)) collection.add_sounds(words, at);
  collection.add_letters(words.letters(at));
  return collection.take();
}

}  // namespace mitr::apce
