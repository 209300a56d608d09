// A message cut into words, numbers and marks, each with its place in the original bytes.
// Every later answer quotes the contact through these places, so that `typed` is exactly as
// written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/text/lexicon.h"

namespace mitr {

enum class TokenKind : std::uint8_t { kWord, kNumber, kMark };

struct Token {
  std::uint32_t begin = 0;  ///< Byte offsets into the original text.
  std::uint32_t end = 0;
  TokenKind kind = TokenKind::kMark;
  char mark = 0;       ///< For kMark: the ASCII mark; typographic dashes and quotes become ASCII.
  bool glued = false;  ///< Nothing stands between this token and the one before.
  std::uint32_t number = 0;  ///< For kNumber; saturates at 999'999'999.
  /// A word in the form of normal_word; the digits of a number in ASCII, whatever their script.
  std::string_view norm;
  Sense sense;

  bool is(std::string_view word) const { return norm == word; }
  bool is(WordFlag flag) const { return (sense.flags & flag) != 0; }
  bool is_mark(char c) const { return kind == TokenKind::kMark && mark == c; }
  bool is_word() const { return kind == TokenKind::kWord; }
  bool is_number() const { return kind == TokenKind::kNumber; }
  std::uint32_t digits() const { return static_cast<std::uint32_t>(norm.size()); }
};

/// A run of tokens, [first, last).
struct TokenSpan {
  std::size_t first = 0;
  std::size_t last = 0;
  bool empty() const { return first >= last; }
  bool operator==(const TokenSpan&) const = default;
};

/// The tokens of one text. Borrows the text; looks no further than kTokensMax tokens.
class Tokens {
 public:
  explicit Tokens(std::string_view text);
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;

  std::size_t size() const { return tokens_.size(); }
  bool empty() const { return tokens_.empty(); }
  /// Past the end: an empty mark, so that looking ahead needs no bounds check at the caller.
  const Token& operator[](std::size_t at) const {
    return at < tokens_.size() ? tokens_[at] : none_;
  }
  std::string_view text() const { return text_; }
  /// The original bytes from the first to the last token of the span; empty for an empty span.
  std::string_view quote(TokenSpan span) const;
  /// True if the token starts with an ASCII capital or is not ASCII (scripts without case).
  bool capital(std::size_t at) const;

 private:
  std::size_t add_word(std::size_t at, bool glued);
  std::size_t add_number(std::size_t at, bool glued);

  std::string_view text_;
  std::string norm_;
  std::vector<Token> tokens_;
  Token none_;
};

/// Without white space at both ends.
std::string_view trimmed(std::string_view text);
/// Every run of white space (and control characters) as one space; none at the ends.
std::string one_line(std::string_view text);
/// As Token::norm: lower-case ASCII, no apostrophes ("Won't" and "wont" are one word), and one
/// spelling of what Devanagari can write in several (nukta, chandrabindu, joiners).
std::string normal_word(std::string_view word);
/// Characters (code points) of UTF-8; a broken byte counts as one.
std::size_t characters(std::string_view utf8);
/// The longest prefix of at most `bytes_max` bytes that does not cut a character.
std::string_view clipped(std::string_view utf8, std::size_t bytes_max);

}  // namespace mitr
