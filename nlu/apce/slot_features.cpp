// Gathering what is seen of words; see slot_features.h.
#include "nlu/apce/slot_features.h"

#include <algorithm>
#include <utility>

#include "nlu/apce/mixing.h"

namespace mitr::apce {
namespace {

constexpr std::size_t kEdgeLetters = 4;
/// Edges of fewer letters say nothing of the words beside theirs.
constexpr std::size_t kTellingEdge = 3;

constexpr std::uint64_t kSightingSeed = 0x6F5D;
/// Beyond what is said of phrases.
constexpr std::uint64_t kWordOfValue = 1U << 20;

enum Template : std::uint64_t {
  kBias,
  kWord,
  kPair,
  kAround,
  kTriple,
  kPrefix,
  kSuffix,
  kShape,
  kShapes,
  kBag,
  kFirst,
  kLast,
  kContext,
  kContextWord,
  kContextShape,
  kPhrase,
  kValueWord,
};
/// Small values of two templates must not meet.
constexpr std::uint32_t seen_key(Template what, std::uint64_t value) {
  return key_of(mixed(mixed(kSightingSeed, what), value));
}
/// Where in a known phrase a word stands.
enum class Part : std::uint8_t { kWhole, kStart, kMiddle, kEnd };

/// What is seen of one utterance, gathered word by word.
class Gathering {
 public:
  Gathering(const Words& words, const std::vector<std::string_view>& context,
            const Gazetteer& gazetteer, const std::vector<Gazetteer::Entry>& own,
            const FurtherValues& further)
      : words_(words),
        size_(static_cast<std::ptrdiff_t>(words.size())),
        gazetteer_(gazetteer),
        own_(own),
        further_(further) {
    hashes_.reserve(words.size());
    for (std::size_t at = 0; at < words.size(); ++at) {
      hashes_.push_back(mixed(1, words.letters(at)));
    }
    for (const std::string_view word : context) {
      std::uint64_t hash = kContext;
      for (const char c : word) hash = mixed(hash, static_cast<unsigned char>(c));
      context_.push_back(hash);
    }
  }

  std::vector<Sighting> take() {
    sightings_.reserve(words_.size() * 28 + 32);
    for (std::ptrdiff_t at = -kReach; at < size_ + kReach; ++at) {
      add(kWord, hash(at), at, -kReach, kReach);
      if (at >= -2 && at <= size_) add(kPair, mixed(hash(at), hash(at + 1)), at, -1, 2);
      if (at >= -1 && at <= size_) add(kShape, shape(at), at, -1, 1);
      if (at >= 0 && at < size_) add_word(at);
    }
    add_values();
    return std::move(sightings_);
  }

 private:
  /// Speaks for the words from `first` to `last` after it.
  void add(Template what, std::uint64_t value, std::ptrdiff_t at, std::ptrdiff_t first = 0,
           std::ptrdiff_t last = 0) {
    sightings_.push_back({seen_key(what, value), static_cast<std::int32_t>(at),
                          static_cast<std::uint8_t>(first + kReach),
                          static_cast<std::uint8_t>(last + kReach), false});
  }
  /// Beyond the ends stands a word of its own.
  std::uint64_t hash(std::ptrdiff_t at) const {
    return at < 0 || at >= size_ ? (at < 0 ? 2 : 3) : hashes_[static_cast<std::size_t>(at)];
  }
  std::uint64_t shape(std::ptrdiff_t at) const {
    if (at < 0 || at >= size_) return 77;
    const Word& word = words_[static_cast<std::size_t>(at)];
    const std::size_t letters = word.last - word.first;
    return static_cast<std::uint64_t>(word.shape) * 8 + std::min<std::size_t>(letters, 5);
  }

  void add_word(std::ptrdiff_t at) {
    add(kBias, 0, at);
    add(kAround, mixed(hash(at - 1), hash(at + 1)), at);
    add(kTriple, mixed(mixed(hash(at - 1), hash(at)), hash(at + 1)), at);
    add(kShapes, mixed(mixed(shape(at - 1), shape(at)), shape(at + 1)), at);
    if (at == 0) add(kFirst, 0, at);
    if (at + 1 == size_) add(kLast, 0, at);
    add_edges(at);
    sightings_.push_back(
        {seen_key(kBag, hash(at)), static_cast<std::int32_t>(at), 0, kBagPlaces - 1, true});
    for (const std::uint64_t context : context_) {
      add(kContext, context, at);
      add(kContextWord, mixed(context, hash(at)), at);
      add(kContextShape, mixed(context, shape(at)), at);
    }
  }

