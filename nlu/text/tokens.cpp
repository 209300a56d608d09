// Cutting text into tokens; see tokens.h. Any bytes are accepted, valid UTF-8 or not.
#include "nlu/text/tokens.h"

#include <algorithm>

#include "protocols/limits.h"

namespace mitr {
namespace {

bool is_space(unsigned char c) {
  return c <= 0x20 || c == 0x7F;
}
bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// General punctuation (U+2000 … U+203F, E2 80 xx): dashes, curly quotes, spaces. 0: not of this
/// block.
char ascii_mark(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || text[at] != '\xE2' || text[at + 1] != '\x80') return 0;
  switch (static_cast<unsigned char>(text[at + 2])) {
    case 0x90:
    case 0x91:
    case 0x92:
    case 0x93:
    case 0x94:
    case 0x95:
      return '-';
    case 0x98:
    case 0x99:
      return '\'';
    case 0x9C:
    case 0x9D:
      return '"';
    case 0xA6:
      return '.';
    default:
      return ' ';
  }
}

/// Bytes of white space at `at`: ASCII, no-break space, zero-width and variation selectors. 0:
/// none.
std::size_t space_bytes(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (is_space(c)) return 1;
  if (c == 0xC2 && at + 1 < text.size() && text[at + 1] == '\xA0') return 2;
  if (c == 0xE2 && ascii_mark(text, at) == ' ') return 3;
  if (c == 0xEF && at + 2 < text.size() && text[at + 1] == '\xB8' && text[at + 2] == '\x8F')
    return 3;
  return 0;
}

unsigned char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

/// The ASCII digit at `at`, also of one in Devanagari (U+0966 …, E0 A5 A6 …). 0: none.
char digit_at(std::string_view text, std::size_t at) {
  const unsigned char c = byte_at(text, at);
  if (is_digit(c)) return static_cast<char>(c);
  if (c != 0xE0 || byte_at(text, at + 1) != 0xA5) return 0;
  const unsigned char last = byte_at(text, at + 2);
  return last >= 0xA6 && last <= 0xAF ? static_cast<char>('0' + (last - 0xA6)) : '\0';
}

/// Danda, the full stop of Devanagari, single or double.
bool is_danda(std::string_view text, std::size_t at) {
  return byte_at(text, at) == 0xE0 && byte_at(text, at + 1) == 0xA5 &&
         (byte_at(text, at + 2) == 0xA4 || byte_at(text, at + 2) == 0xA5);
}

/// The sign of the rupee stands by itself: it may touch digits and words on both sides.
bool is_rupee(std::string_view text, std::size_t at) {
  return byte_at(text, at) == 0xE2 && byte_at(text, at + 1) == 0x82 &&
         byte_at(text, at + 2) == 0xB9;
}

/// A joiner inside a word (U+200C, U+200D) only shapes its letters.
bool is_joiner(std::string_view text, std::size_t at) {
  return byte_at(text, at) == 0xE2 && byte_at(text, at + 1) == 0x80 &&
         (byte_at(text, at + 2) == 0x8C || byte_at(text, at + 2) == 0x8D);
}

/// Appends what starts at `at` in its one spelling and answers the bytes read. Phones write the
/// same word with and without nukta, and with chandrabindu or anusvara.
std::size_t append_normal(std::string& out, std::string_view text, std::size_t at) {
  if (is_joiner(text, at)) return 3;
  if (byte_at(text, at) == 0xE0) {
    const unsigned char middle = byte_at(text, at + 1);
    const unsigned char last = byte_at(text, at + 2);
    if (middle == 0xA4 && last == 0xBC) return 3;
    if (middle == 0xA4 && last == 0x81) {
      out += "\xE0\xA4\x82";
      return 3;
    }
    if (middle == 0xA5 && last >= 0x98 && last <= 0x9F) {
      constexpr char bases[] = {'\x95', '\x96', '\x97', '\x9C', '\xA1', '\xA2', '\xAB', '\xAF'};
      out += "\xE0\xA4";
      out += bases[last - 0x98];
      return 3;
    }
  }
  out.push_back(lower(text[at]));
  return 1;
}

/// Bytes of an apostrophe inside a word, straight or curly. 0: none.
std::size_t apostrophe_bytes(std::string_view text, std::size_t at) {
  if (text[at] == '\'') return 1;
  return ascii_mark(text, at) == '\'' ? 3 : 0;
}

}  // namespace

