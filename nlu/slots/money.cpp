// Finding sums of money; see money.h.
#include "nlu/slots/money.h"

#include <optional>

#include "nlu/slots/number.h"
#include "nlu/slots/number_reading.h"
#include "nlu/slots/surroundings.h"

namespace mitr {
namespace {

constexpr NumberStyle kStyle{.letter_lakh = true, .fractions = false};

bool is_rupee(const Token& token) {
  return token.is_word() && token.sense.meaning == Meaning::kRupee;
}
bool is_paisa(const Token& token) {
  return token.is_word() && token.sense.meaning == Meaning::kPaisa;
}

/// Rupees of a number in paise; none if a part of a paisa would be left.
std::optional<std::int64_t> paise_of(std::int64_t thousandths) {
  if (thousandths % 10 != 0) return std::nullopt;
  return thousandths / 10;
}

/// "/-" or "/=" behind the amount, as bills have it.
std::size_t behind_slash(const Tokens& t, std::size_t at) {
  const bool slash = t[at].is_mark('/') && (t[at + 1].is_mark('-') || t[at + 1].is_mark('='));
  return slash ? at + 2 : at;
}

struct Reading {
  Money money;
  std::optional<Money> other;
  std::size_t last = 0;
};

/// "-600" behind the amount.
std::size_t take_upper(const Tokens& t, Reading& reading) {
  const std::size_t at = reading.last;
  if (!t[at].is_mark('-') || !t[at + 1].is_number()) return at;
  const auto upper = number_at(t, at + 1, kStyle);
  if (!upper) return at;
  const auto paise = paise_of(upper->thousandths);
  if (!paise || *paise <= reading.money.paise) return at;
  reading.other = Money{*paise};
  return upper->last;
}

/// "50 paise" behind the rupees.
void take_paise(const Tokens& t, Reading& reading) {
  std::size_t at = reading.last;
  if (t[at].is(kIsAnd)) ++at;
  const auto count = count_at(t, at);
  if (!count || count->count > 99 || !is_paisa(t[count->last])) return;
  reading.money.paise += count->count;
  reading.last = count->last + 1;
}

std::optional<Reading> amount_at(const Tokens& t, std::size_t at) {
  const auto number = number_at(t, at, kStyle);
  if (!number) return std::nullopt;
  const auto paise = paise_of(number->thousandths);
  if (!paise) return std::nullopt;
  return Reading{{*paise}, {}, number->last};
}

/// "Rs. 500", "₹ 500/-", "INR 2 lakh".
std::optional<Reading> sign_first(const Tokens& t, std::size_t at) {
  if (!is_rupee(t[at])) return std::nullopt;
  std::size_t next = at + 1;
  if (t[next].is_mark('.') || t[next].is_mark(':')) ++next;
  auto reading = amount_at(t, next);
  if (!reading) return std::nullopt;
  // "rupaye do" asks for money; only digits stand behind a written-out rupee.
  if (!t[next].is_number() && !t[at].is("rs") && !t[at].is("₹") && !t[at].is("inr")) {
    return std::nullopt;
  }
  reading->last = take_upper(t, *reading);
  const std::size_t slash = behind_slash(t, reading->last);
  reading->last = slash;
  take_paise(t, *reading);
  return reading;
}

/// "500 rs", "do sau rupaye 50 paise", "500/-", "50 paise".
std::optional<Reading> number_first(const Tokens& t, std::size_t at) {
  auto reading = amount_at(t, at);
  if (!reading) return std::nullopt;
  if (is_paisa(t[reading->last])) {
    if (reading->money.paise % 100 != 0) return std::nullopt;
    reading->money.paise /= 100;
    ++reading->last;
    return reading;
  }
  reading->last = take_upper(t, *reading);
  const std::size_t slash = behind_slash(t, reading->last);
  const bool rupees = is_rupee(t[slash]);
  if (slash == reading->last && !rupees) return std::nullopt;
  reading->last = rupees ? slash + 1 : slash;
  if (rupees && t[reading->last].is_mark('.') && t[slash].is("rs")) ++reading->last;
  take_paise(t, *reading);
  return reading;
}

}  // namespace

std::vector<Found<Money>> find_money(const Tokens& tokens, const MoneyContext& context) {
  std::vector<Found<Money>> all;
  for (std::size_t at = 0; at < tokens.size();) {
    auto reading = sign_first(tokens, at);
    const bool tail = at > 1 && tokens[at].is_number() && tokens[at].glued &&
                      (tokens[at - 2].is_number() || tokens[at - 1].is_word());
    if (!reading && !tail) reading = number_first(tokens, at);
    if (!reading) {
      ++at;
      continue;
    }
    std::vector<Money> others;
    if (reading->other) others.push_back(*reading->other);
    all.push_back(found_at(tokens, {at, reading->last}, reading->money, std::move(others)));
    at = reading->last;
  }
  if (!all.empty() || !context.asked) return all;
  for (auto& number : find_numbers(tokens, {.asked = true})) {
    const Meaning behind = tokens[number.tokens.last].sense.meaning;
    const auto paise = paise_of(number.value.thousandths);
    if (!paise || is_measure(behind) || is_length_of_time(behind)) continue;
    std::vector<Money> others;
    for (const Number& other : number.others) others.push_back({other.thousandths / 10});
    all.push_back(found_at(tokens, number.tokens, Money{*paise}, std::move(others)));
  }
  return all;
}

std::string money_text(Money money) {
  return number_text({money.paise * 10});
}

std::optional<Money> parse_money(std::string_view text) {
  constexpr std::size_t kTextMax = 20;
  const std::size_t dot = text.find('.');
  const std::size_t whole = dot == std::string_view::npos ? text.size() : dot;
  const std::size_t decimals = dot == std::string_view::npos ? 0 : text.size() - dot - 1;
  if (whole == 0 || text.size() > kTextMax || decimals > 2 || (whole < text.size() && !decimals)) {
    return std::nullopt;
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at != dot && (text[at] < '0' || text[at] > '9')) return std::nullopt;
  }
  return Money{thousandths(text) / 10};
}

}  // namespace mitr
