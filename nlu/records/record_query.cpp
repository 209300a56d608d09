#include "nlu/records/record_query.h"

#include <algorithm>

#include "nlu/records/record_kinds.h"
#include "nlu/records/record_list.h"
#include "nlu/slots/clock_time.h"
#include "nlu/slots/date.h"
#include "nlu/slots/number.h"
#include "nlu/text/tokens.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

constexpr RecordField kChild[] = {
    {"number", SlotKind::kText}, {"student", SlotKind::kName}, {"class", SlotKind::kClass}};
constexpr RecordField kFees[] = {{"due", SlotKind::kMoney},     {"due_on", SlotKind::kDate},
                                 {"due_for", SlotKind::kText},  {"paid", SlotKind::kMoney},
                                 {"paid_for", SlotKind::kText}, {"receipt", SlotKind::kText},
                                 {"paid_on", SlotKind::kDate}};
constexpr RecordField kOrder[] = {{"status", SlotKind::kText},
                                  {"expected_on", SlotKind::kDate},
                                  {"items", SlotKind::kText},
                                  {"total", SlotKind::kMoney}};
constexpr RecordField kOrders[] = {{"number", SlotKind::kText},
                                   {"items", SlotKind::kText},
                                   {"status", SlotKind::kText},
                                   {"expected_on", SlotKind::kDate},
                                   {"total", SlotKind::kMoney}};
constexpr RecordField kProducts[] = {
    {"code", SlotKind::kText}, {"product", SlotKind::kText}, {"price", SlotKind::kMoney}};
constexpr RecordField kAppointments[] = {
    {"number", SlotKind::kText}, {"time", SlotKind::kTime}, {"doctor", SlotKind::kText}};

constexpr RecordQuery kQueries[] = {
    {"children", "pupil", {}, true, true, kChild},
    {"fees_of", "fee", {"number", SlotKind::kText}, false, false, kFees},
    {"order", "order", {"number", SlotKind::kText}, false, true, kOrder},
    {"orders", "order", {}, true, true, kOrders},
    {"catalogue", "product", {"category", SlotKind::kText}, true, false, kProducts},
    {"free_appointments", "appointment", {"day", SlotKind::kDate}, true, false, kAppointments},
};

const std::string& value_in(const RequestFields& fields, std::string_view name) {
  static const std::string nothing;
  for (const auto& [field, value] : fields) {
    if (field == name) return value.reveal();
  }
  return nothing;
}

/// The one argument of a call; empty: not filled.
std::string_view argument_of(const CallOut& call) {
  return call.arguments.empty() ? std::string_view() : call.arguments.front().second.reveal();
}

/// Letters and digits alone: "A-17", "a 17" and "A17" are one number.
std::string plain_number(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) plain += static_cast<char>(upper ? c - 'A' + 'a' : c);
  }
  return plain;
}

bool filed_for(const RequestFields& record, const Personal& phone) {
  return std::any_of(record.begin(), record.end(), [&](const auto& field) {
    return field.first == "phone" && !phone.empty() && field.second == phone;
  });
}

struct Fees {
  std::int64_t due = 0;  ///< Thousandths.
  std::string due_on;    ///< The earliest day something is due.
  std::string due_for;
  const RequestFields* last_paid = nullptr;
};

Fees sum_of(const std::vector<RequestFields>& found) {
  Fees fees;
  for (const RequestFields& each : found) {
    const std::string& paid_on = value_in(each, "paid_on");
    const std::int64_t open =
        thousandths(value_in(each, "amount")) - thousandths(value_in(each, "paid"));
    if (open > 0) {
      fees.due += open;
      const std::string& day = value_in(each, "due_on");
      if (fees.due_on.empty() || (!day.empty() && day < fees.due_on)) fees.due_on = day;
      fees.due_for += (fees.due_for.empty() ? "" : ", ") + value_in(each, "period");
    }
    const bool later = !paid_on.empty() && (fees.last_paid == nullptr ||
                                            paid_on > value_in(*fees.last_paid, "paid_on"));
    if (later) fees.last_paid = &each;
  }
  return fees;
}