Tokens::Tokens(std::string_view text) : text_(text) {
  text_ = text_.substr(0, limits::kTextBytesMax);
  norm_.reserve(text_.size());
  tokens_.reserve(std::min<std::size_t>(limits::kTokensMax, text_.size() / 3 + 4));
  bool glued = false;
  std::size_t at = 0;
  while (at < text_.size() && tokens_.size() < limits::kTokensMax) {
    const auto c = static_cast<unsigned char>(text_[at]);
    if (const std::size_t space = space_bytes(text_, at); space > 0) {
      glued = false;
      at += space;
      continue;
    }
    if (digit_at(text_, at) != 0) {
      at = add_number(at, glued);
    } else if (const char mark = is_danda(text_, at) ? '.' : ascii_mark(text_, at);
               mark != 0 || !is_letter(c)) {
      const std::size_t bytes = mark != 0 ? 3 : 1;
      tokens_.push_back({.begin = static_cast<std::uint32_t>(at),
                         .end = static_cast<std::uint32_t>(at + bytes),
                         .kind = TokenKind::kMark,
                         .mark = mark != 0 ? mark : text_[at],
                         .glued = glued,
                         .number = 0,
                         .norm = {},
                         .sense = {}});
      at += bytes;
    } else {
      at = add_word(at, glued);
    }
    glued = true;
  }
}

std::size_t Tokens::add_number(std::size_t at, bool glued) {
  const std::size_t begin = at;
  const std::size_t norm_begin = norm_.size();
  std::uint64_t number = 0;
  while (const char digit = digit_at(text_, at)) {
    number =
        std::min<std::uint64_t>(number * 10 + static_cast<std::uint64_t>(digit - '0'), 999'999'999);
    norm_.push_back(digit);
    at += is_digit(byte_at(text_, at)) ? 1 : 3;
  }
  Token token;
  token.begin = static_cast<std::uint32_t>(begin);
  token.end = static_cast<std::uint32_t>(at);
  token.kind = TokenKind::kNumber;
  token.glued = glued;
  token.number = static_cast<std::uint32_t>(number);
  token.norm = std::string_view(norm_).substr(norm_begin);
  tokens_.push_back(token);
  return at;
}

std::size_t Tokens::add_word(std::size_t at, bool glued) {
  const std::size_t begin = at;
  const std::size_t norm_begin = norm_.size();
  // A pictograph (four bytes) is a word of its own: "yes" with a thumb after it is still "yes".
  const bool pictograph = static_cast<unsigned char>(text_[at]) >= 0xF0;
  const bool rupee = is_rupee(text_, at);
  while (at < text_.size()) {
    const auto c = static_cast<unsigned char>(text_[at]);
    if (const std::size_t bytes = apostrophe_bytes(text_, at); bytes > 0) {
      // Only between letters: "won't", not a closing quote.
      if (at + bytes >= text_.size() || at == begin) break;
      if (!is_letter(static_cast<unsigned char>(text_[at + bytes]))) break;
      at += bytes;
      continue;
    }
    if (!is_letter(c)) break;
    if (c >= 0xC2) {
      const bool ends = (space_bytes(text_, at) > 0 || ascii_mark(text_, at) != 0) &&
                        !(at > begin && is_joiner(text_, at));
      if (ends || digit_at(text_, at) != 0 || is_danda(text_, at)) break;
      if (at > begin && (rupee || is_rupee(text_, at))) break;
    } else if (rupee && at - begin >= 3) {
      break;
    }
    if (pictograph ? at - begin >= 4 : c >= 0xF0) break;
    at += append_normal(norm_, text_, at);
  }
  Token token;
  token.begin = static_cast<std::uint32_t>(begin);
  token.end = static_cast<std::uint32_t>(at);
  token.kind = TokenKind::kWord;
  token.glued = glued;
  // norm_ was reserved for the whole text, so it never moves and the view stays good.
  token.norm = std::string_view(norm_).substr(norm_begin);
  token.sense = sense_of(token.norm);
  tokens_.push_back(token);
  return at;
}

std::string_view Tokens::quote(TokenSpan span) const {
  if (span.empty() || span.first >= tokens_.size()) return {};
  const Token& last = tokens_[std::min(span.last, tokens_.size()) - 1];
  return text_.substr(tokens_[span.first].begin, last.end - tokens_[span.first].begin);
}

bool Tokens::capital(std::size_t at) const {
  if (at >= tokens_.size() || tokens_[at].kind != TokenKind::kWord) return false;
  const auto c = static_cast<unsigned char>(text_[tokens_[at].begin]);
  return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_space(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : trimmed(text)) {
    if (!is_space(static_cast<unsigned char>(c))) {
      out.push_back(c);
    } else if (out.empty() || out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

std::string normal_word(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    if (const std::size_t bytes = apostrophe_bytes(word, at); bytes > 0) {
      at += bytes;
    } else {
      at += append_normal(out, word, at);
    }
  }
  return out;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string_view clipped(std::string_view utf8, std::size_t bytes_max) {
  if (utf8.size() <= bytes_max) return utf8;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) --end;
  return utf8.substr(0, end);
}

}  // namespace mitr
