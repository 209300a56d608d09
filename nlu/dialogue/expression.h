// Conditions of a flow: "way = exchange and not filled(receipt)". Compiled and type-checked when
// the pack loads; evaluating one cannot fail: what it needs and is not there makes it unknown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/moment.h"

namespace mitr {

struct DialogueState;
struct Flow;
enum class SlotKind : std::uint8_t;

struct ExpressionMistake {
  std::size_t column = 0;  ///< From 0, into the text.
  std::string what;
  std::string mend;
};

/// or, and, not; = != < <= > >=; + and - on numbers (money is one, in rupees), a date and a number
/// of days, two dates, two lengths of time; filled(slot); today, weekday, hour; numbers, times
/// (17:30), lengths (2 days, 90 minutes), 'texts', yes, no, option ids of a choice.
class Expression {
 public:
  enum class Type : std::uint8_t { kBool, kNumber, kDate, kText, kTime, kDuration };

  /// An expression that is true or false.
  static std::variant<Expression, ExpressionMistake> condition(std::string_view text,
                                                               const Flow& flow);
  /// Any; see type().
  static std::variant<Expression, ExpressionMistake> any(std::string_view text, const Flow& flow);

  /// What a slot of that kind counts as.
  static Type type_of(SlotKind kind);

  bool empty() const { return nodes_.empty(); }
  Type type() const { return nodes_.empty() ? Type::kBool : nodes_.back().type; }
  /// None: a slot it needs has no value yet, so that it is neither true nor false.
  std::optional<bool> holds(const DialogueState& state, const Moment& now) const;
  /// The canonical form of the value; none as above.
  std::optional<std::string> value(const DialogueState& state, const Moment& now) const;
  /// Slots it names.
  std::vector<std::string> slots() const;

 private:
  friend class ExpressionParser;
  enum class Op : std::uint8_t {
    kNumber,  ///< A literal of any type that counts.
    kText,
    kYes,
    kNo,
    kSlot,
    kToday,
    kWeekday,
    kHour,
    kFilled,
    kNot,
    kAnd,
    kOr,
    kEqual,
    kUnequal,
    kLess,
    kLessEqual,
    kMore,
    kMoreEqual,
    kAdd,
    kSubtract,
  };
  struct Node {
    Op op = Op::kNo;
    Type type = Type::kBool;
    std::uint16_t left = 0;  ///< Places in nodes_, always before this one.
    std::uint16_t right = 0;
    std::int64_t number = 0;  ///< Thousandths; minutes; seconds: as Value.
    std::string text;         ///< Of a literal; or the slot's name.
  };
  struct Value {
    bool known = false;
    /// Thousandths; days since the epoch; minutes after midnight; seconds; 0 or 1.
    std::int64_t number = 0;
    std::string_view text;
  };
  Value eval(std::size_t at, const DialogueState& state, const Moment& now) const;
  Value eval_logic(const Node& node, const DialogueState& state, const Moment& now) const;

  std::vector<Node> nodes_;  ///< The root is the last.
};

}  // namespace mitr
