// Showing values and phrases; see display.h.
#include "nlu/reply/display.h"

#include <array>
#include <cstdio>

#include "nlu/records/record_list.h"
#include "nlu/reply/value_words.h"
#include "nlu/slots/date.h"
#include "nlu/slots/number.h"
#include "nlu/slots/product.h"
#include "nlu/slots/sent_value.h"
#include "protocols/phone_number.h"

namespace mitr {
namespace {

/// English names also where another language is spoken: short forms every calendar app shows.
std::string long_date(std::chrono::local_days day) {
  static constexpr const char* weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::year_month_day date{day};
  const std::chrono::weekday weekday{day};
  std::array<char, 40> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%s %u %s %d", weekdays[weekday.c_encoding() % 7],
      static_cast<unsigned>(date.day()), months[(static_cast<unsigned>(date.month()) + 11) % 12],
      static_cast<int>(date.year()));
  return {text.data(), static_cast<std::size_t>(size)};
}

/// The option's title; its id where it has none.
std::string title_of(const Slot& slot, const std::string& id, std::string_view language) {
  for (const Option& option : slot.options) {
    if (option.id != id || option.title.empty()) continue;
    std::string title;
    option.title.in(language).front().wording.render([](std::string_view) { return ""; }, title);
    return title;
  }
  return id;
}

/// "2 kg Atta, 3 Maggi, Soap".
std::string goods(const Slot& slot, const std::string& value, std::string_view language) {
  const auto products = parse_products(value);
  if (!products) return value;
  std::string text;
  for (const Product& each : *products) {
    if (!text.empty()) text += ", ";
    if (each.amount.thousandths > 0) text += number_text(each.amount) + ' ';
    if (!each.unit.empty() && each.amount.thousandths > 0) text += each.unit + ' ';
    text += title_of(slot, each.id, language);
  }
  return text;
}

bool same_shown(const Flow& flow, const DialogueState& state, const DialogueSettings& settings,
                const std::pair<std::string, std::string>& slots) {
  const Slot* a = flow.slot(slots.first);
  const Slot* b = flow.slot(slots.second);
  const SlotValue* held_a = state.slot(slots.first);
  const SlotValue* held_b = state.slot(slots.second);
  if (a == nullptr || b == nullptr || held_a == nullptr || held_b == nullptr) return false;
  return held_a->value == held_b->value &&
         shown(*a, *held_a, settings) == shown(*b, *held_b, settings);
}

/// The form of the singular: one, and in Hindi what is less than one too.
bool counts_one(const Flow& flow, const DialogueState& state, const DialogueSettings& settings,
                std::string_view name) {
  const Slot* slot = flow.slot(name);
  const SlotValue* held = state.slot(name);
  if (slot == nullptr || held == nullptr) return false;
  if (slot->kind == SlotKind::kRecords) return decode_rows(held->value.reveal()).size() == 1;
  if (slot->kind != SlotKind::kNumber || held->value.empty()) return false;
  const std::int64_t count = thousandths(held->value.reveal());
  return count == 1000 || (settings.language.starts_with("hi") && count < 1000);
}

}  // namespace

std::string normal_form(const Slot& slot, const SlotValue& held, std::string_view language) {
  const std::string& value = held.value.reveal();
  switch (slot.kind) {
    case SlotKind::kDate:
      if (const auto day = parse_iso_date(value)) return long_date(*day);
      break;
    case SlotKind::kChoice:
      return title_of(slot, value, language);
    case SlotKind::kYesNo: {
      const std::string title = title_of(slot, value, language);
      return title != value || value.empty() ? title : yes_no_words(value == "yes", language);
    }
    case SlotKind::kMoney:
      if (const auto money = parse_money(value)) return money_words(*money);
      break;
    case SlotKind::kTime:
      if (const auto time = parse_clock(value)) return clock_words(*time, language);
      break;
    case SlotKind::kDuration:
      if (const auto length = parse_duration(value)) return duration_words(*length, language);
      break;
    case SlotKind::kPhone:
      return readable_phone(held.value).reveal();
    case SlotKind::kProduct:
      return goods(slot, value, language);
    default:
      break;
  }
  if (slot.kind == SlotKind::kAttachment || slot.kind == SlotKind::kLocation) {
    // A file is what was said of it, a place what it is called.
    if (!held.typed.empty()) return held.typed.reveal();
    if (slot.kind == SlotKind::kAttachment) return std::string(attachment_word(value));
  }
  return value;
}

std::string shown(const Slot& slot, const SlotValue& held, const DialogueSettings& settings) {
  if (settings.echo_typed && !held.typed.empty()) return held.typed.reveal();
  return normal_form(slot, held, settings.language);
}

std::string said(const Phrase& phrase, const Flow* flow, const DialogueState& state,
                 const DialogueSettings& settings,
                 const std::vector<std::pair<std::string, std::string>>& extra) {
  std::string text;
  const auto value_of = [&](std::string_view place) -> std::string {
    for (const auto& [name, value] : extra) {
      if (name == place) return value;
    }
    const Slot* slot = flow == nullptr ? nullptr : flow->slot(place);
    const SlotValue* held = state.slot(place);
    if (slot == nullptr || held == nullptr) return {};
    return shown(*slot, *held, settings);
  };
  for (const Phrase::Variant& variant : phrase.in(settings.language)) {
    const bool same = !variant.when_same.first.empty();
    if (!variant.always() && flow == nullptr) continue;
    if (same && !same_shown(*flow, state, settings, variant.when_same)) continue;
    if (!variant.when_one.empty() && !counts_one(*flow, state, settings, variant.when_one))
      continue;
    // The first apology is the first wording; the next one another.
    const std::size_t turn =
        state.misses == 0 ? 0 : (state.misses - 1) % (variant.others.size() + 1);
    (turn == 0 ? variant.wording : variant.others[turn - 1]).render(value_of, text);
    break;
  }
  return text;
}

}  // namespace mitr
