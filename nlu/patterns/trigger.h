// Patterns that start a flow: "apply|need ... leave", "<relation> ... <illness>". Compiled once,
// matched over word ids.
// `...` stands for up to four words; `<list>` for a word list of the pack; everything else is
// literal.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/patterns/vocabulary.h"

namespace mitr {

/// Words a `...` may skip: enough for "won't be able to come", too few to tie two sentences
/// together.
inline constexpr std::size_t kGapWordsMax = 4;
/// Parts of one pattern; bounds the matching of a hostile pack.
inline constexpr std::size_t kTriggerPartsMax = 6;

class Trigger {
 public:
  /// What a `<name>` stands for; null: no such list.
  using ListOf = std::function<const std::vector<std::string>*(std::string_view name)>;
  /// The mistake in a pattern, for its author; none: it compiles.
  static std::optional<std::string> mistake(std::string_view pattern, const ListOf& lists);

  /// The pattern must have no mistake.
  Trigger(std::string_view pattern, std::uint16_t weight_permille, const ListOf& lists,
          Vocabulary& vocabulary);

  std::uint16_t weight_permille() const { return weight_permille_; }
  /// False: words with these bits (bits_of) hold no match.
  bool may_match(std::uint64_t bits) const {
    for (const Part& part : parts_) {
      if (!part.phrases.may_match(bits)) return false;
    }
    return true;
  }
  /// The words it matched, if it does.
  std::optional<TokenSpan> find(const std::vector<WordId>& ids, std::size_t from = 0) const;

 private:
  struct Part {
    PhraseList phrases;  ///< Any of them.
    bool gap_before = false;
  };
  std::size_t match(const std::vector<WordId>& ids, std::size_t at, std::size_t part) const;

  std::vector<Part> parts_;
  std::uint16_t weight_permille_;
};

}  // namespace mitr
