// Features of words; see slot_features.h.
#include "nlu/apce/slot_features.h"

#include <algorithm>

#include "nlu/apce/mixing.h"

namespace mitr::apce {
namespace {

/// Words on each side that are seen at their places, and as a bag.
constexpr int kWindow = 3;
constexpr std::size_t kBag = 6;
constexpr std::size_t kEdgeLetters = 4;

enum Template : std::uint64_t {
  kBias = 0x600,
  kAt,
  kPairAt = kAt + 8,
  kTriple = kPairAt + 8,
  kPrefix,
  kSuffix,
  kPrefixBeside,
  kSuffixBeside,
  kShapeAt,
  kShapes = kShapeAt + 4,
  kBagLeft,
  kBagRight,
  kFirst,
  kLast,
  kContext,
  kContextWord,
  kContextShape,
  kPhrase,
  kValueWord,
  kValueWordBefore,
  kValueWordAfter,
};
/// Where in a known phrase a word stands.
enum class Part : std::uint8_t { kWhole, kStart, kMiddle, kEnd };

/// Features of one utterance, gathered word by word.
class Gathering {
 public:
  Gathering(const Words& words, const std::vector<std::string_view>& context,
            const Gazetteer& gazetteer, const std::vector<Gazetteer::Entry>& own)
      : words_(words), gazetteer_(gazetteer), own_(own), known_(words.size()) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      hashes_.push_back(mixed(1, words.letters(at)));
    }
    for (const std::string_view word : context) {
      std::uint64_t hash = kContext;
      for (const char c : word) hash = mixed(hash, static_cast<unsigned char>(c));
      context_.push_back(hash);
    }
    find_values();
  }

