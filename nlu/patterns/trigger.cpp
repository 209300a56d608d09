// Compiling and matching triggers; see trigger.h.
#include "nlu/patterns/trigger.h"

namespace mitr {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    if (!part.empty()) parts.push_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

bool is_list(std::string_view part) {
  return part.size() > 2 && part.front() == '<' && part.back() == '>';
}

}  // namespace

std::optional<std::string> Trigger::mistake(std::string_view pattern, const ListOf& lists) {
  const auto parts = split(pattern, ' ');
  std::size_t words = 0;
  bool gap = false;
  for (const std::string_view part : parts) {
    if (part == "...") {
      if (words == 0 || gap) return "'...' must stand between two words";
      gap = true;
      continue;
    }
    gap = false;
    ++words;
    if (is_list(part)) {
      const std::string name(part.substr(1, part.size() - 2));
      if (lists(name) == nullptr) return "there is no word list '" + name + "'";
      continue;
    }
    for (const std::string_view word : split(part, '|')) {
      const Tokens tokens(word);
      if (tokens.size() != 1 || !tokens[0].is_word()) {
        return "'" + std::string(word) + "' is not one word";
      }
    }
    if (split(part, '|').empty()) return "'" + std::string(part) + "' is not one word";
  }
  if (words == 0) return "the pattern has no words";
  if (gap) return "'...' must stand between two words";
  if (words > kTriggerPartsMax) {
    return "the pattern has more than " + std::to_string(kTriggerPartsMax) + " parts";
  }
  return std::nullopt;
}

Trigger::Trigger(std::string_view pattern, std::uint16_t weight_permille, const ListOf& lists,
                 Vocabulary& vocabulary)
    : weight_permille_(weight_permille) {
  bool gap = false;
  for (const std::string_view text : split(pattern, ' ')) {
    if (text == "...") {
      gap = true;
      continue;
    }
    Part part;
    part.gap_before = gap;
    gap = false;
    if (is_list(text)) {
      if (const auto* list = lists(text.substr(1, text.size() - 2))) {
        for (const std::string& phrase : *list) part.phrases.add(vocabulary, phrase);
      }
    } else {
      for (const std::string_view word : split(text, '|')) part.phrases.add(vocabulary, word);
    }
    parts_.push_back(std::move(part));
  }
}

/// The end of the match of parts [part, …) at `at`; 0: none. Depth and width are bounded by
/// kTriggerPartsMax and kGapWordsMax.
std::size_t Trigger::match(const std::vector<WordId>& ids, std::size_t at, std::size_t part) const {
  const std::size_t skips = parts_[part].gap_before ? kGapWordsMax : 0;
  for (std::size_t skip = 0; skip <= skips && at + skip < ids.size(); ++skip) {
    const std::size_t length = parts_[part].phrases.match(ids, at + skip);
    if (length == 0) continue;
    const std::size_t end = at + skip + length;
    if (part + 1 == parts_.size()) return end;
    if (const std::size_t last = match(ids, end, part + 1); last != 0) return last;
  }
  return 0;
}

std::optional<TokenSpan> Trigger::find(const std::vector<WordId>& ids, std::size_t from) const {
  if (parts_.empty()) return std::nullopt;
  for (std::size_t at = from; at < ids.size(); ++at) {
    if (ids[at] == 0) continue;
    if (const std::size_t last = match(ids, at, 0); last != 0) return TokenSpan{at, last};
  }
  return std::nullopt;
}

}  // namespace mitr
