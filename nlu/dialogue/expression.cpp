// Evaluating conditions; see expression.h. Total: every operation has an answer for every value,
// sums saturate, and what is not there makes the result unknown.
#include "nlu/dialogue/expression.h"

#include <algorithm>
#include <array>

#include "nlu/dialogue/dialogue.h"
#include "nlu/slots/clock_time.h"
#include "nlu/slots/date.h"
#include "nlu/slots/duration.h"
#include "nlu/slots/number.h"

namespace mitr {
namespace {

constexpr std::int64_t kMost = std::int64_t{1} << 60;
constexpr std::int64_t kDaySeconds = 86'400;

std::int64_t bounded(std::int64_t number) {
  return std::clamp(number, -kMost, kMost);
}

std::string decimal(std::int64_t thousandths) {
  std::string text = thousandths < 0 ? "-" : "";
  const std::int64_t size = thousandths < 0 ? -thousandths : thousandths;
  text += std::to_string(size / 1000);
  if (size % 1000 != 0) {
    std::string part = std::to_string(1000 + size % 1000).substr(1);
    while (part.back() == '0') part.pop_back();
    text += '.' + part;
  }
  return text;
}

std::string_view weekday_name(std::chrono::local_days day) {
  static constexpr std::array<std::string_view, 7> names = {
      "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
  return names[std::chrono::weekday(day).c_encoding() % names.size()];
}

}  // namespace

Expression::Value Expression::eval(std::size_t at, const DialogueState& state,
                                   const Moment& now) const {
  const Node& node = nodes_[at];
  switch (node.op) {
    case Op::kNumber:
      return {true, node.number, {}};
    case Op::kText:
      return {true, 0, node.text};
    case Op::kYes:
      return {true, 1, {}};
    case Op::kNo:
      return {true, 0, {}};
    case Op::kToday:
      return {true, now.today.time_since_epoch().count(), {}};
    case Op::kWeekday:
      return {true, 0, weekday_name(now.today)};
    case Op::kHour:
      return {true, now.time_of_day.count() / 60 * 1000, {}};
    case Op::kFilled: {
      const SlotValue* held = state.slot(node.text);
      return {true, held != nullptr && !held->value.empty() ? 1 : 0, {}};
    }
    case Op::kSlot: {
      const SlotValue* held = state.slot(node.text);
      if (held == nullptr || held->value.empty()) return {};
      const std::string& text = held->value.reveal();
      if (node.type == Type::kNumber) return {true, thousandths(text), {}};
      if (node.type == Type::kText) return {true, 0, text};
      if (node.type == Type::kBool) return {true, text == "yes" ? 1 : 0, {}};
      if (node.type == Type::kTime) {
        const auto time = parse_clock(text);
        return time ? Value{true, time->minutes, {}} : Value{};
      }
      if (node.type == Type::kDuration) {
        const auto length = parse_duration(text);
        return length ? Value{true, seconds_of(*length), {}} : Value{};
      }
      const auto day = parse_iso_date(text);
      return day ? Value{true, day->time_since_epoch().count(), {}} : Value{};
    }
    default:
      return eval_logic(node, state, now);
  }
}

Expression::Value Expression::eval_logic(const Node& node, const DialogueState& state,
                                         const Moment& now) const {
  const Value a = eval(node.left, state, now);
  if (node.op == Op::kNot) return {a.known, a.number == 0 ? 1 : 0, {}};
  const Value b = eval(node.right, state, now);
  const auto truth = [](bool value) { return Value{true, value ? 1 : 0, {}}; };
  // One known side may be enough: no and anything is no.
  if (node.op == Op::kAnd || node.op == Op::kOr) {
    const std::int64_t deciding = node.op == Op::kOr ? 1 : 0;
    if ((a.known && a.number == deciding) || (b.known && b.number == deciding)) {
      return truth(deciding == 1);
    }
    return a.known && b.known ? truth(deciding == 0) : Value{};
  }
  if (!a.known || !b.known) return {};
  const Type type = nodes_[node.left].type;
  const Type right = nodes_[node.right].type;
  const bool mixed = type == Type::kDate && right != Type::kDate;
  // What is added to a date are whole days.
  const std::int64_t by =
      mixed ? b.number / (right == Type::kNumber ? 1000 : kDaySeconds) : b.number;
  switch (node.op) {
    case Op::kAdd:
      return {true, bounded(a.number + by), {}};
    case Op::kSubtract: {
      const std::int64_t difference = bounded(a.number - by);
      const bool days = type == Type::kDate && !mixed;
      return {true, days ? bounded(difference * 1000) : difference, {}};
    }
    default:
      break;
  }
  const int order = type == Type::kText ? a.text.compare(b.text)
                                        : (a.number > b.number ? 1 : 0) - (a.number < b.number);
  switch (node.op) {
    case Op::kEqual:
      return truth(order == 0);
    case Op::kUnequal:
      return truth(order != 0);
    case Op::kLess:
      return truth(order < 0);
    case Op::kLessEqual:
      return truth(order <= 0);
    case Op::kMore:
      return truth(order > 0);
    default:
      return truth(order >= 0);
  }
}

std::optional<bool> Expression::holds(const DialogueState& state, const Moment& now) const {
  if (nodes_.empty()) return true;
  const Value result = eval(nodes_.size() - 1, state, now);
  return result.known ? std::optional<bool>(result.number != 0) : std::nullopt;
}

std::optional<std::string> Expression::value(const DialogueState& state, const Moment& now) const {
  if (nodes_.empty()) return std::nullopt;
  const Value result = eval(nodes_.size() - 1, state, now);
  if (!result.known) return std::nullopt;
  switch (type()) {
    case Type::kBool:
      return result.number != 0 ? "yes" : "no";
    case Type::kNumber:
      return decimal(result.number);
    case Type::kDate: {
      // Beyond these the calendar's own arithmetic ends.
      constexpr std::int64_t kDaysMost = 3'000'000;
      const auto days = std::clamp(result.number, -kDaysMost, kDaysMost);
      return iso_date(std::chrono::local_days{std::chrono::days{static_cast<int>(days)}});
    }
    case Type::kTime:
      return clock_text({static_cast<int>(std::clamp<std::int64_t>(result.number, 0, 1439))});
    case Type::kDuration: {
      constexpr std::int64_t kSecondsMost = 100'000 * kDaySeconds;
      const std::int64_t seconds = std::clamp<std::int64_t>(result.number, 0, kSecondsMost);
      return duration_text({.months = 0,
                            .days = static_cast<int>(seconds / kDaySeconds),
                            .time = std::chrono::seconds{seconds % kDaySeconds}});
    }
    case Type::kText:
      return std::string(result.text);
  }
  return std::nullopt;
}

std::vector<std::string> Expression::slots() const {
  std::vector<std::string> names;
  for (const Node& node : nodes_) {
    if (node.op == Op::kSlot || node.op == Op::kFilled) names.push_back(node.text);
  }
  return names;
}

}  // namespace mitr
