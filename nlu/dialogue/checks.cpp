// The rules themselves; see checks.h. A rule that does not apply (its other slot is empty) is kept.
#include "nlu/dialogue/checks.h"

#include "nlu/slots/date.h"
#include "nlu/slots/number.h"
#include "nlu/slots/school_class.h"
#include "nlu/slots/sent_value.h"
#include "nlu/text/tokens.h"

namespace mitr {
namespace {

std::optional<std::chrono::local_days> date_of(const DialogueState& state, std::string_view slot) {
  const SlotValue* held = state.slot(slot);
  return held == nullptr ? std::nullopt : parse_iso_date(held->value.reveal());
}

bool keeps(const Check& check, const Personal& value, const DialogueState& state,
           const DialogueSettings& settings, const Moment& now) {
  const std::string& text = value.reveal();
  switch (check.rule) {
    case Check::Rule::kNotPast: {
      const auto day = parse_iso_date(text);
      return settings.past_dates || !day || *day >= now.today;
    }
    case Check::Rule::kDaysAhead: {
      const auto day = parse_iso_date(text);
      return !day || (*day - now.today).count() <= check.max;
    }
    case Check::Rule::kNotBefore: {
      const auto day = parse_iso_date(text);
      const auto other = date_of(state, check.other);
      return !day || !other || *day >= *other;
    }
    case Check::Rule::kSpan: {
      const auto day = parse_iso_date(text);
      const auto other = date_of(state, check.other);
      return !day || !other || (*day - *other).count() + 1 <= check.max;
    }
    case Check::Rule::kSection:
      return has_section(text);
    case Check::Rule::kLength: {
      const auto length = static_cast<std::int64_t>(characters(text));
      return length >= check.min && length <= check.max;
    }
    case Check::Rule::kBetween: {
      const std::int64_t number = thousandths(text);
      return number >= check.min * 1000 && number <= check.max * 1000;
    }
  }
  return true;
}

}  // namespace

const Check* failed_check(const Slot& slot, const Personal& value, const DialogueState& state,
                          const DialogueSettings& settings, const Moment& now) {
  for (const Check& check : slot.checks) {
    if (!keeps(check, value, state, settings, now)) return &check;
  }
  return nullptr;
}

bool fits_kind(const Slot& slot, const Personal& value) {
  const std::string& text = value.reveal();
  if (text.empty()) return true;  // Skipped.
  if (slot.kind == SlotKind::kDate) return parse_iso_date(text).has_value();
  if (slot.kind == SlotKind::kAttachment) return is_attachment_value(text);
  if (slot.kind == SlotKind::kLocation) return is_location_value(text);
  if (slot.kind == SlotKind::kClass) {
    const auto found = find_class(Tokens(text), true);
    return found && found->value == text;
  }
  if (slot.kind == SlotKind::kNumber) return text.front() >= '0' && text.front() <= '9';
  if (slot.kind != SlotKind::kChoice) return true;
  for (const Option& option : slot.options) {
    if (option.id == text) return true;
  }
  return false;
}

}  // namespace mitr
