// Reading names; see person_name.h.
#include "nlu/slots/person_name.h"

#include <algorithm>

namespace mitr {
namespace {

constexpr std::size_t kNameTokensMax = 8;

bool inside(const std::vector<TokenSpan>& taken, std::size_t at) {
  return std::any_of(taken.begin(), taken.end(),
                     [at](const TokenSpan& span) { return at >= span.first && at < span.last; });
}

/// True for the dot of an initial or title ("A. P. J.", "Md. Ali").
bool dot_inside_name(const Tokens& t, std::size_t at) {
  return t[at].is_mark('.') && t[at].glued && at > 0 && t[at - 1].is_word() &&
         t[at - 1].norm.size() <= 2 && t[at + 1].is_word();
}

bool hyphen_inside_name(const Tokens& t, std::size_t at) {
  return t[at].is_mark('-') && t[at].glued && t[at + 1].is_word() && t[at + 1].glued;
}

/// The end of the run of name-like tokens that starts at `first`.
std::size_t name_end(const Tokens& t, std::size_t first, const std::vector<TokenSpan>& taken,
                     bool capitals) {
  std::size_t at = first;
  while (at < t.size() && at - first < kNameTokensMax && !inside(taken, at)) {
    if (t[at].is_word()) {
      // An initial is a name part even where the letter is a word ("I" in "Anita I").
      if (t[at].is(kIsNameStop) && !(at > first && t[at].norm.size() == 1)) break;
      if (capitals && !t.capital(at)) break;
    } else if (at == first || (!dot_inside_name(t, at) && !hyphen_inside_name(t, at))) {
      break;
    }
    ++at;
  }
  while (at > first && !t[at - 1].is_word()) --at;
  return at;
}

bool has_lower_case(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_class_or_verb(const Tokens& t, std::size_t at, const std::vector<TokenSpan>& taken) {
  static constexpr std::string_view verbs[] = {"is",     "will",    "wont", "has", "cant",
                                               "cannot", "was",     "had",  "not", "needs",
                                               "isnt",   "couldnt", "would"};
  if (t[at].is("of") || t[at].is("in") || t[at].is("from") || inside(taken, at)) return true;
  if (t[at].is_mark('(') && inside(taken, at + 1)) return true;
  return std::any_of(std::begin(verbs), std::end(verbs),
                     [&](std::string_view verb) { return t[at].is(verb); });
}

}  // namespace

namespace {

/// What belongs to one person: "the appointment of Arjun Rao".
bool owned(const Token& token) {
  static constexpr std::string_view things[] = {"appointment", "booking",  "report",    "reports",
                                                "receipt",     "receipts", "fee",       "fees",
                                                "leave",       "medicine", "medicines", "checkup"};
  return std::find(std::begin(things), std::end(things), token.norm) != std::end(things);
}

/// False for faces and signs: they are in the planes beyond the scripts, four bytes each in UTF-8.
bool has_letter(const Tokens& tokens, const TokenSpan& span) {
  for (std::size_t at = span.first; at < span.last; ++at) {
    const auto first = static_cast<unsigned char>(tokens[at].norm.empty() ? 0 : tokens[at].norm[0]);
    const bool letter = (first >= 'a' && first <= 'z') || (first >= 0xC3 && first < 0xE2) ||
                        (first >= 0xE3 && first < 0xEF);
    if (letter) return true;
  }
  return false;
}

}  // namespace

std::optional<TokenSpan> answered_name(const Tokens& tokens, const std::vector<TokenSpan>& taken,
                                       std::size_t from) {
  std::size_t first = from;
  while (first < tokens.size() && !inside(taken, first)) {
    const Token& token = tokens[first];
    // A short lead word that is all there is may itself be the name's first letter: leave "I" out
    // too.
    const bool lead = token.kind == TokenKind::kMark || token.is(kIsNameLead) || token.is(kIsYes) ||
                      token.is(kIsGreet);
    if (!lead) break;
    ++first;
  }
  if (first >= tokens.size() || tokens[first].is(kIsQuestion)) return std::nullopt;
  const TokenSpan span{first, name_end(tokens, first, taken, false)};
  if (span.empty() || !has_letter(tokens, span)) return std::nullopt;
  // A question back at us is no answer, unless it only doubts its own spelling.
  if (tokens[tokens.size() - 1].is_mark('?') && tokens.size() > span.last + 1) return std::nullopt;
  return span;
}

std::optional<TokenSpan> mentioned_name(const Tokens& tokens, const std::vector<TokenSpan>& taken) {
  if (!has_lower_case(tokens.text())) return std::nullopt;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!tokens.capital(at) || tokens[at].is(kIsNameStop) || inside(taken, at)) continue;
    if (tokens[at].is(kIsQuestion) || tokens[at].is(kIsNo) || tokens[at].is(kIsYes)) continue;
    const TokenSpan span{at, name_end(tokens, at, taken, true)};
    if (span.empty()) continue;
    std::size_t before = at;
    while (before > 0 && tokens[before - 1].is_mark(',')) --before;
    const Token none;
    const Token& lead = before > 0 ? tokens[before - 1] : none;
    const bool introduced = lead.is(kIsRelation) ||
                            (lead.is("of") && before > 1 && owned(tokens[before - 2])) ||
                            lead.is("for") || lead.is("named") || lead.is("name") ||
                            (lead.is("is") && tokens[before - 2].is("name"));
    const bool starts = at == 0 || lead.kind == TokenKind::kMark;
    if (introduced || (starts && is_class_or_verb(tokens, span.last, taken))) return span;
    at = span.last - 1;
  }
  return std::nullopt;
}

std::size_t capitals_end(const Tokens& tokens, std::size_t first,
                         const std::vector<TokenSpan>& taken) {
  const bool tells = has_lower_case(tokens.text()) && !tokens[first].norm.empty() &&
                     tokens[first].norm[0] >= 'a' && tokens[first].norm[0] <= 'z';
  return std::max(first + 1, tells ? name_end(tokens, first, taken, true) : 0);
}

std::string name_value(std::string_view typed) {
  std::string name = one_line(typed);
  const bool any_upper =
      std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (any_upper) return name;
  bool start = true;
  for (char& c : name) {
    if (start && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    start = c == ' ' || c == '-' || c == '.';
  }
  return name;
}

}  // namespace mitr
