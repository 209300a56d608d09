// Matching shapes against tokens; see reference.h.
#include "nlu/slots/reference.h"

#include <algorithm>
#include <optional>

#include "nlu/slots/surroundings.h"

namespace mitr {
namespace {

/// "order number is: #": small words that may stand between the name and the reference.
constexpr std::size_t kLeadWordsMax = 4;

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool letter(char c) {
  return c >= 'a' && c <= 'z';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
  return letter(c) ? static_cast<char>(c - 'a' + 'A') : c;
}
bool separator(char c) {
  return c == '-' || c == '/' || c == ' ';
}

/// Walks over the characters of tokens, one token after the other.
class Cursor {
 public:
  Cursor(const Tokens& tokens, std::size_t at) : t_(tokens), at_(at) {}

  /// The character here, after marks that only separate; 0 where the token's word ends the walk.
  /// `parted`: the shape has a separator here.
  char here(bool parted) {
    if (inside_ == size()) step_over(parted);
    return inside_ < size() ? t_[at_].norm[inside_] : '\0';
  }
  /// The character here, but only of the token we are in.
  char same_token() const { return inside_ < size() ? t_[at_].norm[inside_] : '\0'; }
  void advance() { ++inside_; }
  bool at_token_end() const { return inside_ == size(); }
  std::size_t behind() const { return at_ + 1; }

 private:
  std::size_t size() const { return t_[at_].norm.size(); }
  static bool solid(const Token& token) { return token.is_word() || token.is_number(); }

  void step_over(bool parted) {
    std::size_t next = at_ + 1;
    if (t_[next].is_mark('-') || t_[next].is_mark('/') || t_[next].is_mark('_')) ++next;
    if (!solid(t_[next])) return;
    // "A 1234", "RC 20931"; but "number is 42" is no "IS42".
    const bool spaced = !t_[next].glued;
    if (spaced && next == at_ + 1 && !parted && !t_.capital(at_)) return;
    if (spaced && t_[next].is_word() == t_[at_].is_word() && next == at_ + 1) return;
    at_ = next;
    inside_ = 0;
  }

  const Tokens& t_;
  std::size_t at_;
  std::size_t inside_ = 0;
};

struct Match {
  std::string text;
  std::size_t last = 0;
};

std::optional<Match> match_at(const Tokens& t, std::size_t at, std::string_view shape) {
  Cursor cursor(t, at);
  Match match;
  bool parted = false;
  for (std::size_t place = 0; place < shape.size(); ++place) {
    const char wanted = shape[place];
    if (wanted == '+') continue;
    if (separator(wanted)) {
      match.text.push_back(wanted);
      parted = true;
      continue;
    }
    const auto fits = [wanted](char c) {
      if (wanted == '#') return digit(c);
      if (wanted == '@') return letter(c);
      return c == lower(wanted);
    };
    const char c = cursor.here(parted);
    parted = false;
    if (c == '\0' || !fits(c)) return std::nullopt;
    match.text.push_back(upper(c));
    cursor.advance();
    const bool many = place + 1 < shape.size() && shape[place + 1] == '+';
    while (many && cursor.same_token() != '\0' && fits(cursor.same_token())) {
      match.text.push_back(upper(cursor.same_token()));
      cursor.advance();
    }
  }
  if (match.text.empty() || !cursor.at_token_end()) return std::nullopt;
  match.last = cursor.behind();
  const Token& behind = t[match.last];
  const bool solid_behind = behind.glued && (behind.is_word() || behind.is_number());
  if (solid_behind || in_chain(t, {at, match.last})) return std::nullopt;
  return match;
}

bool between_lead_and_number(const Token& token) {
  return token.is_mark('#') || token.is_mark(':') || token.is_mark('.') || token.is_mark('-') ||
         token.is("no") || token.is("number") || token.is("num") || token.is("nos") ||
         token.is("id") || token.is("is") || token.is("hai") || token.is("ka") || token.is("ki") ||
         token.is("नंबर") || token.is("नं") || token.is("है") || token.is("का");
}

bool led(const Tokens& t, std::size_t at, const ReferenceShape& shape) {
  for (std::size_t steps = 0; at > 0 && steps <= kLeadWordsMax; ++steps) {
    const Token& before = t[--at];
    if (std::find(shape.called.begin(), shape.called.end(), before.norm) != shape.called.end()) {
      return before.is_word();
    }
    if (!between_lead_and_number(before)) return false;
  }
  return false;
}

/// A shape with letters is known by sight; "12" is not.
bool telling(std::string_view shape) {
  constexpr std::size_t kTellingMin = 4;
  return shape.size() >= kTellingMin && std::any_of(shape.begin(), shape.end(), [](char c) {
           return c == '@' || letter(lower(c));
         });
}

}  // namespace

std::vector<Found<Reference>> find_references(const Tokens& tokens,
                                              const ReferenceContext& context) {
  std::vector<Found<Reference>> all;
  for (std::size_t at = 0; at < tokens.size();) {
    std::size_t last = at;
    std::vector<Reference> fits;
    const bool solid = tokens[at].is_word() || tokens[at].is_number();
    const Token& before = token_before(tokens, at);
    const bool tail = at > 0 && tokens[at].glued && (before.is_word() || before.is_number());
    for (std::size_t shape = 0; solid && !tail && shape < context.shapes.size(); ++shape) {
      const ReferenceShape& wanted = context.shapes[shape];
      auto match = match_at(tokens, at, wanted.shape);
      if (!match || match->last < last) continue;
      const bool known =
          context.asked || telling(wanted.shape) || before.is_mark('#') || led(tokens, at, wanted);
      if (!known) continue;
      if (match->last > last) fits.clear();
      last = match->last;
      Reference reference{shape, Personal(std::move(match->text))};
      // The shape whose own word leads is meant before another that looks alike.
      const bool named = led(tokens, at, wanted);
      fits.insert(named ? fits.begin() : fits.end(), std::move(reference));
    }
    if (fits.empty()) {
      ++at;
      continue;
    }
    Reference best = std::move(fits.front());
    fits.erase(fits.begin());
    if (led(tokens, at, context.shapes[best.shape])) fits.clear();
    all.push_back(found_at(tokens, {at, last}, std::move(best), std::move(fits)));
    at = last;
  }
  return all;
}

}  // namespace mitr
