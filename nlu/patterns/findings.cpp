// See findings.h.
#include "nlu/patterns/findings.h"

#include <utility>

#include "nlu/slots/clock_time.h"
#include "nlu/slots/duration.h"
#include "nlu/slots/email.h"
#include "nlu/slots/money.h"
#include "nlu/slots/number.h"
#include "nlu/slots/phone.h"
#include "nlu/slots/product.h"
#include "nlu/slots/reference.h"
#include "nlu/slots/yes_no.h"

namespace mitr {
namespace {

template <class T, class Text>
std::vector<Finding> worded(const std::vector<Found<T>>& all, const Text& text) {
  std::vector<Finding> findings;
  findings.reserve(all.size());
  for (const Found<T>& found : all) {
    Finding finding{found.tokens, text(found.value), {}};
    for (const T& other : found.others) {
      std::string further = text(other);
      if (further != finding.value) finding.others.push_back(std::move(further));
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::vector<Finding> emails(const Tokens& tokens, bool asked) {
  std::vector<Finding> findings;
  for (const Found<Email>& found : find_emails(tokens, {.asked = asked})) {
    const std::string& address = found.value.address.reveal();
    const std::string& meant = found.value.suggestion.reveal();
    Finding finding{found.tokens, address, {}};
    if (!found.value.complete && meant.empty()) continue;  // No ending, and none to be guessed.
    if (!found.value.complete) {
      finding.value = meant;
    } else if (!meant.empty()) {
      finding.others.push_back(meant);
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

/// Of one slot's shapes the fitting ones differ in how they are written only: the first is taken.
std::vector<Finding> references(const Tokens& tokens, const SlotPatterns& patterns, bool asked) {
  std::vector<Finding> findings;
  for (auto& found : find_references(tokens, {.shapes = patterns.shapes, .asked = asked})) {
    findings.push_back({found.tokens, found.value.text.reveal(), {}});
  }
  return findings;
}

std::vector<Finding> yes_or_no(const Tokens& tokens, const SlotPatterns& patterns, bool asked) {
  std::vector<Finding> findings;
  // "Home delivery" where the pack says that it is a yes.
  for (const auto& found : find_choices(tokens, {.list = &patterns.choices, .asked = false})) {
    findings.push_back({found.tokens, patterns.slot->options[found.value].id, {}});
  }
  if (!findings.empty() || !asked) return findings;
  for (const Found<YesNo>& found : find_yes_no(tokens, {.asked = true})) {
    if (found.value == YesNo::kUnclear) continue;
    findings.push_back({found.tokens, found.value == YesNo::kYes ? "yes" : "no", {}});
  }
  return findings;
}

std::vector<Finding> products(const Tokens& tokens, const SlotPatterns& patterns,
                              const Expectation& expectation, bool asked) {
  // What is held and not asked for again is added to: "make it 3 maggi" keeps the rest.
  std::vector<Product> held;
  for (const auto& [slot, value] : expectation.held) {
    if (slot != patterns.slot->name || expectation.asking == slot) continue;
    held = parse_products(value.reveal()).value_or(std::vector<Product>());
  }
  auto all = find_products(
      tokens, {.list = &patterns.choices, .options = &patterns.products, .asked = asked});
  if (all.empty()) all = find_amount_of(tokens, held);
  const auto& checks = patterns.slot->checks;
  const bool amounts = std::any_of(checks.begin(), checks.end(), [](const Check& check) {
    return check.rule == Check::Rule::kAmount;
  });
  if (amounts && !asked) {
    // Nobody asked for goods yet: "some rice" is left to the slots that ask for what and how much.
    std::erase_if(all, [](const Found<std::vector<Product>>& found) {
      return std::any_of(found.value.begin(), found.value.end(),
                         [](const Product& each) { return each.amount.thousandths == 0; });
    });
  }
  return worded(
      all, [&held](const std::vector<Product>& said) { return products_text(merged(held, said)); });
}

std::vector<Finding> choices(const Tokens& tokens, const SlotPatterns& patterns, bool asked) {
  auto all = find_choices(tokens, {.list = &patterns.choices, .asked = asked});
  // "Good evening" greets; it does not choose the evening.
  std::erase_if(all, [&tokens](const Found<std::size_t>& found) {
    return found.tokens.first > 0 && tokens[found.tokens.first - 1].is("good");
  });
  return worded(all, [&patterns](std::size_t option) { return patterns.slot->options[option].id; });
}

std::vector<Finding> numbers(const Tokens& tokens, const SlotPatterns& patterns, bool asked) {
  std::vector<Finding> findings =
      worded(find_numbers(tokens, {.asked = asked, .units = patterns.units}), number_text);
  for (Finding& finding : findings) {
    const Token& behind = tokens[finding.span.last];
    const bool unit = behind.is_word() && std::find(patterns.units.begin(), patterns.units.end(),
                                                    behind.norm) != patterns.units.end();
    if (!unit) continue;
    ++finding.span.last;
    finding.value += ' ' + std::string(behind.norm);
    for (std::string& other : finding.others) other += ' ' + std::string(behind.norm);
  }
  return findings;
}

}  // namespace

bool has_findings(SlotKind kind) {
  switch (kind) {
    case SlotKind::kText:
    case SlotKind::kName:
    case SlotKind::kDate:
    case SlotKind::kClass:
    case SlotKind::kRecords:
    case SlotKind::kRecord:
      return false;
    default:
      return true;
  }
}

std::vector<Finding> findings(const Tokens& tokens, const SlotPatterns& patterns,
                              const Expectation& expectation, bool asked) {
  switch (patterns.slot->kind) {
    case SlotKind::kNumber:
      return numbers(tokens, patterns, asked);
    case SlotKind::kChoice:
      return choices(tokens, patterns, asked);
    case SlotKind::kMoney:
      return worded(find_money(tokens, {.asked = asked}), money_text);
    case SlotKind::kReference:
      return references(tokens, patterns, asked);
    case SlotKind::kYesNo:
      return yes_or_no(tokens, patterns, asked);
    case SlotKind::kTime:
      return worded(find_clock_times(tokens, {.asked = asked}), clock_text);
    case SlotKind::kPhone:
      return worded(find_phones(tokens, {.region = expectation.country}),
                    [](const Phone& phone) { return phone.e164.reveal(); });
    case SlotKind::kEmail:
      return emails(tokens, asked);
    case SlotKind::kDuration:
      return worded(find_durations(tokens, {.asked = asked}), duration_text);
    case SlotKind::kProduct:
      return products(tokens, patterns, expectation, asked);
    default:
      return {};
  }
}

}  // namespace mitr
