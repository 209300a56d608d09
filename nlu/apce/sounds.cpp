// Writing words by their consonants; see sounds.h.
#include "nlu/apce/sounds.h"

#include <algorithm>
#include <array>

namespace mitr::apce {
namespace {

/// Any vowel at the start of a word; within it, vowels are what people leave out and mix up.
constexpr char32_t kVowel = U'a';
constexpr char32_t kNone = 0;

constexpr char32_t kFirstLetter = 0x905;  // Devanagari's.
constexpr char32_t kFirstConsonant = 0x915;
/// From ka to ha. Breath (kha, gha) and place (ta of tongue or teeth) are spelt alike or not at
/// all.
constexpr std::u32string_view kConsonants = U"kkggnccjjnttddnttddnnpfbbmyrrlllvsssh";
constexpr char32_t kAnusvara = 0x902;
constexpr char32_t kVocalicR = 0x943;

/// Words that are in most Hindi sentences and in no English one, sorted.
constexpr auto kHindiWords = std::to_array<std::u32string_view>(
    {U"aaj",    U"aap",    U"aapka",  U"aapke",  U"aapki",   U"aapko",  U"ab",    U"abhi",
     U"agar",   U"aur",    U"bahut",  U"bata",   U"bataiye", U"batao",  U"bhai",  U"bhaiya",
     U"bhej",   U"bhejo",  U"bhi",    U"chahie", U"chahiye", U"chaiye", U"dedo",  U"dena",
     U"dijiye", U"diya",   U"gaya",   U"gaye",   U"gayi",    U"gya",    U"gyi",   U"haan",
     U"hai",    U"hain",   U"hamara", U"hamare", U"hamari",  U"hoga",   U"hogi",  U"hota",
     U"hoti",   U"hua",    U"hui",    U"hum",    U"humara",  U"humare", U"humko", U"iska",
     U"isko",   U"jaldi",  U"kab",    U"kaha",   U"kahan",   U"kaise",  U"kar",   U"karao",
     U"kardo",  U"karen",  U"karke",  U"karna",  U"karni",   U"karo",   U"karte", U"karwana",
     U"kaun",   U"kaunsa", U"kijiye", U"kise",   U"kitna",   U"kitne",  U"kitni", U"kiya",
     U"koi",    U"krdo",   U"kripya", U"krna",   U"kro",     U"kuch",   U"kya",   U"kyo",
     U"kyu",    U"kyun",   U"leke",   U"lekin",  U"lena",    U"liye",   U"mein",  U"mera",
     U"mere",   U"meri",   U"mila",   U"milega", U"mujhe",   U"nahi",   U"nahin", U"nai",
     U"nhi",    U"phir",   U"raha",   U"rahe",   U"rahi",    U"rha",    U"rhe",   U"rhi",
     U"sab",    U"sakta",  U"sakte",  U"sakti",  U"sirf",    U"tak",    U"tha",   U"thi",
     U"toh",    U"uska",   U"usko",   U"wahi",   U"wala",    U"wale",   U"wali",  U"yaha",
     U"yahan",  U"yeh",    U"zara"});

bool is_vowel(char32_t c) {
  return c == U'a' || c == U'e' || c == U'i' || c == U'o' || c == U'u';
}
bool is_roman(char32_t c) {
  return c >= U'a' && c <= U'z';
}

/// What a Roman consonant sounds like.
char32_t sound_of(char32_t c) {
  switch (c) {
    case U'q':
      return U'k';
    case U'w':
      return U'v';
    case U'z':
      return U'j';
    default:
      return c;
  }
}

/// Letters that an h behind only breathes into.
bool takes_breath(char32_t c) {
  return std::u32string_view(U"kgcjtdbs").find(c) != std::u32string_view::npos;
}

}  // namespace

void Sounds::add(char32_t sound) {
  if (size_ < kMax && (size_ == 0 || letters_[size_ - 1] != sound)) letters_[size_++] = sound;
}

void Sounds::add_roman(std::u32string_view letters, std::size_t& at) {
  const char32_t c = letters[at];
  const char32_t next = at + 1 < letters.size() ? letters[at + 1] : kNone;
  if (is_vowel(c) || c == U'y') {
    if (at == 0) add(c == U'y' && is_vowel(next) ? U'y' : kVowel);
    return;
  }
  if (c == U'p' && next == U'h') {
    add(U'f');
    ++at;
  } else if (c == U'x') {
    add(U'k');
    add(U's');
  } else if (c == U'c' && next != U'h') {
    add(next == U'e' || next == U'i' ? U's' : U'k');
    if (next == U'k') ++at;
  } else {
    add(sound_of(c));
    while (takes_breath(c) && at + 1 < letters.size() && letters[at + 1] == U'h') ++at;
  }
}

Sounds::Sounds(std::u32string_view letters) {
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const char32_t c = letters[at];
    if (is_roman(c)) {
      add_roman(letters, at);
    } else if (c >= kFirstConsonant && c < kFirstConsonant + kConsonants.size()) {
      const char32_t sound = kConsonants[c - kFirstConsonant];
      if (sound != U'y' || at == 0) add(sound);
    } else if (c >= kFirstLetter && c < kFirstConsonant) {
      if (at == 0) add(kVowel);
    } else if (c == kAnusvara) {
      add(U'n');
    } else if (c == kVocalicR) {
      add(U'r');
    } else if (c < 0x900 || c > 0x97F) {
      size_ = 0;
      return;
    }
  }
  // A last n is a vowel through the nose: "nahin", "mein", "hain".
  if (size_ > 1 && letters_[size_ - 1] == U'n') --size_;
}

bool speaks_hindi(const Words& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::u32string_view letters = words.letters(at);
    if (letters.front() >= 0x900 && letters.front() <= 0x97F) return true;
    if (std::binary_search(kHindiWords.begin(), kHindiWords.end(), letters)) return true;
  }
  return false;
}

}  // namespace mitr::apce
