// Finding moves; see move_patterns.h.
#include "nlu/patterns/move_patterns.h"

#include <algorithm>
#include <array>

namespace mitr {
namespace {

/// Words that may stand beside a move without making the message about anything else.
bool adds_nothing(const Token& token) {
  if (token.kind == TokenKind::kMark) return true;
  return token.is(kIsFiller) || token.is(kIsGreet) || token.is(kIsThanks) || token.is(kIsYes) ||
         token.is("sorry") || token.is("can") || token.is("me") || token.is("just") ||
         token.is("a") || token.is("मुझे") || token.is("mujhe");
}

}  // namespace

MovePatterns::MovePatterns(const std::vector<MoveRule>& rules, const Trigger::ListOf& lists,
                           Vocabulary& vocabulary) {
  constexpr std::uint16_t kSure = 1000;
  for (const MoveRule& rule : rules) {
    for (const std::string& pattern : rule.patterns) {
      patterns_.emplace_back(rule.move, Trigger(pattern, kSure, lists, vocabulary));
    }
  }
}

MoveFound MovePatterns::find(const Tokens& tokens, const std::vector<WordId>& ids) const {
  MoveFound found;
  const std::uint64_t bits = bits_of(ids);
  for (const auto& [move, pattern] : patterns_) {
    if (!pattern.may_match(bits)) continue;
    const auto span = pattern.find(ids);
    if (!span) continue;
    bool whole = true;
    for (std::size_t at = 0; at < tokens.size() && whole; ++at) {
      whole = (at >= span->first && at < span->last) || adds_nothing(tokens[at]);
    }
    if (whole && found.whole == Move::kNone) found.whole = move;
    // A lone word beside others may be about anything: a bus stops too.
    const bool lone = span->last - span->first == 1;
    const bool of_consent = move == Move::kStop || move == Move::kStart;
    if (found.part == Move::kNone && !(lone && of_consent)) found.part = move;
  }
  return found;
}

}  // namespace mitr
