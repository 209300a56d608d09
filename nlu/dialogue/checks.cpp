// The rules themselves; see checks.h. A rule that does not apply (its other slot is empty) is kept.
#include "nlu/dialogue/checks.h"

#include <algorithm>

#include "nlu/records/record_list.h"
#include "nlu/slots/clock_time.h"
#include "nlu/slots/date.h"
#include "nlu/slots/duration.h"
#include "nlu/slots/money.h"
#include "nlu/slots/number.h"
#include "nlu/slots/product.h"
#include "nlu/slots/reference.h"
#include "nlu/slots/school_class.h"
#include "nlu/slots/sent_value.h"
#include "nlu/text/tokens.h"

namespace mitr {
namespace {

std::optional<std::chrono::local_days> date_of(const DialogueState& state, std::string_view slot) {
  const SlotValue* held = state.slot(slot);
  return held == nullptr ? std::nullopt : parse_iso_date(held->value.reveal());
}

/// What `between` compares: thousandths of a number, rupees, minutes after midnight or seconds.
std::int64_t measured(const Slot& slot, const std::string& text) {
  switch (slot.kind) {
    case SlotKind::kTime: {
      const auto time = parse_clock(text);
      return time ? std::int64_t{time->minutes} * 1000 : 0;
    }
    case SlotKind::kDuration: {
      const auto length = parse_duration(text);
      return length ? seconds_of(*length) * 1000 : 0;
    }
    default:
      return thousandths(text);
  }
}

/// A time of day that has gone by: it matters only on the day itself.
bool gone_by(const Check& check, const std::string& text, const DialogueState& state,
             const Moment& now) {
  const auto time = parse_clock(text);
  if (!time) return false;
  const auto day = date_of(state, check.other);
  if (!check.other.empty() && (!day || *day != now.today)) return false;
  return std::chrono::minutes{time->minutes} < now.time_of_day;
}

bool each_has_amount(const std::string& text) {
  const auto products = parse_products(text);
  return !products || std::all_of(products->begin(), products->end(),
                                  [](const Product& each) { return each.amount.thousandths > 0; });
}

bool keeps(const Slot& slot, const Check& check, const Personal& value, const DialogueState& state,
           const DialogueSettings& settings, const Moment& now) {
  const std::string& text = value.reveal();
  switch (check.rule) {
    case Check::Rule::kNotPast: {
      if (slot.kind == SlotKind::kTime) return !gone_by(check, text, state, now);
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
      const std::int64_t number = measured(slot, text);
      return number >= check.min * 1000 && number <= check.max * 1000;
    }
    case Check::Rule::kAmount:
      return each_has_amount(text);
  }
  return true;
}

bool has_option(const Slot& slot, std::string_view id) {
  return std::any_of(slot.options.begin(), slot.options.end(),
                     [id](const Option& option) { return option.id == id; });
}

bool fits_products(const Slot& slot, const std::string& text) {
  const auto products = parse_products(text);
  return products && std::all_of(products->begin(), products->end(),
                                 [&](const Product& each) { return has_option(slot, each.id); });
}

bool fits_shape(const Slot& slot, const std::string& text) {
  std::vector<ReferenceShape> shapes;
  for (const std::string& shape : slot.shapes) shapes.push_back({shape, {}});
  const Tokens tokens(text);
  const auto found = find_references(tokens, {.shapes = shapes, .asked = true});
  return found.size() == 1 && found[0].value.text.reveal() == text;
}

}  // namespace

const Check* failed_check(const Slot& slot, const Personal& value, const DialogueState& state,
                          const DialogueSettings& settings, const Moment& now) {
  for (const Check& check : slot.checks) {
    if (!keeps(slot, check, value, state, settings, now)) return &check;
  }
  return nullptr;
}

bool fits_kind(const Slot& slot, const Personal& value) {
  const std::string& text = value.reveal();
  if (text.empty()) return true;  // Skipped.
  switch (slot.kind) {
    case SlotKind::kText:
    case SlotKind::kName:
      return true;
    case SlotKind::kClass: {
      const auto found = find_class(Tokens(text), true);
      return found && found->value == text;
    }
    case SlotKind::kDate:
      return parse_iso_date(text).has_value();
    case SlotKind::kNumber:
      return text.front() >= '0' && text.front() <= '9';
    case SlotKind::kChoice:
      return has_option(slot, text);
    case SlotKind::kMoney:
      return parse_money(text).has_value();
    case SlotKind::kReference:
      return fits_shape(slot, text);
    case SlotKind::kYesNo:
      return text == "yes" || text == "no";
    case SlotKind::kTime:
      return parse_clock(text).has_value();
    case SlotKind::kPhone:
      return text.front() == '+';
    case SlotKind::kEmail:
      return text.find('@') != std::string::npos;
    case SlotKind::kDuration:
      return parse_duration(text).has_value();
    case SlotKind::kProduct:
      return fits_products(slot, text);
    case SlotKind::kRecords:
      return !decode_rows(text).empty();
    case SlotKind::kRecord:
      return true;
    case SlotKind::kAttachment:
      return is_attachment_value(text);
    case SlotKind::kLocation:
      return is_location_value(text);
  }
  return true;
}

}  // namespace mitr
