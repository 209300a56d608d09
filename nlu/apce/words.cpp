// Cutting text into words for the statistical tier; see words.h.
#include "nlu/apce/words.h"

#include <algorithm>

#include "protocols/limits.h"

namespace mitr::apce {
namespace {

struct Point {
  char32_t value = 0;
  std::uint32_t bytes = 1;
};

/// The code point at `at`. A byte that begins none stands for itself, beyond Unicode, so that it
/// meets no letter.
Point point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::uint32_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const Point broken{0x110000U + lead, 1};
  if (lead < 0xC2 || lead > 0xF4 || at + bytes > text.size()) return broken;
  char32_t value = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return broken;
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  return {value, bytes};
}

bool within(char32_t c, char32_t low, char32_t high) {
  return c >= low && c <= high;
}

bool is_space(char32_t c) {
  if (c < 0x7F) return c <= 0x20;
  return within(c, 0x7F, 0xA0) || within(c, 0x2000, 0x200B) || within(c, 0x2028, 0x202F) ||
         c == 0x205F || c == 0x3000 || c == 0xFEFF || within(c, 0xFE00, 0xFE0F);
}

/// Signs that stand alone: punctuation, currency, arrows, pictographs, danda.
bool is_mark(char32_t c) {
  if (c < 0x80) {
    return !(within(c, 'a', 'z') || within(c, 'A', 'Z') || within(c, '0', '9') || c == '_');
  }
  return within(c, 0xA1, 0xBF) || c == 0xD7 || c == 0xF7 || c == 0x964 || c == 0x965 ||
         within(c, 0x2010, 0x2027) || within(c, 0x2030, 0x205E) || within(c, 0x20A0, 0x20CF) ||
         within(c, 0x2190, 0x2BFF) || within(c, 0x3001, 0x303F) || within(c, 0x1F000, 0x1FAFF) ||
         c >= 0x110000;
}

bool is_digit(char32_t c) {
  return within(c, '0', '9') || within(c, 0x966, 0x96F);
}

/// Marks that only shape or vary the letter before: joiners, nukta.
bool is_silent(char32_t c) {
  return c == 0x200C || c == 0x200D || c == 0x93C;
}

/// The capital's small letter, for the scripts people write to us in; others as they are.
char32_t lower(char32_t c) {
  if (within(c, 'A', 'Z')) return c + 0x20;
  if (c < 0xC0) return c;
  if (within(c, 0xC0, 0xDE)) return c == 0xD7 ? c : c + 0x20;
  if (within(c, 0x100, 0x137) || within(c, 0x14A, 0x177)) return c | 1U;
  if (within(c, 0x139, 0x148) || within(c, 0x179, 0x17E)) return c + (c & 1U);
  if (within(c, 0x391, 0x3A9) || within(c, 0x410, 0x42F)) return c + 0x20;
  return within(c, 0x400, 0x40F) ? c + 0x50 : c;
}

/// One spelling of what phones write in several: small letters, curly quotes, Devanagari's nukta
/// letters, chandrabindu and digits.
char32_t normal(char32_t c) {
  if (c < 0x80) return lower(c);
  if (within(c, 0x958, 0x95F)) {
    constexpr char32_t bases[] = {0x915, 0x916, 0x917, 0x91C, 0x921, 0x922, 0x92B, 0x92F};
    return bases[c - 0x958];
  }
  if (within(c, 0x966, 0x96F)) return U'0' + (c - 0x966);
  if (c == 0x901) return 0x902;
  if (c == 0x2018 || c == 0x2019) return U'\'';
  if (c == 0x201C || c == 0x201D) return U'"';
  if (within(c, 0x2010, 0x2015)) return U'-';
  return lower(c);
}

/// What the written letters of a word, looked at one by one, make it.
class Writing {
 public:
  void add(char32_t written) {
    ++letters_;
    digits_ += is_digit(written) ? 1 : 0;
    const bool upper = lower(written) != written;
    capitals_ += upper ? 1 : 0;
    first_ = letters_ == 1 ? upper : first_;
  }
  Shape shape() const {
    if (digits_ == letters_) return Shape::kNumber;
    if (digits_ > 0) return Shape::kMixed;
    if (capitals_ == 0) return Shape::kLower;
    if (capitals_ == letters_ && letters_ > 1) return Shape::kUpper;
    return first_ && capitals_ == 1 ? Shape::kCapital : Shape::kMixed;
  }

 private:
  std::uint32_t letters_ = 0;
  std::uint32_t digits_ = 0;
  std::uint32_t capitals_ = 0;
  bool first_ = false;
};

}  // namespace

Words::Words(std::string_view text) {
  text = text.substr(0, limits::kTextBytesMax);
  // No letter is shorter than a byte.
  letters_.resize(std::min(text.size(), limits::kApceLettersMax));
  words_.reserve(std::min(text.size() / 4 + 4, limits::kApceWordsMax));
  std::size_t at = 0;
  std::uint32_t letters = 0;
  while (at < text.size() && words_.size() < limits::kApceWordsMax) {
    Point point = point_at(text, at);
    if (is_space(point.value) || is_silent(point.value)) {
      at += point.bytes;
      continue;
    }
    if (letters >= letters_.size()) return;
    Word word;
    word.begin = static_cast<std::uint32_t>(at);
    word.first = letters;
    if (is_mark(point.value)) {
      letters_[letters++] = normal(point.value);
      at += point.bytes;
      word.shape = Shape::kMark;
    } else {
      Writing writing;
      while (letters < letters_.size()) {
        if (!is_silent(point.value)) {
          letters_[letters++] = normal(point.value);
          writing.add(point.value);
        }
        at += point.bytes;
        if (at >= text.size()) break;
        point = point_at(text, at);
        if (is_space(point.value) || is_mark(point.value)) break;
      }
      word.shape = writing.shape();
    }
    word.end = static_cast<std::uint32_t>(at);
    word.last = letters;
    words_.push_back(word);
  }
}

}  // namespace mitr::apce