void answer_fees(const std::vector<RequestFields>& found, CallResult& result) {
  if (found.empty()) return;
  const Fees fees = sum_of(found);
  result.values.emplace_back("due", Personal(number_text({fees.due})));
  if (!fees.due_on.empty()) result.values.emplace_back("due_on", Personal(fees.due_on));
  if (!fees.due_for.empty()) result.values.emplace_back("due_for", Personal(fees.due_for));
  if (fees.last_paid == nullptr) return;
  for (const char* name : {"paid", "receipt", "paid_on"}) {
    const std::string& value = value_in(*fees.last_paid, name);
    if (!value.empty()) result.values.emplace_back(name, Personal(value));
  }
  result.values.emplace_back("paid_for", Personal(value_in(*fees.last_paid, "period")));
}

void answer_order(const RecordQuery& query, std::string_view number, const Personal& phone,
                  const std::vector<RequestFields>& found, CallResult& result) {
  for (const RequestFields& each : found) {
    // An order is told only to whom it belongs: a number alone could be guessed.
    if (!filed_for(each, phone)) continue;
    if (plain_number(value_in(each, "number")) != plain_number(number)) continue;
    for (const RecordField& field : query.fields) {
      const std::string& value = value_in(each, field.name);
      if (!value.empty()) result.values.emplace_back(std::string(field.name), Personal(value));
    }
    return;
  }
}

/// Free, and not over.
bool still_free(const RequestFields& record, const Moment& now) {
  if (!value_in(record, "booked").empty()) return false;
  const std::string& day = value_in(record, "day");
  const std::string today = iso_date(now.today);
  if (day != today) return day > today;
  const auto time = parse_clock(value_in(record, "time"));
  return time && std::chrono::minutes(time->minutes) > now.time_of_day;
}

void answer_rows(const RecordQuery& query, const Personal& phone,
                 const std::vector<RequestFields>& found, const Moment& now, CallResult& result) {
  std::vector<RecordRow> rows;
  for (const RequestFields& each : found) {
    if (query.record == "appointment" && !still_free(each, now)) continue;
    if (query.record == "order" && !filed_for(each, phone)) continue;
    RecordRow row;
    for (const RecordField& field : query.fields) row.push_back(value_in(each, field.name));
    rows.push_back(std::move(row));
  }
  // By what they are called, so that the same data is always offered in the same order.
  std::stable_sort(rows.begin(), rows.end(), [](const RecordRow& a, const RecordRow& b) {
    return std::lexicographical_compare(a.begin() + 1, a.end(), b.begin() + 1, b.end());
  });
  if (rows.size() > limits::kRecordsShownMax) rows.resize(limits::kRecordsShownMax);
  if (!rows.empty()) result.values.emplace_back("rows", Personal(encode_rows(rows)));
}

}  // namespace

const RecordField* RecordQuery::field(std::string_view wanted) const {
  for (const RecordField& each : fields) {
    if (each.name == wanted) return &each;
  }
  return nullptr;
}

std::span<const RecordQuery> record_queries() {
  return kQueries;
}

const RecordQuery* record_query(std::string_view name) {
  for (const RecordQuery& query : kQueries) {
    if (query.name == name) return &query;
  }
  return nullptr;
}

std::uint32_t RecordKinds::bit_of(std::string_view kind) {
  std::uint32_t bit = 1;
  for (const std::string_view known : {"pupil", "fee", "order", "product", "appointment"}) {
    if (kind == known) return bit;
    bit <<= 1;
  }
  return 0;
}

Personal finder_text(std::string_view by, std::string_view value) {
  std::string text(by);
  text += ':';
  text += by == kByCategory ? normal_word(value) : std::string(value);
  return Personal(std::move(text));
}

std::optional<RecordFinder> finder_of(const RecordQuery& query, const CallOut& call,
                                      const Personal& phone) {
  const auto by = [&](std::string_view kind,
                      std::string_view value) -> std::optional<RecordFinder> {
    if (value.empty()) return std::nullopt;
    return RecordFinder{query.record, finder_text(kind, value)};
  };
  const std::string_view argument = argument_of(call);
  if (query.record == "fee") return by(kByPupil, argument);
  if (query.record == "product")
    return argument.empty() ? by(kAll, "all") : by(kByCategory, argument);
  if (query.record == "appointment") return by(kByDay, argument);
  return by(kByContact, phone.reveal());
}

CallResult answer_of(const RecordQuery& query, const CallOut& call, const Personal& phone,
                     const std::vector<RequestFields>& found, const Moment& now) {
  CallResult result{.step = call.step, .ok = true, .values = {}};
  if (query.many) {
    answer_rows(query, phone, found, now, result);
  } else if (query.record == "fee") {
    answer_fees(found, result);
  } else {
    answer_order(query, argument_of(call), phone, found, result);
  }
  return result;
}

}  // namespace mitr
