// Reading a class; see school_class.h.
#include "nlu/slots/school_class.h"

namespace mitr {
namespace {

constexpr unsigned kClassMax = 12;

bool is_letter(const Token& token) {
  return token.is_word() && token.norm.size() == 1 && token.norm[0] >= 'a' && token.norm[0] <= 'z';
}

char upper(char c) {
  return static_cast<char>(c - 'a' + 'A');
}

/// The section after a class number: "B", "-B", " section B", "(B)". `loose`: a letter behind a
/// space counts.
struct Section {
  char letter = 0;
  std::size_t last = 0;
};
std::optional<Section> section_at(const Tokens& t, std::size_t at, bool loose) {
  std::size_t next = at;
  if (t[next].is(kIsOrdinal) && t[next].glued) ++next;
  bool marked = false;
  for (int steps = 0; steps < 3; ++steps) {
    const bool skip = t[next].is_mark('-') || t[next].is_mark('(') || t[next].is_mark(',') ||
                      t[next].is("section") || t[next].is("sec");
    if (!skip) break;
    marked = marked || t[next].is_word() || (t[next].is_mark('-') && t[next].glued);
    ++next;
  }
  if (!is_letter(t[next])) return std::nullopt;
  const bool glued = t[next].glued && next == at;
  if (!glued && !marked && !loose) return std::nullopt;
  std::size_t last = next + 1;
  if (next > at && t[next - 1].is_mark('(') && t[last].is_mark(')')) ++last;
  return Section{upper(t[next].norm[0]), last};
}

std::optional<ClassMatch> preschool_at(const Tokens& t, std::size_t at, bool loose) {
  std::string value;
  switch (t[at].sense.value) {
    case 1:
      value = "Nursery";
      break;
    case 2:
      value = "LKG";
      break;
    default:
      value = "UKG";
      break;
  }
  std::size_t last = at + 1;
  // "a" after a space is the article unless a class was asked for.
  if (const auto section = section_at(t, last, loose)) {
    value += ' ';
    value += section->letter;
    last = section->last;
  }
  return ClassMatch{.span = {at, last}, .typed = {at, last}, .value = std::move(value)};
}

/// `marked`: "class" or "of"/"in" stands before, so that a lone number or a roman numeral may be
/// meant.
std::optional<ClassMatch> class_at(const Tokens& t, std::size_t at, bool class_word, bool loose) {
  const Token& token = t[at];
  if (token.is(kIsPreschool)) return preschool_at(t, at, loose || class_word);
  unsigned number = 0;
  if (token.is_number() && token.digits() <= 2) number = token.number;
  const bool roman = token.is(kIsRoman) && (class_word || loose);
  if (roman) number = token.sense.value;
  // "Pehli class", "first standard": the ordinal needs the class beside it, unless it was asked
  // for.
  const bool ordinal = token.is_word() && token.sense.role == NumberRole::kOrdinal &&
                       token.sense.number != kLastOrdinal;
  const bool beside = class_word || t[at + 1].is(kIsClassWord);
  if (ordinal && (beside || (loose && t.size() == 1))) number = token.sense.number;
  if (number < 1 || number > kClassMax) return std::nullopt;
  const auto section = section_at(t, at + 1, loose || class_word);
  if (section) {
    return ClassMatch{.span = {at, section->last},
                      .typed = {at, section->last},
                      .value = std::to_string(number) + section->letter};
  }
  std::size_t last = at + 1;
  if (t[last].is(kIsOrdinal) && t[last].glued) ++last;
  const bool class_behind = t[last].is(kIsClassWord);
  const bool alone = loose && t.size() == last - at;
  if (!class_word && !class_behind && !alone) return std::nullopt;
  if (class_behind) ++last;
  return ClassMatch{.span = {at, last}, .typed = {at, last}, .value = std::to_string(number)};
}

/// Part of a date or a longer number ("2026-11-30", "5/3"), which is no class.
bool in_numeric_date(const Tokens& t, std::size_t at) {
  const auto separator = [](const Token& token) {
    return token.is_mark('/') || token.is_mark('.') || token.is_mark('-');
  };
  const bool before = at > 1 && t[at].glued && separator(t[at - 1]) && t[at - 2].is_number();
  const bool behind =
      separator(t[at + 1]) && t[at + 1].glued && t[at + 2].is_number() && t[at + 2].glued;
  return before || behind;
}

}  // namespace

std::optional<ClassMatch> find_class(const Tokens& tokens, bool asked) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (in_numeric_date(tokens, at)) continue;
    std::size_t lead = at;
    while (lead > 0 && (tokens[lead - 1].is("is") || tokens[lead - 1].is_mark(':') ||
                        tokens[lead - 1].is_mark('-') || tokens[lead - 1].is("to"))) {
      --lead;
    }
    const bool class_word = lead > 0 && tokens[lead - 1].is(kIsClassWord);
    const bool placed = at > 0 && (tokens[at - 1].is("of") || tokens[at - 1].is("in"));
    const bool loose = asked || (placed && tokens[at].is_number());
    auto found = class_at(tokens, at, class_word, loose);
    if (!found) continue;
    if (class_word) found->span.first = lead - 1;
    while (found->span.first > 0 &&
           (tokens[found->span.first - 1].is("of") || tokens[found->span.first - 1].is("in") ||
            tokens[found->span.first - 1].is("from"))) {
      --found->span.first;
    }
    return found;
  }
  return std::nullopt;
}

bool has_section(std::string_view value) {
  return !value.empty() && (value.back() < '0' || value.back() > '9');
}

}  // namespace mitr
