// Reading numbers; see number.h.
#include "nlu/slots/number.h"

#include <algorithm>

namespace mitr {
namespace {

bool inside(const std::vector<TokenSpan>& taken, std::size_t at) {
  return std::any_of(taken.begin(), taken.end(),
                     [at](const TokenSpan& span) { return at >= span.first && at < span.last; });
}

}  // namespace

std::optional<NumberMatch> find_number(const Tokens& tokens, const std::vector<std::string>& units,
                                       const std::vector<TokenSpan>& taken) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (inside(taken, at)) continue;
    std::size_t last = at + 1;
    std::string value;
    if (tokens[at].is_number()) {
      value = std::to_string(tokens[at].number);
      const bool decimal = tokens[last].is_mark('.') && tokens[last].glued &&
                           tokens[last + 1].is_number() && tokens[last + 1].glued &&
                           tokens[last + 1].digits() <= 3;
      if (decimal) {
        value += '.';
        value += tokens[last + 1].norm;
        last += 2;
      }
    } else if (tokens[at].is(kIsNumberWord)) {
      value = std::to_string(tokens[at].sense.value);
      if (tokens[last].is("dozen")) {
        value = std::to_string(tokens[at].sense.value * 12);
        ++last;
      }
    } else {
      continue;
    }
    const auto unit = std::find(units.begin(), units.end(), tokens[last].norm);
    if (tokens[last].is_word() && unit != units.end()) {
      value += ' ';
      value += *unit;
      ++last;
    }
    return NumberMatch{.span = {at, last}, .value = std::move(value)};
  }
  return std::nullopt;
}

std::int64_t thousandths(std::string_view value) {
  std::int64_t whole = 0;
  std::int64_t part = 0;
  std::int64_t scale = 0;
  for (const char c : value) {
    if (c == '.' && scale == 0) {
      scale = 1000;
    } else if (c < '0' || c > '9') {
      break;
    } else if (scale == 0) {
      whole = std::min<std::int64_t>(whole * 10 + (c - '0'), 1'000'000'000'000);
    } else {
      scale /= 10;
      part += (c - '0') * scale;
    }
  }
  return whole * 1000 + part;
}

}  // namespace mitr
