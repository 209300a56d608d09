// Which phrases, and which words, were values of which slots, and which words of none: as hashes,
// with how often, so that an utterance in training does not meet its own values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/apce/key_directory.h"
#include "nlu/apce/words.h"

namespace mitr::apce {

/// Values longer than this are sentences, which nobody says twice.
constexpr std::size_t kPhraseWordsMax = 8;

/// A value of a slot: words [first, last) of an utterance.
struct Value {
  std::size_t first = 0;
  std::size_t last = 0;
  std::uint16_t slot = 0;
};

class Gazetteer {
 public:
  struct Entry {
    std::uint32_t key = 0;
    std::uint16_t slot = 0;
    std::uint16_t count = 0;
    bool operator==(const Entry&) const = default;
  };

  Gazetteer() = default;
  /// In any order; the same key and slot are counted together.
  explicit Gazetteer(std::vector<Entry> entries);

  /// Slots that had it as a value, with how often.
  std::span<const Entry> find(std::uint32_t key) const;
  const std::vector<Entry>& entries() const { return entries_; }
  const KeyDirectory& keys() const { return keys_; }

  using PhraseKeys = std::array<std::uint32_t, kPhraseWordsMax>;
  /// Keys of the phrases that begin at a word, by length from one word on; answers how many.
  static std::size_t phrase_keys(const Words& words, std::size_t first, PhraseKeys& keys);
  static std::uint32_t word_key(const Words& words, std::size_t at);
  /// What one value adds: itself, and each of its words.
  static void add_value(std::vector<Entry>& entries, const Words& words, const Value& value);
  static void add_word(std::vector<Entry>& entries, const Words& words, std::size_t at,
                       std::uint16_t slot);
  /// What an utterance adds: its values, and as words of no slot, which has the number `none`,
  /// those that stand in no value.
  static void add_utterance(std::vector<Entry>& entries, const Words& words,
                            const std::vector<Value>& values, std::uint16_t none);

 private:
  KeyDirectory keys_;
  std::vector<std::uint32_t> begins_{0};
  std::vector<Entry> entries_;
};

}  // namespace mitr::apce
