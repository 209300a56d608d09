// Reading and type-checking conditions; see expression.h. A pack's author sees what is wrong and
// what to write; nothing that passes here can fail later.
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "nlu/dialogue/expression.h"
#include "nlu/dialogue/pack.h"
#include "nlu/slots/clock_time.h"
#include "nlu/slots/number.h"

namespace mitr {

class ExpressionParser {
 public:
  ExpressionParser(std::string_view text, const Flow& flow) : text_(text), flow_(flow) { next(); }

  std::variant<Expression, ExpressionMistake> parse(bool condition) {
    const std::size_t root = either();
    if (!failed_ && !word_.empty()) {
      fail("'" + std::string(word_) + "' is left over", "join two conditions with 'and' or 'or'");
    }
    if (!failed_ && condition && type(root) != Type::kBool) {
      fail("this is no condition", "compare it with something, as in quantity > 5");
    }
    if (failed_) return mistake_;
    return std::move(out_);
  }

 private:
  using Op = Expression::Op;
  using Type = Expression::Type;
  /// Deeper than a person can read; bounds the recursion.
  static constexpr int kDepthMax = 20;
  static constexpr std::size_t kNodesMax = 200;

  // -- words ----

  static bool is_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
  }

  /// The colon of "17:30".
  bool in_time() const {
    const auto digit = [this](std::size_t at) {
      return at < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at])) != 0;
    };
    return text_[at_] == ':' && at_ > begin_ && digit(at_ - 1) && digit(at_ + 1);
  }

  void next() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    begin_ = at_;
    if (at_ >= text_.size()) {
      word_ = {};
      return;
    }
    const char c = text_[at_];
    if (is_name(c)) {
      while (at_ < text_.size() && (is_name(text_[at_]) || in_time())) ++at_;
    } else if (c == '\'' || c == '"') {
      const std::size_t close = text_.find(c, at_ + 1);
      at_ = close == std::string_view::npos ? text_.size() : close + 1;
    } else {
      ++at_;
      const bool two =
          (c == '!' || c == '<' || c == '>' || c == '=') && at_ < text_.size() && text_[at_] == '=';
      if (two) ++at_;
    }
    word_ = text_.substr(begin_, at_ - begin_);
  }

  bool take(std::string_view word) {
    if (word_ != word) return false;
    next();
    return true;
  }

  void fail(std::string what, std::string mend) {
    fail_at(begin_, std::move(what), std::move(mend));
  }
  void fail_at(std::size_t column, std::string what, std::string mend) {
    if (failed_) return;
    failed_ = true;
    mistake_ = {column, std::move(what), std::move(mend)};
  }

  // -- nodes ----

  std::size_t add(Expression::Node node) {
    if (out_.nodes_.size() >= kNodesMax) fail("the condition is too long", "write two steps");
    out_.nodes_.push_back(std::move(node));
    return out_.nodes_.size() - 1;
  }
  Type type(std::size_t at) const { return out_.nodes_[at].type; }
  std::size_t join(Op op, Type result, std::size_t left, std::size_t right) {
    return add(
        {op, result, static_cast<std::uint16_t>(left), static_cast<std::uint16_t>(right), 0, {}});
  }
  void expect_bool(std::size_t at) {
    if (type(at) != Type::kBool) {
      fail("'and', 'or' and 'not' join conditions", "compare it first, as in quantity > 5");
    }
  }

  // -- the grammar, loosest first ----

  std::size_t either() {
    std::size_t left = both();
    while (!failed_ && take("or")) {
      const std::size_t right = both();
      expect_bool(left);
      expect_bool(right);
      left = join(Op::kOr, Type::kBool, left, right);
    }
    return left;
  }

  std::size_t both() {
    std::size_t left = negated();
    while (!failed_ && take("and")) {
      const std::size_t right = negated();
      expect_bool(left);
      expect_bool(right);
      left = join(Op::kAnd, Type::kBool, left, right);
    }
    return left;
  }

  std::size_t negated() {
    if (!take("not")) return comparison();
    if (++depth_ > kDepthMax) fail("nested too deeply", "write it in two steps");
    const std::size_t inner = failed_ ? add({}) : negated();
    --depth_;
    expect_bool(inner);
    return join(Op::kNot, Type::kBool, inner, inner);
  }

  std::size_t comparison() {
    const std::size_t left = sum();
    static constexpr std::array<std::pair<std::string_view, Op>, 8> ops = {{{"=", Op::kEqual},
                                                                            {"==", Op::kEqual},
                                                                            {"!=", Op::kUnequal},
                                                                            {"<", Op::kLess},
                                                                            {"<=", Op::kLessEqual},
                                                                            {">", Op::kMore},
                                                                            {">=", Op::kMoreEqual},
                                                                            {"is", Op::kEqual}}};
    for (const auto& [word, op] : ops) {
      if (failed_ || word_ != word) continue;
      next();
      const std::size_t column = begin_;
      const std::size_t right = option_of(left, sum_or_option(left));
      if (failed_) return right;
      if (type(left) != type(right)) {
        fail_at(column, "the two sides are of different kinds", alike(type(left), type(right)));
      }
      return join(op, Type::kBool, left, right);
    }
    return left;
  }

  static std::string alike(Type left, Type right) {
    const auto either = [&](Type type) { return left == type || right == type; };
    if (either(Type::kTime)) return "compare a time with a time, as in 17:30";
    if (either(Type::kDuration))
      return "compare a length with a length, as in 2 days or 90 minutes";
    if (either(Type::kBool)) return "compare what is asked with yes or no with yes or no";
    return "compare a date with a date, a text with a text in quotes, a number with a number";
  }

  std::size_t sum() {
    std::size_t left = term();
    while (!failed_ && (word_ == "+" || word_ == "-")) {
      const Op op = word_ == "+" ? Op::kAdd : Op::kSubtract;
      next();
      const std::size_t right = term();
      if (failed_) return right;
      const Type a = type(left);
      const Type b = type(right);
      if (a == Type::kNumber && b == Type::kNumber) {
        left = join(op, Type::kNumber, left, right);
      } else if (a == Type::kDuration && b == Type::kDuration) {
        left = join(op, Type::kDuration, left, right);
      } else if (a == Type::kDate && (b == Type::kNumber || b == Type::kDuration)) {
        left = join(op, Type::kDate, left, right);
      } else if (a == Type::kDate && b == Type::kDate && op == Op::kSubtract) {
        left = join(op, Type::kNumber, left, right);
      } else {
        fail("these cannot be added or subtracted",
             "use numbers, two lengths of time, or a date and a number of days");
      }
    }
    return left;
  }

  /// Behind a comparison with a choice, a bare word is one of its options.
  std::size_t sum_or_option(std::size_t left) {
    const Slot* choice = choice_of(left);
    const bool bare = choice != nullptr && !word_.empty() && is_name(word_.front());
    if (!bare) return sum();
    Expression::Node node{Op::kText, Type::kText, 0, 0, 0, std::string(word_)};
    next();
    return add(std::move(node));
  }

  std::size_t option_of(std::size_t left, std::size_t right) {
    const Slot* choice = failed_ ? nullptr : choice_of(left);
    if (choice == nullptr || out_.nodes_[right].op != Op::kText) return right;
    const std::string& id = out_.nodes_[right].text;
    std::string known;
    for (const Option& option : choice->options) {
      if (option.id == id) return right;
      known += (known.empty() ? "" : ", ") + option.id;
    }
    fail("'" + id + "' is no option of '" + choice->name + "'", "use one of: " + known);
    return right;
  }

  const Slot* choice_of(std::size_t at) const {
    const Expression::Node& node = out_.nodes_[at];
    const Slot* slot = node.op == Op::kSlot ? flow_.slot(node.text) : nullptr;
    return slot != nullptr && slot->kind == SlotKind::kChoice ? slot : nullptr;
  }

  std::size_t term() {
    if (word_.empty()) {
      fail("the condition ends too early", "write a value or a slot's name");
      return add({});
    }
    if (take("(")) {
      if (++depth_ > kDepthMax) fail("nested too deeply", "write it in two steps");
      const std::size_t inner = failed_ ? add({}) : either();
      --depth_;
      if (!take(")")) fail("')' is missing", "close the bracket");
      return inner;
    }
    const char first = word_.front();
    if (first == '\'' || first == '"') {
      if (word_.size() < 2 || word_.back() != first) fail("the text is not closed", "add a quote");
      const std::string text(word_.size() < 2 ? word_ : word_.substr(1, word_.size() - 2));
      next();
      return add({Op::kText, Type::kText, 0, 0, 0, text});
    }
    return std::isdigit(static_cast<unsigned char>(first)) != 0 ? counted() : named();
  }

  /// "5", "17:30", "2 days".
  std::size_t counted() {
    if (word_.find(':') != std::string_view::npos) {
      const auto time = parse_clock(word_);
      if (!time) fail("'" + std::string(word_) + "' is no time", "write it as 9:00 or 17:30");
      next();
      return add({Op::kNumber, Type::kTime, 0, 0, time ? time->minutes : 0, {}});
    }
    const std::int64_t number = thousandths(word_);
    next();
    static constexpr std::array<std::pair<std::string_view, std::int64_t>, 10> units = {
        {{"minute", 60},
         {"minutes", 60},
         {"hour", 3600},
         {"hours", 3600},
         {"day", 86'400},
         {"days", 86'400},
         {"week", 604'800},
         {"weeks", 604'800},
         {"month", 2'592'000},
         {"months", 2'592'000}}};
    for (const auto& [unit, seconds] : units) {
      if (!take(unit)) continue;
      constexpr std::int64_t kCountMost = 1'000'000'000;
      const std::int64_t count = std::min(number, kCountMost);
      return add({Op::kNumber, Type::kDuration, 0, 0, count * seconds / 1000, {}});
    }
    return add({Op::kNumber, Type::kNumber, 0, 0, number, {}});
  }

  std::size_t named() {
    const std::string name(word_);
    if (take("yes")) return add({Op::kYes, Type::kBool, 0, 0, 0, {}});
    if (take("no")) return add({Op::kNo, Type::kBool, 0, 0, 0, {}});
    if (take("today")) return add({Op::kToday, Type::kDate, 0, 0, 0, {}});
    if (take("weekday")) return add({Op::kWeekday, Type::kText, 0, 0, 0, {}});
    if (take("hour")) return add({Op::kHour, Type::kNumber, 0, 0, 0, {}});
    if (take("filled")) {
      if (!take("(")) fail("'filled' needs a slot in brackets", "write filled(slot)");
      const std::string slot(word_);
      known_slot(slot);
      next();
      if (!take(")")) fail("')' is missing", "write filled(slot)");
      return add({Op::kFilled, Type::kBool, 0, 0, 0, slot});
    }
    const Slot* slot = known_slot(name);
    next();
    return add({Op::kSlot, slot == nullptr ? Type::kText : Expression::type_of(slot->kind), 0, 0, 0,
                name});
  }

  const Slot* known_slot(const std::string& name) {
    const Slot* slot = flow_.slot(name);
    if (slot != nullptr) return slot;
    std::string known;
    for (const Slot& each : flow_.slots) known += (known.empty() ? "" : ", ") + each.name;
    fail("the flow has no slot '" + name + "'",
         "use one of: " + known + "; texts stand in 'quotes'");
    return nullptr;
  }

  std::string_view text_;
  const Flow& flow_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::string_view word_;
  int depth_ = 0;
  bool failed_ = false;
  ExpressionMistake mistake_;
  Expression out_;
};

Expression::Type Expression::type_of(SlotKind kind) {
  switch (kind) {
    case SlotKind::kDate:
      return Type::kDate;
    case SlotKind::kNumber:
    case SlotKind::kMoney:
      return Type::kNumber;
    case SlotKind::kTime:
      return Type::kTime;
    case SlotKind::kDuration:
      return Type::kDuration;
    case SlotKind::kYesNo:
      return Type::kBool;
    default:
      return Type::kText;
  }
}

std::variant<Expression, ExpressionMistake> Expression::condition(std::string_view text,
                                                                  const Flow& flow) {
  return ExpressionParser(text, flow).parse(true);
}

std::variant<Expression, ExpressionMistake> Expression::any(std::string_view text,
                                                            const Flow& flow) {
  return ExpressionParser(text, flow).parse(false);
}

}  // namespace mitr
