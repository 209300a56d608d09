// Building and asking the table; see word_table.h.
#include "nlu/text/word_table.h"

#include "nlu/text/tokens.h"

namespace mitr {
namespace {

constexpr std::size_t kSoundLettersMin = 4;

/// The letter a pair of vowels sounds like; 0: they stay two.
char one_vowel(char a, char b) {
  if (a == 'a' && b == 'a') return 'a';
  if ((a == 'e' && b == 'e') || (a == 'i' && b == 'i')) return 'i';
  if ((a == 'o' && b == 'o') || (a == 'u' && b == 'u')) return 'u';
  return 0;
}

}  // namespace

Sound::Sound(std::string_view norm) {
  if (norm.size() < kSoundLettersMin || norm.size() > letters_.size()) return;
  for (std::size_t at = 0; at < norm.size(); ++at) {
    char c = norm[at];
    if (c < 'a' || c > 'z') {
      size_ = 0;
      return;
    }
    const char next = at + 1 < norm.size() ? norm[at + 1] : '\0';
    if (const char vowel = one_vowel(c, next); vowel != 0) {
      c = vowel;
      ++at;
    }
    if (c == 'w') c = 'v';
    if (c == 'z') c = 'j';
    // "oubis" is "aubis"; "chhiya" is "chiya"; "pachchis" is "pachis".
    if (c == 'u' && size_ > 0 && letters_[size_ - 1] == 'o') letters_[size_ - 1] = 'a';
    if (size_ > 0 && letters_[size_ - 1] == c) continue;
    if (size_ > 2 && c == 'h' && letters_[size_ - 1] == 'c' && letters_[size_ - 2] == 'h' &&
        letters_[size_ - 3] == 'c') {
      --size_;
      continue;
    }
    letters_[size_++] = c;
  }
  if (size_ < kSoundLettersMin) size_ = 0;
}

void WordTable::add(std::uint32_t flags, List list, std::uint8_t value) {
  for (const std::string_view word : list) {
    Sense& sense = words_[normal_word(word)];
    sense.flags |= flags;
    if (value != 0) sense.value = value;
  }
}

void WordTable::number(NumberRole role, std::uint8_t number, List list, std::uint32_t flags) {
  for (const std::string_view word : list) {
    Sense& sense = words_[normal_word(word)];
    sense.flags |= flags;
    sense.role = role;
    sense.number = number;
  }
}

void WordTable::sounding(NumberRole role, std::uint8_t number, List list, std::uint32_t flags) {
  this->number(role, number, list, flags);
  for (const std::string_view word : list) {
    const Sound sound(word);
    if (sound.key().empty()) continue;
    Sense sense;
    sense.flags = flags;
    sense.role = role;
    sense.number = number;
    sounds_.try_emplace(std::string(sound.key()), sense);
  }
}

void WordTable::mean(Meaning meaning, List list, std::uint32_t flags) {
  for (const std::string_view word : list) {
    Sense& sense = words_[normal_word(word)];
    sense.flags |= flags;
    sense.meaning = meaning;
  }
}

Sense WordTable::find(std::string_view norm) const {
  if (const auto found = words_.find(norm); found != words_.end()) return found->second;
  const Sound sound(norm);
  if (sound.key().empty()) return {};
  const auto found = sounds_.find(sound.key());
  return found == sounds_.end() ? Sense{} : found->second;
}

}  // namespace mitr