  SlotFeatures take() {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      add_around(at);
      add_writing(at);
      add_bags(at);
      add_context(at);
      features_.keys.insert(features_.keys.end(), known_[at].begin(), known_[at].end());
      features_.begins.push_back(features_.keys.size());
    }
    return std::move(features_);
  }

 private:
  void add(std::uint64_t what, std::uint64_t value) {
    features_.keys.push_back(key_of(mixed(what, value)));
  }
  /// Beyond the ends stands a word of its own.
  std::uint64_t hash(std::ptrdiff_t at) const {
    return at < 0 || at >= std::ssize(hashes_) ? (at < 0 ? 2 : 3)
                                               : hashes_[static_cast<std::size_t>(at)];
  }
  std::uint64_t shape(std::ptrdiff_t at) const {
    if (at < 0 || at >= std::ssize(hashes_)) return 77;
    const Word& word = words_[static_cast<std::size_t>(at)];
    const std::size_t letters = word.last - word.first;
    return static_cast<std::uint64_t>(word.shape) * 8 + std::min<std::size_t>(letters, 5);
  }

  void add_around(std::size_t word) {
    const auto at = static_cast<std::ptrdiff_t>(word);
    add(kBias, 0);
    for (int i = -kWindow; i <= kWindow; ++i) {
      add(kAt + static_cast<std::uint64_t>(i + kWindow), hash(at + i));
    }
    for (int i = -2; i <= 1; ++i) {
      add(kPairAt + static_cast<std::uint64_t>(i + 2), mixed(hash(at + i), hash(at + i + 1)));
    }
    add(kPairAt + 4, mixed(hash(at - 1), hash(at + 1)));
    add(kTriple, mixed(mixed(hash(at - 1), hash(at)), hash(at + 1)));
    if (word == 0) add(kFirst, 0);
    if (word + 1 == words_.size()) add(kLast, 0);
  }

  void add_edges(std::ptrdiff_t at, std::uint64_t prefix, std::uint64_t suffix, std::size_t from) {
    if (at < 0 || at >= std::ssize(hashes_)) return;
    const std::u32string_view letters = words_.letters(static_cast<std::size_t>(at));
    for (std::size_t n = from; n <= kEdgeLetters && n <= letters.size(); ++n) {
      add(prefix, mixed(n, letters.substr(0, n)));
      add(suffix, mixed(n, letters.substr(letters.size() - n)));
    }
  }

  void add_writing(std::size_t word) {
    const auto at = static_cast<std::ptrdiff_t>(word);
    add_edges(at, kPrefix, kSuffix, 1);
    add_edges(at - 1, kPrefixBeside, kSuffixBeside, 3);
    add_edges(at + 1, kPrefixBeside + 0x100, kSuffixBeside + 0x100, 3);
    for (int i = -1; i <= 1; ++i) add(kShapeAt + static_cast<std::uint64_t>(i + 1), shape(at + i));
    add(kShapes, mixed(mixed(shape(at - 1), shape(at)), shape(at + 1)));
  }

  void add_bags(std::size_t word) {
    for (std::size_t i = word - std::min(word, kBag); i < word; ++i) add(kBagLeft, hashes_[i]);
    for (std::size_t i = word + 1; i < std::min(word + 1 + kBag, words_.size()); ++i) {
      add(kBagRight, hashes_[i]);
    }
  }

  void add_context(std::size_t word) {
    for (const std::uint64_t context : context_) {
      add(kContext, context);
      add(kContextWord, mixed(context, hashes_[word]));
      add(kContextShape, mixed(context, shape(static_cast<std::ptrdiff_t>(word))));
    }
  }

  /// True if others than this utterance had it as a value of the slot.
  bool counts(const Gazetteer::Entry& entry) const {
    int count = entry.count;
    for (const Gazetteer::Entry& mine : own_) {
      if (mine.key == entry.key && mine.slot == entry.slot) count -= mine.count;
    }
    return count > 0;
  }

  void find_values() {
    const std::size_t size = words_.size();
    std::vector<bool> found;
    for (std::size_t first = 0; first < size; ++first) {
      found.clear();
      for (std::size_t last = std::min(first + kPhraseWordsMax, size); last > first; --last) {
        for (const auto& entry : gazetteer_.find(Gazetteer::phrase_key(words_, first, last))) {
          // The longest phrase of a slot that begins here speaks for it.
          if (found.size() <= entry.slot) found.resize(entry.slot + std::size_t{1});
          if (found[entry.slot] || !counts(entry)) continue;
          found[entry.slot] = true;
          for (std::size_t at = first; at < last; ++at) {
            const Part part = last - first == 1 ? Part::kWhole
                              : at == first     ? Part::kStart
                              : at + 1 == last  ? Part::kEnd
                                                : Part::kMiddle;
            note(at, kPhrase, entry.slot * 4ULL + static_cast<std::uint64_t>(part));
          }
        }
      }
      for (const auto& entry : gazetteer_.find(Gazetteer::word_key(words_, first))) {
        if (!counts(entry)) continue;
        note(first, kValueWord, entry.slot);
        if (first > 0) note(first - 1, kValueWordAfter, entry.slot);
        if (first + 1 < size) note(first + 1, kValueWordBefore, entry.slot);
      }
    }
  }
  void note(std::size_t at, std::uint64_t what, std::uint64_t value) {
    const std::uint32_t key = key_of(mixed(what, value));
    std::vector<std::uint32_t>& known = known_[at];
    if (std::find(known.begin(), known.end(), key) == known.end()) known.push_back(key);
  }

  const Words& words_;
  const Gazetteer& gazetteer_;
  const std::vector<Gazetteer::Entry>& own_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint64_t> context_;
  std::vector<std::vector<std::uint32_t>> known_;
  SlotFeatures features_;
};

}  // namespace

SlotFeatures slot_features(const Words& words, const std::vector<std::string_view>& context,
                           const Gazetteer& gazetteer, const std::vector<Gazetteer::Entry>& own) {
  return Gathering(words, context, gazetteer, own).take();
}

}  // namespace mitr::apce
