// Matching words against a list; see choice.h.
#include "nlu/slots/choice.h"

#include <algorithm>
#include <optional>

#include "nlu/slots/edit_distance.h"
#include "nlu/slots/number.h"
#include "nlu/slots/ordinal.h"
#include "nlu/slots/surroundings.h"

namespace mitr {
namespace {

/// Shortest beginning that stands for a word, in bytes.
constexpr std::size_t kPrefixMin = 3;

bool is_solid(const Token& token) {
  return token.is_word() || token.is_number();
}

/// The token behind the phrase if its words stand here, marks between them left out; 0: they do
/// not.
std::size_t phrase_end(const Tokens& t, std::size_t at, const std::vector<std::string>& words) {
  std::size_t next = at;
  for (const std::string& word : words) {
    while (next > at && next < t.size() && !is_solid(t[next])) ++next;
    if (!is_solid(t[next]) || t[next].norm != word) return 0;
    ++next;
  }
  return next;
}

/// "Internet nahi chal raha" denies what it does, not the thing.
bool goes_on_with_a_verb(const Token& token) {
  static constexpr std::string_view verbs[] = {
      "chal",   "ho",   "khul", "aa",   "ja",   "kar",  "mil", "dikh", "nikal", "chalta",
      "chalti", "aata", "aati", "hota", "hoti", "चल",   "हो",  "खुल",   "आ",     "जा",
      "कर",     "मिल",  "दिख",  "निकल", "चलता", "चलती", "आता", "आती",  "होता",  "होती"};
  return std::find(std::begin(verbs), std::end(verbs), token.norm) != std::end(verbs);
}

bool denied(const Tokens& t, TokenSpan span) {
  std::size_t first = span.first;
  while (first > 0 && t[first - 1].is("the")) --first;
  const Token& before = token_before(t, first);
  const Token& behind = t[span.last];
  if (before.is("not") || before.is("except") || before.is("without") || before.is("dont")) {
    return true;
  }
  if (goes_on_with_a_verb(t[span.last + 1])) return false;
  return behind.is("nahi") || behind.is("nahin") || behind.is("nhi") || behind.is("mat") ||
         behind.is("नहीं") || behind.is("नही") || behind.is("मत");
}

void add_once(std::vector<std::size_t>& options, std::size_t option) {
  if (std::find(options.begin(), options.end(), option) == options.end()) {
    options.push_back(option);
  }
}

Found<std::size_t> chosen(const Tokens& t, TokenSpan span, std::vector<std::size_t> options) {
  const std::size_t best = options.front();
  options.erase(options.begin());
  return found_at(t, span, best, std::move(options));
}

std::vector<Found<std::size_t>> whole_phrases(const Tokens& t, const ChoiceList& list,
                                              bool& any_denied) {
  std::vector<Found<std::size_t>> all;
  for (std::size_t at = 0; at < t.size(); ++at) {
    if (!is_solid(t[at])) continue;
    std::size_t longest = 0;
    std::vector<std::size_t> options;
    for (const auto& phrase : list.phrases()) {
      const std::size_t end = phrase_end(t, at, phrase.words);
      if (end == 0 || end < longest) continue;
      if (end > longest) options.clear();
      longest = end;
      add_once(options, phrase.option);
    }
    if (options.empty()) continue;
    const TokenSpan span{at, longest};
    at = longest - 1;
    if (denied(t, span)) {
      any_denied = true;
    } else {
      all.push_back(chosen(t, span, std::move(options)));
    }
  }
  return all;
}

std::optional<std::size_t> option_at(int position, std::size_t size) {
  const auto places = static_cast<int>(size);
  const int index = position > 0 ? position - 1 : places + position;
  if (index < 0 || index >= places) return std::nullopt;
  return static_cast<std::size_t>(index);
}

std::vector<Found<std::size_t>> places(const Tokens& t, const ChoiceList& list) {
  std::vector<Found<std::size_t>> all;
  const auto add = [&](TokenSpan span, int position) {
    const auto option = option_at(position, list.size());
    if (option && !denied(t, span)) all.push_back(found_at(t, span, *option));
  };
  for (const auto& ordinal : find_ordinals(t, {.asked = true})) {
    add(ordinal.tokens, ordinal.value.position);
  }
  if (!all.empty()) return all;
  for (const auto& number : find_numbers(t, {.asked = true})) {
    const auto value = number.value.thousandths;
    const bool counts = is_counted(t[number.tokens.last].sense.meaning);
    if (!number.value.whole() || value > 1'000'000 || number.ambiguous() || counts) continue;
    if (value > 0) add(number.tokens, static_cast<int>(value / 1000));
  }
  return all;
}

/// How well a typed word fits a word of an option: 0 not at all, 4 the same.
int likeness(const Token& token, std::string_view word) {
  if (token.norm == word) return 4;
  if (!token.is_word()) return 0;
  if (token.norm.size() >= kPrefixMin && word.substr(0, token.norm.size()) == token.norm) return 3;
  const std::size_t slips = std::min(slips_allowed(token.norm), slips_allowed(word));
  return slips > 0 && within_slips(token.norm, word, slips) ? 2 : 0;
}

/// Words too common to point at one of a list by themselves.
bool says_little(const Token& token) {
  return !is_solid(token) || token.is(kIsFiller) || token.is(kIsFrom) || token.is(kIsUntil) ||
         token.is(kIsAnd) || token.is(kIsArticle) || token.is("one") || token.is("wala") ||
         token.is("wali") || token.is("of") || token.is("in") || token.is("at");
}

std::vector<Found<std::size_t>> parts(const Tokens& t, const ChoiceList& list) {
  std::vector<int> scores(list.size(), 0);
  TokenSpan span;
  for (std::size_t at = 0; at < t.size(); ++at) {
    if (says_little(t[at]) || denied(t, {at, at + 1})) continue;
    bool fits = false;
    for (std::size_t option = 0; option < list.size(); ++option) {
      int best = 0;
      for (const auto& phrase : list.phrases()) {
        if (phrase.option != option) continue;
        for (const std::string& word : phrase.words) best = std::max(best, likeness(t[at], word));
      }
      scores[option] += best;
      fits = fits || best > 0;
    }
    if (!fits) continue;
    if (span.empty()) span.first = at;
    span.last = at + 1;
  }
  if (span.empty()) return {};
  const int best = *std::max_element(scores.begin(), scores.end());
  std::vector<std::size_t> options;
  for (std::size_t option = 0; option < scores.size(); ++option) {
    if (scores[option] == best) options.push_back(option);
  }
  std::vector<Found<std::size_t>> all;
  all.push_back(chosen(t, span, std::move(options)));
  return all;
}

}  // namespace

ChoiceList::ChoiceList(const std::vector<ChoiceOption>& options) : size_(options.size()) {
  const auto add = [this](std::string_view text, std::size_t option) {
    const Tokens tokens(text);
    Phrase phrase{{}, option};
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      if (is_solid(tokens[at])) phrase.words.emplace_back(tokens[at].norm);
    }
    if (!phrase.words.empty()) phrases_.push_back(std::move(phrase));
  };
  for (std::size_t option = 0; option < options.size(); ++option) {
    add(options[option].label, option);
    for (const std::string& synonym : options[option].synonyms) add(synonym, option);
  }
}

std::vector<Found<std::size_t>> find_choices(const Tokens& tokens, const ChoiceContext& context) {
  const ChoiceList& list = *context.list;
  bool any_denied = false;
  auto all = whole_phrases(tokens, list, any_denied);
  if (!all.empty() || !context.asked || any_denied) return all;
  if (context.places) all = places(tokens, list);
  if (!all.empty()) return all;
  return parts(tokens, list);
}

}  // namespace mitr
