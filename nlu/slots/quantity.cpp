// Finding quantities; see quantity.h.
#include "nlu/slots/quantity.h"

#include <algorithm>
#include <optional>

#include "nlu/slots/number_reading.h"
#include "nlu/slots/surroundings.h"

namespace mitr {
namespace {

/// A product's name is seldom longer, and everything behind it would be taken for it.
constexpr std::size_t kProductWordsMax = 5;

/// Words that are no part of a product's name: they ask, connect or are polite.
bool stops_product(const Token& token) {
  static constexpr std::string_view words[] = {
      "please", "pls",    "plz",    "send",    "give",   "want", "need",  "i",      "me",   "we",
      "and",    "also",   "to",     "for",     "order",  "hai",  "ji",    "sir",    "at",   "by",
      "on",     "in",     "with",   "chahiye", "chahie", "bhej", "bhejo", "bhejna", "dena", "dedo",
      "de",     "do",     "dijiye", "mujhe",   "hume",   "bhi",  "lana",  "karo",   "kar",  "or",
      "madam",  "bhaiya", "only",   "thanks",  "ko",     "se",   "kardo", "chaiye", "you",  "is",
      "are",    "my",     "the",    "of",      "ka",     "ki",   "ke",    "hello",  "hi",   "yes",
      "चाहिए",  "भेजो",    "भेज",     "देना",     "दे",      "दो",   "मुझे",    "भी",     "है",    "का",
      "की",     "के",      "को",     "कर"};
  if (token.is(kIsAnd) || token.is(kIsRelativeDay) || token.is(kIsWeekday)) return true;
  return std::find(std::begin(words), std::end(words), token.norm) != std::end(words);
}

bool product_word(const Tokens& t, std::size_t at) {
  const Token& token = t[at];
  if (!token.is_word() || stops_product(token) || is_counted(token.sense.meaning)) return false;
  return token.sense.role == NumberRole::kNone && !token.is(kIsArticle) &&
         !is_part_of_day(token.sense.meaning) && token.sense.meaning != Meaning::kOclock;
}

TokenSpan product_behind(const Tokens& t, std::size_t at) {
  if (t[at].is("of") || t[at].is("ka") || t[at].is("ki") || t[at].is("ke") || t[at].is("का") ||
      t[at].is("की") || t[at].is("के")) {
    ++at;
  }
  std::size_t last = at;
  while (last - at < kProductWordsMax && product_word(t, last)) ++last;
  return {at, last};
}

TokenSpan product_before(const Tokens& t, std::size_t at, std::size_t floor) {
  if (at > floor && (t[at - 1].is_mark('-') || t[at - 1].is_mark(':'))) --at;
  std::size_t first = at;
  while (first > floor && at - first < kProductWordsMax && product_word(t, first - 1)) --first;
  return {first, at};
}

struct Amount {
  std::int64_t thousandths = 0;
  std::optional<std::int64_t> upper;
  Meaning measure = Meaning::kNone;
  std::size_t last = 0;
  bool dozen = false;
};

std::optional<Amount> amount_at(const Tokens& t, std::size_t at, bool asked) {
  if (t[at].is(kIsArticle) && is_measure(t[at + 1].sense.meaning)) {
    return Amount{1000, {}, t[at + 1].sense.meaning, at + 2, false};
  }
  if (looks_like_id(t, at)) return std::nullopt;
  const auto number = number_at(t, at, {.letter_lakh = false, .fractions = true});
  if (!number || number->thousandths == 0) return std::nullopt;
  Amount amount{number->thousandths, {}, Meaning::kNone, number->last, false};
  amount.dozen = t[number->last - 1].sense.role == NumberRole::kDozen;
  if (t[amount.last].is_mark('-') && t[amount.last + 1].is_number()) {
    const auto upper = number_at(t, amount.last + 1);
    if (!upper || upper->thousandths <= amount.thousandths) return std::nullopt;
    amount.upper = upper->thousandths;
    amount.last = upper->last;
  }
  if (in_mixture(t, {at, amount.last}) || in_chain(t, {at, amount.last})) return std::nullopt;
  std::size_t next = amount.last;
  if (t[next].is("x") || t[next].is("×")) ++next;
  if (amount.thousandths < 1000 && t[next].is(kIsArticle)) ++next;  // "half a kg"
  const bool measured = t[next].is_word() && is_measure(t[next].sense.meaning);
  const Meaning behind = t[amount.last].sense.meaning;
  // "2 din", "5 baje", "500 rupaye", "12 March", "5th" count something that is not sold.
  const bool elsewhere = is_length_of_time(behind) || is_money_word(behind) ||
                         is_part_of_day(behind) || behind == Meaning::kOclock ||
                         behind == Meaning::kDateWord || t[amount.last].is(kIsMonth) ||
                         t[amount.last].is(kIsOrdinal) || t[amount.last].is(kIsClassWord) ||
                         t[amount.last].is_mark('/') || token_before(t, at).is(kIsClassWord) ||
                         is_money_word(token_before(t, at).sense.meaning);
  if (!measured && elsewhere) return std::nullopt;
  if (number->weak && !weak_number_is_meant(t, {at, number->last}, measured, asked)) {
    return std::nullopt;
  }
  amount.last = measured ? next + 1 : next;
  if (measured) amount.measure = t[next].sense.meaning;
  return amount;
}

Quantity quantity(std::int64_t thousandths, Meaning measure, TokenSpan product) {
  if (measure == Meaning::kQuarterKilogram) {
    return {{thousandths / 4}, Meaning::kKilogram, product};
  }
  return {{thousandths}, measure, product};
}

}  // namespace

std::vector<Found<Quantity>> find_quantities(const Tokens& tokens, const QuantityContext& context) {
  std::vector<Found<Quantity>> all;
  std::size_t floor = 0;
  for (std::size_t at = 0; at < tokens.size();) {
    const auto amount = amount_at(tokens, at, context.asked);
    if (!amount) {
      ++at;
      continue;
    }
    TokenSpan product = product_before(tokens, at, floor);
    const TokenSpan behind = product_behind(tokens, amount->last);
    // "doodh 2 packet, chini 1 kilo" names things first; "2 kg aata" behind. Between two amounts
    // the words belong to the one that has no other.
    const bool name_first = !product.empty() && behind.empty();
    if (!name_first) product = behind;
    const bool stands = amount->measure != Meaning::kNone || amount->dozen || !product.empty();
    if (stands || context.asked) {
      std::vector<Quantity> others;
      if (amount->upper) others.push_back(quantity(*amount->upper, amount->measure, product));
      all.push_back(found_at(tokens, {at, amount->last},
                             quantity(amount->thousandths, amount->measure, product),
                             std::move(others)));
    }
    at = name_first ? amount->last : std::max(amount->last, product.last);
    floor = at;
  }
  return all;
}

}  // namespace mitr
