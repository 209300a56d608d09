// What is said, per language, with {slot} places; compiled when the pack loads, rendered without
// failing. Not here: which phrase is said when (nlu/dialogue).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mitr {

/// One wording: literal text and places.
class Wording {
 public:
  struct Piece {
    std::string literal;
    std::string place;  ///< Name between the braces, said after the literal; empty: none.
  };
  /// Compiles "Which class is {student} in?". A brace that is never closed stays literal.
  static Wording compile(std::string_view text);
  const std::vector<Piece>& pieces() const { return pieces_; }
  /// Appends the text, places filled by `value_of`; never more than limits::kReplyBytesMax in
  /// `out`.
  void render(const std::function<std::string(std::string_view place)>& value_of,
              std::string& out) const;

 private:
  std::vector<Piece> pieces_;
};

/// One wording per language; a wording may have variants for when two slots show the same value, or
/// a slot counts one.
class Phrase {
 public:
  struct Variant {
    std::pair<std::string, std::string> when_same;  ///< Two slots; empty names: always.
    Wording wording;
    std::vector<Wording> others{};  ///< Said in turn when the same has to be said again.
    std::string when_one{};         ///< A slot that counts one, as the language has it; empty: any.
    bool always() const { return when_same.first.empty() && when_one.empty(); }
  };
  /// In a language it speaks already: replaces what it said there.
  void add(std::string language, std::vector<Variant> variants);
  bool empty() const { return languages_.empty(); }
  bool speaks(std::string_view language) const;
  /// The variants in that language, else in the first one the pack has. Empty only for an empty
  /// phrase.
  const std::vector<Variant>& in(std::string_view language) const;

 private:
  std::vector<std::pair<std::string, std::vector<Variant>>> languages_;
};

}  // namespace mitr