  void add_edges(std::ptrdiff_t at) {
    const std::u32string_view letters = words_.letters(static_cast<std::size_t>(at));
    for (std::size_t n = 1; n <= kEdgeLetters && n <= letters.size(); ++n) {
      const std::ptrdiff_t beside = n >= kTellingEdge ? 1 : 0;
      add(kPrefix, mixed(n, letters.substr(0, n)), at, -beside, beside);
      add(kSuffix, mixed(n, letters.substr(letters.size() - n)), at, -beside, beside);
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

  /// The slot of an entry, if it counts; kNone: it does not.
  std::uint16_t slot_of(const Gazetteer& gazetteer, const Gazetteer::Entry& entry) const {
    if (&gazetteer == &gazetteer_) return counts(entry) ? entry.slot : FurtherValues::kNone;
    return further_.slots[entry.slot];
  }

  struct Phrases {
    Gazetteer::PhraseKeys keys;
    std::size_t longest = 0;
    std::uint32_t word = 0;
  };

  /// Something said of a word, and what was said of it before.
  struct Said {
    std::uint64_t value = 0;
    std::uint32_t before = 0;
  };
  static constexpr std::uint32_t kNothing = 0xFFFFFFFF;

  void add_values() {
    phrases_.resize(words_.size());
    last_said_.assign(words_.size(), kNothing);
    for (std::size_t first = 0; first < words_.size(); ++first) {
      Phrases& phrases = phrases_[first];
      phrases.longest = Gazetteer::phrase_keys(words_, first, phrases.keys);
      phrases.word = Gazetteer::word_key(words_, first);
    }
    fetch(gazetteer_);
    if (further_.gazetteer != nullptr) fetch(*further_.gazetteer);
    std::vector<bool> found;
    for (std::size_t first = 0; first < words_.size(); ++first) {
      found.clear();
      add_values(gazetteer_, first, found);
      if (further_.gazetteer != nullptr) add_values(*further_.gazetteer, first, found);
    }
  }
  /// Asks memory for all that will be looked up, at once instead of one after the other.
  void fetch(const Gazetteer& gazetteer) const {
    const auto each_key = [this](auto visit) {
      for (const Phrases& phrases : phrases_) {
        for (std::size_t i = 0; i < phrases.longest; ++i) visit(phrases.keys[i]);
        visit(phrases.word);
      }
    };
    each_key([&](std::uint32_t key) { gazetteer.keys().fetch_bucket(key); });
    each_key([&](std::uint32_t key) { gazetteer.keys().fetch_keys(key); });
  }
  /// Those that begin at a word. `found` are slots for which a phrase has spoken there.
  void add_values(const Gazetteer& gazetteer, std::size_t first, std::vector<bool>& found) {
    const Phrases& phrases = phrases_[first];
    for (std::size_t length = phrases.longest; length > 0; --length) {
      for (const auto& entry : gazetteer.find(phrases.keys[length - 1])) {
        const std::uint16_t slot = slot_of(gazetteer, entry);
        if (slot == FurtherValues::kNone) continue;
        // The longest phrase of a slot that begins here speaks for it.
        if (found.size() <= slot) found.resize(slot + std::size_t{1});
        if (found[slot]) continue;
        found[slot] = true;
        add_phrase(slot, first, length);
      }
    }
    for (const auto& entry : gazetteer.find(phrases.word)) {
      const std::uint16_t slot = slot_of(gazetteer, entry);
      if (slot == FurtherValues::kNone || !said(first, kWordOfValue + slot)) continue;
      add(kValueWord, slot, static_cast<std::ptrdiff_t>(first), -1, 1);
    }
  }
  /// False if it was said of the word before: two phrases of one slot may overlap, and two
  /// gazetteers know one word.
  bool said(std::size_t word, std::uint64_t value) {
    for (std::uint32_t at = last_said_[word]; at != kNothing; at = said_[at].before) {
      if (said_[at].value == value) return false;
    }
    said_.push_back({value, last_said_[word]});
    last_said_[word] = static_cast<std::uint32_t>(said_.size() - 1);
    return true;
  }
  void add_phrase(std::uint16_t slot, std::size_t first, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i) {
      const Part part = length == 1      ? Part::kWhole
                        : i == 0         ? Part::kStart
                        : i + 1 < length ? Part::kMiddle
                                         : Part::kEnd;
      const std::uint64_t value = slot * 4ULL + static_cast<std::uint64_t>(part);
      if (!said(first + i, value)) continue;
      add(kPhrase, value, static_cast<std::ptrdiff_t>(first + i));
    }
  }

  const Words& words_;
  std::ptrdiff_t size_;
  const Gazetteer& gazetteer_;
  const std::vector<Gazetteer::Entry>& own_;
  const FurtherValues& further_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint64_t> context_;
  std::vector<Phrases> phrases_;
  std::vector<Said> said_;
  std::vector<std::uint32_t> last_said_;  ///< Of each word, into said_.
  std::vector<Sighting> sightings_;
};

}  // namespace

std::vector<Sighting> sightings_of(const Words& words, const std::vector<std::string_view>& context,
                                   const Gazetteer& gazetteer,
                                   const std::vector<Gazetteer::Entry>& own,
                                   const FurtherValues& further) {
  return Gathering(words, context, gazetteer, own, further).take();
}

}  // namespace mitr::apce
