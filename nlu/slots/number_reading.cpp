// Reading one number; see number_reading.h. Works in millionths, so that "1.2345 lakh" is exact.
#include "nlu/slots/number_reading.h"

#include <algorithm>

namespace mitr {
namespace {

constexpr std::int64_t kOne = 1'000'000;
constexpr std::int64_t kQuarter = kOne / 4;
constexpr std::int64_t kNumberMax = 1'000'000'000'000 * kOne;  // A lakh crore.
constexpr std::size_t kWholeDigitsMax = 12;
constexpr std::size_t kDecimalsMax = 6;

std::int64_t power_of_ten(unsigned power) {
  std::int64_t value = 1;
  for (; power > 0; --power) value *= 10;
  return value;
}

std::int64_t digits_value(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

struct Literal {
  std::int64_t millionths = 0;
  std::size_t last = 0;
};

/// "1250", "1,25,000", "1.5". A comma that groups no digits ends the number.
std::optional<Literal> literal_at(const Tokens& t, std::size_t at) {
  if (!t[at].is_number() || t[at].digits() > kWholeDigitsMax) return std::nullopt;
  std::int64_t whole = digits_value(t[at].norm);
  std::size_t last = at + 1;
  std::int64_t grouped = whole;
  std::size_t next = last;
  std::size_t digits = t[at].digits();
  while (t[at].digits() <= 3 && t[next].is_mark(',') && t[next].glued && t[next + 1].is_number() &&
         t[next + 1].glued && (t[next + 1].digits() == 2 || t[next + 1].digits() == 3)) {
    const std::size_t group = t[next + 1].digits();
    digits += group;
    if (digits > kWholeDigitsMax) return std::nullopt;
    grouped = grouped * power_of_ten(static_cast<unsigned>(group)) + digits_value(t[next + 1].norm);
    next += 2;
    // Only a group of three can be the last: "10,20" are two numbers.
    if (group == 3) {
      whole = grouped;
      last = next;
    }
  }
  std::int64_t value = whole * kOne;
  const bool decimal = t[last].is_mark('.') && t[last].glued && t[last + 1].is_number() &&
                       t[last + 1].glued && t[last + 1].digits() <= kDecimalsMax;
  if (decimal) {
    value += digits_value(t[last + 1].norm) *
             power_of_ten(static_cast<unsigned>(kDecimalsMax - t[last + 1].digits()));
    last += 2;
  }
  return Literal{value, last};
}

/// "1/2", "1/4", "3/4".
std::optional<Literal> fraction_at(const Tokens& t, std::size_t at) {
  if (!t[at].is_number() || !t[at + 1].is_mark('/') || !t[at + 2].is_number()) return std::nullopt;
  if (t[at].digits() != 1 || t[at + 2].digits() != 1) return std::nullopt;
  const std::int64_t below = t[at + 2].number;
  const std::int64_t above = t[at].number;
  if ((below != 2 && below != 4) || above < 1 || above >= below) return std::nullopt;
  return Literal{above * kOne / below, at + 3};
}

bool cardinal(const Token& token) {
  return token.sense.role == NumberRole::kCardinal;
}
bool english(const Token& token) {
  return cardinal(token) && token.is(kIsEnglish);
}
bool scale(const Token& token) {
  return token.sense.role == NumberRole::kScale;
}

class Reader {
 public:
  Reader(const Tokens& tokens, std::size_t at, NumberStyle style)
      : t_(tokens), first_(at), at_(at), style_(style) {}

  std::optional<NumberReading> read() {
    while (at_ < t_.size() && last_ != Last::kClosed && step()) {
    }
    if (at_ == first_ || last_ == Last::kNothing) return std::nullopt;
    const std::int64_t value = total_ + current_;
    if (value > kNumberMax || value % (kOne / 1000) != 0) return std::nullopt;
    const bool lone_scale = scale(t_[first_]);
    const bool weak = at_ == first_ + 1 && (t_[first_].is(kIsWeakNumber) || lone_scale);
    return NumberReading{value / (kOne / 1000), at_, weak, !t_[first_].is_number()};
  }

 private:
  enum class Last {
    kNothing,
    kArticle,
    kDigits,
    kTens,
    kUnit,
    kHundred,
    kScale,
    kFraction,
    kClosed
  };

  /// Takes what stands at the reader's place; false: it is no part of this number.
  bool step() {
    const Token& token = t_[at_];
    if (token.is_number()) return digits();
    if (token.is_mark('-')) return hyphen();
    if (!token.is_word()) return false;
    switch (token.sense.role) {
      case NumberRole::kCardinal:
        return word(token);
      case NumberRole::kScale:
        return token.sense.number == 2 ? hundred() : large(token.sense.number);
      case NumberRole::kLetterScale:
        return letter(token);
      case NumberRole::kQuarters:
        return quarters(token.sense.number);
      case NumberRole::kMoreQuarters:
        return around_next(kQuarter * token.sense.number);
      case NumberRole::kLessQuarter:
        return around_next(-kQuarter);
      case NumberRole::kDozen:
        return dozen();
      default:
        return token.is("and") ? conjunction() : (token.is("point") ? point() : article(token));
    }
  }

  bool begins_group() const {
    return last_ == Last::kNothing || last_ == Last::kHundred || last_ == Last::kScale;
  }
  bool counts() const {
    return last_ == Last::kDigits || last_ == Last::kTens || last_ == Last::kUnit;
  }

  bool digits() {
    if (!begins_group() || (last_ != Last::kNothing && t_[at_].glued)) return false;
    const auto literal =
        style_.fractions && fraction_at(t_, at_) ? fraction_at(t_, at_) : literal_at(t_, at_);
    if (!literal || literal->millionths >= room_) return false;
    current_ += literal->millionths;
    at_ = literal->last;
    last_ = Last::kDigits;
    return true;
  }

  bool word(const Token& token) {
    const std::int64_t n = token.sense.number;
    const bool after_tens =
        last_ == Last::kTens && english(token) && english_tens_ && n >= 1 && n <= 9;
    if (!begins_group() && !after_tens) return false;
    if (last_ != Last::kNothing && !after_tens && n * kOne >= room_) return false;
    current_ += n * kOne;
    english_tens_ = english(token) && n >= 20;
    last_ = english_tens_ ? Last::kTens : Last::kUnit;
    ++at_;
    return true;
  }

  bool hyphen() {
    const bool joins = last_ == Last::kTens && english_tens_ && t_[at_].glued &&
                       english(t_[at_ + 1]) && t_[at_ + 1].glued && t_[at_ + 1].sense.number < 10;
    if (joins) ++at_;
    return joins;
  }

  bool hundred() {
    if (last_ == Last::kHundred || current_ >= 100 * kOne || room_ <= 100 * kOne) return false;
    current_ = (current_ == 0 ? kOne : current_) * 100;
    room_ = 100 * kOne;
    last_ = Last::kHundred;
    ++at_;
    return true;
  }

  bool large(unsigned power) {
    const std::int64_t worth = power_of_ten(power);
    if (worth >= scale_) return false;
    const std::int64_t count = current_ == 0 ? kOne : current_;
    if (last_ == Last::kScale || count > kNumberMax / worth) return false;
    total_ += count * worth;
    current_ = 0;
    scale_ = worth;
    room_ = worth * kOne;
    last_ = Last::kScale;
    ++at_;
    return true;
  }

  bool letter(const Token& token) {
    if (last_ != Last::kDigits || !token.glued) return false;
    if (token.is("l") && !style_.letter_lakh) return false;
    return large(token.sense.number);
  }

  bool quarters(std::int64_t count) {
    if (counts() && t_[at_].glued && count < 4) {  // "1½"
      current_ += count * kQuarter;
      last_ = Last::kClosed;
    } else if (last_ == Last::kNothing) {
      current_ = count * kQuarter;
      last_ = Last::kFraction;
    } else {
      return false;
    }
    ++at_;
    // "half a dozen", "half a lakh".
    const bool more = t_[at_].is(kIsArticle) &&
                      (scale(t_[at_ + 1]) || t_[at_ + 1].sense.role == NumberRole::kDozen);
    if (more) ++at_;
    return true;
  }

  /// sava, saade, paune: they move the number behind them, or one of the scale behind them.
  bool around_next(std::int64_t by) {
    if (last_ != Last::kNothing) return false;
    const Token& next = t_[at_ + 1];
    if (cardinal(next) || (next.is_number() && next.digits() <= 2)) {
      const std::int64_t n = cardinal(next) ? next.sense.number : next.number;
      if (n == 0) return false;
      current_ = n * kOne + by;
      at_ += 2;
    } else if (by != 2 * kQuarter && (scale(next) || next.sense.meaning != Meaning::kNone)) {
      current_ = kOne + by;  // "sava lakh", "paune ghanta"
      ++at_;
    } else {
      return false;
    }
    last_ = Last::kFraction;
    return true;
  }

  bool dozen() {
    if (total_ != 0 || last_ == Last::kHundred || last_ == Last::kScale) return false;
    current_ = (current_ == 0 ? kOne : current_) * 12;
    last_ = Last::kClosed;
    ++at_;
    return true;
  }

  /// "two hundred and five", "two and a half".
  bool conjunction() {
    const Token& next = t_[at_ + 1];
    if (counts()) {
      const std::size_t half = next.is(kIsArticle) ? at_ + 2 : at_ + 1;
      if (!t_[half].is("half")) return false;
      current_ += 2 * kQuarter;
      at_ = half + 1;
      last_ = scale(t_[at_]) ? Last::kFraction : Last::kClosed;
      return true;
    }
    const bool joins = (last_ == Last::kHundred || last_ == Last::kScale) && english(next) &&
                       !t_[first_].is_number() && next.sense.number > 0;
    if (joins) ++at_;
    return joins;
  }

  bool point() {
    if (!counts() || !cardinal(t_[at_ + 1]) || t_[at_ + 1].sense.number > 9) return false;
    ++at_;
    for (std::int64_t place = kOne / 10;
         place > 0 && cardinal(t_[at_]) && t_[at_].sense.number <= 9; place /= 10) {
      current_ += t_[at_].sense.number * place;
      ++at_;
    }
    last_ = Last::kFraction;
    return true;
  }

  bool article(const Token& token) {
    const Token& next = t_[at_ + 1];
    const bool counts_one = last_ == Last::kNothing && token.is(kIsArticle) &&
                            (scale(next) || next.sense.role == NumberRole::kDozen);
    if (!counts_one) return false;
    last_ = Last::kArticle;
    ++at_;
    return true;
  }

  const Tokens& t_;
  const std::size_t first_;
  std::size_t at_;
  const NumberStyle style_;
  std::int64_t total_ = 0;
  std::int64_t current_ = 0;
  std::int64_t scale_ = 1'000'000'000'000;  ///< Scales still to come are smaller.
  std::int64_t room_ = kNumberMax;          ///< What may be added is smaller.
  bool english_tens_ = false;
  Last last_ = Last::kNothing;
};

bool any_of(const Token& token, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), token.norm) != words.end();
}

}  // namespace

