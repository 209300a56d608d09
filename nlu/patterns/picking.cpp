// See picking.h. What the words say goes before the place they could name: of "2 or 3 days", "2" is
// two days.
#include "nlu/patterns/picking.h"

#include "nlu/patterns/findings.h"
#include "nlu/slots/clock_time.h"
#include "nlu/slots/ordinal.h"

namespace mitr {
namespace {

/// The one offered candidate that fits; 0: none does, or several.
template <class Fits>
std::uint8_t only_one(const std::vector<SlotCandidate>& offered, const Fits& fits) {
  std::uint8_t place = 0;
  for (std::size_t at = 0; at < offered.size() && at < kPickLast - 1; ++at) {
    if (!fits(offered[at].value.reveal())) continue;
    if (place != 0) return 0;
    place = static_cast<std::uint8_t>(at + 1);
  }
  return place;
}

/// True if the digits stand in the text as a number of their own: "2" in "P2D", not in "P12D".
bool has_number(std::string_view text, std::string_view digits) {
  const auto digit = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
  for (std::size_t at = text.find(digits); at != std::string_view::npos;
       at = text.find(digits, at + 1)) {
    const std::size_t last = at + digits.size();
    if ((at == 0 || !digit(text[at - 1])) && (last == text.size() || !digit(text[last]))) {
      return true;
    }
  }
  return false;
}

const Token* lone_number(const Tokens& tokens) {
  constexpr std::size_t kWordsMax = 3;
  for (std::size_t at = 0; at < tokens.size() && tokens.size() <= kWordsMax; ++at) {
    // "1" picks; "the 5th" and "5B" are values.
    if (tokens[at].is_number() && !tokens[at + 1].glued && (at == 0 || !tokens[at].glued)) {
      return &tokens[at];
    }
  }
  return nullptr;
}

std::uint8_t by_value(const Reading& reading, const SlotPatterns& patterns) {
  const auto& offered = reading.expectation.doubt;
  if (patterns.slot->kind == SlotKind::kTime) {
    const Meaning part = part_of_day(reading.tokens);
    const auto place = only_one(offered, [part](const std::string& value) {
      const auto time = parse_clock(value);
      return time && lies_in(*time, part);
    });
    if (place != 0) return place;
  }
  if (!has_findings(patterns.slot->kind)) return 0;
  for (const Finding& found : findings(reading.tokens, patterns, reading.expectation, true)) {
    if (!found.others.empty()) continue;
    const auto place =
        only_one(offered, [&found](const std::string& value) { return value == found.value; });
    if (place != 0) return place;
  }
  const Token* number = lone_number(reading.tokens);
  if (number == nullptr) return 0;
  if (patterns.slot->kind == SlotKind::kTime) {
    return only_one(offered, [number](const std::string& value) {
      const auto time = parse_clock(value);
      return time && time->minutes % 60 == 0 &&
             static_cast<std::uint32_t>(time->minutes / 60 % 12) == number->number % 12;
    });
  }
  return only_one(offered,
                  [number](const std::string& value) { return has_number(value, number->norm); });
}

}  // namespace

std::uint8_t picked(const Reading& reading, const FlowPatterns* flow) {
  const auto& offered = reading.expectation.doubt;
  const SlotPatterns* patterns =
      flow == nullptr || offered.empty() ? nullptr : flow->of(offered.front().slot);
  if (patterns != nullptr) {
    if (const std::uint8_t place = by_value(reading, *patterns)) return place;
  }
  const Token* number = lone_number(reading.tokens);
  if (number != nullptr && number->number >= 1 && number->number <= 9) {
    return static_cast<std::uint8_t>(number->number);
  }
  for (const auto& ordinal : find_ordinals(reading.tokens, {.asked = true})) {
    if (ordinal.value.position == -1) return kPickLast;
    if (ordinal.value.position > 0) return static_cast<std::uint8_t>(ordinal.value.position);
  }
  for (std::size_t at = 0; at < reading.tokens.size(); ++at) {
    if (reading.tokens[at].is("latter")) return kPickLast;
  }
  return 0;
}

}  // namespace mitr
