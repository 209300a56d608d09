// Values of slots; see gazetteer.h.
#include "nlu/apce/gazetteer.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "nlu/apce/mixing.h"

namespace mitr::apce {
namespace {

constexpr std::uint64_t kPhraseSeed = 0x4F3D;
constexpr std::uint64_t kValueWordSeed = 0x5F4D;

}  // namespace

Gazetteer::Gazetteer(std::vector<Entry> entries) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.key, a.slot) < std::tie(b.key, b.slot);
  });
  std::vector<std::uint32_t> keys;
  begins_.clear();
  for (const Entry& entry : entries) {
    const bool same_key = !keys.empty() && keys.back() == entry.key;
    if (same_key && entries_.back().slot == entry.slot) {
      const int count = entries_.back().count + entry.count;
      entries_.back().count = static_cast<std::uint16_t>(std::min(count, 0xFFFF));
      continue;
    }
    if (!same_key) {
      keys.push_back(entry.key);
      begins_.push_back(static_cast<std::uint32_t>(entries_.size()));
    }
    entries_.push_back(entry);
  }
  begins_.push_back(static_cast<std::uint32_t>(entries_.size()));
  keys_ = KeyDirectory(std::move(keys));
}

std::span<const Gazetteer::Entry> Gazetteer::find(std::uint32_t key) const {
  const std::uint32_t at = keys_.find(key);
  if (at == KeyDirectory::kNone) return {};
  return std::span(entries_).subspan(begins_[at], begins_[at + 1] - begins_[at]);
}

std::size_t Gazetteer::phrase_keys(const Words& words, std::size_t first, PhraseKeys& keys) {
  const std::size_t longest = std::min(kPhraseWordsMax, words.size() - first);
  std::uint64_t hash = kPhraseSeed;
  for (std::size_t i = 0; i < longest; ++i) {
    hash = mixed(hash, words.letters(first + i));
    keys[i] = key_of(hash);
  }
  return longest;
}

std::uint32_t Gazetteer::word_key(const Words& words, std::size_t at) {
  return key_of(mixed(kValueWordSeed, words.letters(at)));
}

void Gazetteer::add_value(std::vector<Entry>& entries, const Words& words, const Value& value) {
  if (value.last - value.first > kPhraseWordsMax) return;
  PhraseKeys keys;
  phrase_keys(words, value.first, keys);
  entries.push_back({keys[value.last - value.first - 1], value.slot, 1});
  for (std::size_t at = value.first; at < value.last; ++at) {
    add_word(entries, words, at, value.slot);
  }
}

void Gazetteer::add_utterance(std::vector<Entry>& entries, const Words& words,
                              const std::vector<Value>& values, std::uint16_t none) {
  std::vector<bool> in_value(words.size(), false);
  for (const Value& value : values) {
    add_value(entries, words, value);
    std::fill(in_value.begin() + static_cast<std::ptrdiff_t>(value.first),
              in_value.begin() + static_cast<std::ptrdiff_t>(value.last), true);
  }
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!in_value[at]) add_word(entries, words, at, none);
  }
}

void Gazetteer::add_word(std::vector<Entry>& entries, const Words& words, std::size_t at,
                         std::uint16_t slot) {
  entries.push_back({word_key(words, at), slot, 1});
}

}  // namespace mitr::apce