std::optional<NumberReading> number_at(const Tokens& tokens, std::size_t at, NumberStyle style) {
  const Token& token = tokens[at];
  if (!token.is_number() && token.sense.role == NumberRole::kNone && !token.is(kIsArticle)) {
    return std::nullopt;
  }
  if (token.sense.role == NumberRole::kOrdinal) return std::nullopt;
  return Reader(tokens, at, style).read();
}

bool weak_number_is_meant(const Tokens& tokens, TokenSpan span, bool counted, bool asked) {
  const Token& word = tokens[span.first];
  static const Token none;
  const Token& before = span.first > 0 ? tokens[span.first - 1] : none;
  const Token& behind = tokens[span.last];
  if (word.sense.number == 2 &&
      any_of(before, {"rehne", "rahne", "kar", "de", "bata", "bhej", "likh", "jane", "dila", "laga",
                      "bana", "rakh", "mujhe", "hume", "रहने", "कर", "बता", "भेज", "लिख"})) {
    return counted && !before.is("rehne") && !before.is("kar");
  }
  if (word.is("do") && any_of(behind, {"you", "not", "i", "we", "it", "they", "this", "that", "u"}))
    return false;
  if (word.is("one") && (before.sense.role == NumberRole::kOrdinal ||
                         any_of(before, {"this", "that", "which", "the", "any", "no", "other"}))) {
    return false;
  }
  const bool with = word.is("saath") || word.is("sath");
  if (with && any_of(before, {"ke", "mere", "uske", "sabke", "iske", "apne"})) return false;
  return counted || asked;
}

std::optional<CountReading> count_at(const Tokens& tokens, std::size_t at) {
  const auto reading = number_at(tokens, at);
  if (!reading || reading->thousandths % 1000 != 0) return std::nullopt;
  if (reading->thousandths >= 10'000'000) return std::nullopt;
  return CountReading{static_cast<int>(reading->thousandths / 1000), reading->last};
}

}  // namespace mitr
