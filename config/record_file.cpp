#include "config/record_file.h"

#include <algorithm>
#include <map>
#include <optional>

#include "config/csv_rows.h"
#include "nlu/records/record_query.h"
#include "nlu/slots/clock_time.h"
#include "nlu/slots/date.h"
#include "nlu/slots/money.h"
#include "nlu/slots/school_class.h"
#include "nlu/text/tokens.h"
#include "protocols/limits.h"
#include "protocols/phone_number.h"

namespace mitr {
namespace {

using Names = std::string_view;

constexpr Names kAdmission[] = {"admission_no", "admission_number", "roll_no",
                                "student_id",   "enrolment_no",     "id"};
constexpr Names kStudent[] = {"student_name", "name", "pupil", "child"};
constexpr Names kClass[] = {"class_section", "grade", "standard", "std"};
constexpr Names kPhone[] = {"mobile",     "phone_1",   "parent_phone", "father_phone", "contact",
                            "contact_no", "mobile_no", "whatsapp",     "phone_number"};
constexpr Names kPhone2[] = {"mobile_2", "mother_phone", "alternate_phone", "second_phone"};
constexpr Names kPeriod[] = {"term", "month", "quarter", "installment", "fee_head"};
constexpr Names kAmount[] = {"fee", "total", "amount_due", "fee_amount", "demand"};
constexpr Names kPaid[] = {"amount_paid", "received", "paid_amount"};
constexpr Names kDueOn[] = {"due_date", "last_date"};
constexpr Names kPaidOn[] = {"payment_date", "paid_date", "receipt_date"};
constexpr Names kReceipt[] = {"receipt_no", "receipt_number"};
constexpr Names kOrderNo[] = {"order_no", "order_number", "order_id", "id", "bill_no"};
constexpr Names kStatus[] = {"order_status", "state"};
constexpr Names kExpected[] = {"delivery_date", "expected", "expected_delivery", "eta"};
constexpr Names kItems[] = {"item", "products", "description"};
constexpr Names kTotal[] = {"amount", "order_total", "bill_amount"};
constexpr Names kCode[] = {"sku", "product_code", "item_code", "id"};
constexpr Names kProduct[] = {"product_name", "item", "name", "title"};
constexpr Names kCategory[] = {"group", "department"};
constexpr Names kPrice[] = {"mrp", "rate", "selling_price"};
constexpr Names kDoctor[] = {"doctor_name", "provider", "with"};
constexpr Names kDay[] = {"date", "appointment_date"};
constexpr Names kTime[] = {"slot", "start", "start_time", "from"};
constexpr Names kBooked[] = {"taken", "status"};
constexpr Names kSlotNo[] = {"slot_id", "id", "token"};

constexpr RecordColumn kRoster[] = {
    {"number", ColumnKind::kText, true, kAdmission}, {"student", ColumnKind::kName, true, kStudent},
    {"class", ColumnKind::kClass, true, kClass},     {"phone", ColumnKind::kPhone, true, kPhone},
    {"phone2", ColumnKind::kPhone, false, kPhone2},
};
constexpr RecordColumn kFees[] = {
    {"number", ColumnKind::kText, true, kAdmission}, {"period", ColumnKind::kText, true, kPeriod},
    {"amount", ColumnKind::kMoney, true, kAmount},   {"paid", ColumnKind::kMoney, false, kPaid},
    {"due_on", ColumnKind::kDate, false, kDueOn},    {"paid_on", ColumnKind::kDate, false, kPaidOn},
    {"receipt", ColumnKind::kText, false, kReceipt},
};
constexpr RecordColumn kOrders[] = {
    {"number", ColumnKind::kText, true, kOrderNo},
    {"phone", ColumnKind::kPhone, true, kPhone},
    {"status", ColumnKind::kText, true, kStatus},
    {"expected_on", ColumnKind::kDate, false, kExpected},
    {"items", ColumnKind::kText, false, kItems},
    {"total", ColumnKind::kMoney, false, kTotal},
};
constexpr RecordColumn kCatalogue[] = {
    {"code", ColumnKind::kText, true, kCode},
    {"product", ColumnKind::kText, true, kProduct},
    {"category", ColumnKind::kText, false, kCategory},
    {"price", ColumnKind::kMoney, true, kPrice},
};
constexpr RecordColumn kAppointments[] = {
    {"doctor", ColumnKind::kText, true, kDoctor},  {"day", ColumnKind::kDate, true, kDay},
    {"time", ColumnKind::kTime, true, kTime},      {"number", ColumnKind::kText, false, kSlotNo},
    {"booked", ColumnKind::kFlag, false, kBooked},
};
constexpr RecordTable kTables[] = {
    {"roster", "pupil", kRoster},
    {"fees", "fee", kFees},
    {"orders", "order", kOrders},
    {"catalogue", "product", kCatalogue},
    {"appointments", "appointment", kAppointments},
};

/// "Admission No." is admission_no.
std::string column_name(std::string_view header) {
  std::string name;
  for (const char c : trimmed(header)) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      name += static_cast<char>(upper ? c - 'A' + 'a' : c);
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name;
}

/// "9:30" and "17:05" are told by their 24 hours; "5 pm" by its words. What could be either is
/// none.
std::optional<std::string> time_value(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '.', ':');
  if (const auto time = parse_clock(plain)) return clock_text(*time);
  const Tokens tokens(plain);
  const auto found = find_clock_times(tokens, {.asked = false});
  if (found.size() != 1 || found[0].ambiguous()) return std::nullopt;
  return clock_text(found[0].value);
}

std::optional<std::string> date_value(std::string_view text, const ImportContext& context) {
  const Tokens tokens(text);
  const auto found =
      date_at(tokens, 0, {.today = context.today, .anchor = {}, .past_dates = true, .asked = true});
  if (!found || found->span.last != tokens.size()) return std::nullopt;
  return iso_date(found->day);
}

std::optional<std::string> money_value(std::string_view text) {
  const Tokens tokens(text);
  const auto found = find_money(tokens, {.asked = true});
  if (found.size() != 1 || found[0].ambiguous()) return std::nullopt;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const bool inside = at >= found[0].tokens.first && at < found[0].tokens.last;
    if (!inside && tokens[at].kind != TokenKind::kMark) return std::nullopt;
  }
  return money_text(found[0].value);
}

struct Read {
  std::string value;
  const char* what = nullptr;  ///< Null: it was read.
  const char* mend = nullptr;
};

Read read_value(std::string_view text, const RecordColumn& column, const ImportContext& context) {
  const auto or_else = [](std::optional<std::string> value, const char* what,
                          const char* mend) -> Read {
    return value ? Read{*std::move(value), nullptr, nullptr} : Read{{}, what, mend};
  };
  switch (column.kind) {
    case ColumnKind::kPhone: {
      const auto phone = e164_phone(text, context.region);
      if (!phone)
        return {{}, "no phone number", "write all its digits, with +91 or another country"};
      return {phone->reveal().substr(1), nullptr, nullptr};
    }
    case ColumnKind::kDate:
      return or_else(date_value(text, context), "no date", "write it as 2026-11-30 or 30/11/2026");
    case ColumnKind::kMoney:
      return or_else(money_value(text), "no sum of money", "write rupees as 12500 or 12,500.50");
    case ColumnKind::kTime:
      return or_else(time_value(text), "no time", "write it as 17:30 or 5:30 pm");
    case ColumnKind::kClass: {
      const Tokens tokens(text);
      const auto found = find_class(tokens, true);
      return or_else(found ? std::optional(found->value) : std::nullopt, "no class",
                     "write it with its section, as 5B");
    }
    case ColumnKind::kFlag: {
      const std::string word = normal_word(text);
      const bool no = word == "no" || word == "0" || word == "false" || word == "free" ||
                      word == "available" || word == "n";
      return {no ? std::string() : std::string("yes"), nullptr, nullptr};
    }
    case ColumnKind::kText:
    case ColumnKind::kName:
      break;
  }
  return {one_line(text), nullptr, nullptr};
}

class TableReader {
 public:
  TableReader(const RecordTable& table, const ImportContext& context, RecordFile& out)
      : table_(table), context_(context), out_(out) {}

  bool read_header(const CsvRow& row) {
    places_.assign(table_.columns.size(), SIZE_MAX);
    for (std::size_t at = 0; at < row.fields.size(); ++at) {
      const std::string name = column_name(row.fields[at]);
      bool known = name.empty();
      for (std::size_t column = 0; column < table_.columns.size() && !known; ++column) {
        const RecordColumn& wanted = table_.columns[column];
        const bool meant =
            name == wanted.name ||
            std::find(wanted.called.begin(), wanted.called.end(), name) != wanted.called.end();
        if (!meant || places_[column] != SIZE_MAX) continue;
        places_[column] = at;
        known = true;
      }
      if (!known) out_.ignored.push_back(name);
    }
    for (std::size_t column = 0; column < table_.columns.size(); ++column) {
      const RecordColumn& wanted = table_.columns[column];
      if (!wanted.required || places_[column] != SIZE_MAX) continue;
      std::string other;
      for (const std::string_view each : wanted.called)
        other += (other.empty() ? "" : ", ") + std::string(each);
      mistake(row.line, std::string(wanted.name), "the table has no such column",
              "name one '" + std::string(wanted.name) + "', or " + other);
    }
    return out_.mistakes_count == 0;
  }

  void read_row(const CsvRow& row) {
    ImportedRecord record;
    bool sound = true;
    for (std::size_t column = 0; column < table_.columns.size(); ++column) {
      sound = read_field(row, column, record) && sound;
    }
    if (!sound) return;
    name_it(record);
    const auto [before, fresh] = lines_.try_emplace(record.key.reveal(), row.line);
    if (!fresh) {
      mistake(row.line, {}, "the same record as in line " + std::to_string(before->second),
              "keep one of them");
      return;
    }
    out_.records.push_back(std::move(record));
  }

  void mistake(std::size_t line, std::string column, std::string what, std::string mend) {
    if (++out_.mistakes_count > limits::kImportMistakesMax) return;
    out_.mistakes.push_back({line, std::move(column), std::move(what), std::move(mend)});
  }

 private:
  bool read_field(const CsvRow& row, std::size_t column, ImportedRecord& record) {
    const RecordColumn& wanted = table_.columns[column];
    const std::size_t place = places_[column];
    const std::string_view text =
        place < row.fields.size() ? trimmed(row.fields[place]) : std::string_view();
    if (text.empty()) {
      if (wanted.required) mistake(row.line, std::string(wanted.name), "it is empty", "fill it in");
      return !wanted.required;
    }
    if (text.size() > limits::kImportFieldBytesMax) {
      mistake(row.line, std::string(wanted.name), "it is too long",
              "at most " + std::to_string(limits::kImportFieldBytesMax) + " bytes");
      return false;
    }
    Read read = read_value(text, wanted, context_);
    if (read.what != nullptr) {
      mistake(row.line, std::string(wanted.name), read.what, read.mend);
      return false;
    }
    // A second phone is a phone: whoever owns it may ask.
    const bool phone = wanted.kind == ColumnKind::kPhone;
    if (!read.value.empty())
      record.fields.emplace_back(phone ? "phone" : std::string(wanted.name),
                                 Personal(std::move(read.value)));
    return true;
  }

  static std::string value(const ImportedRecord& record, std::string_view name) {
    for (const auto& [field, held] : record.fields) {
      if (field == name) return held.reveal();
    }
    return {};
  }

  /// Its key, and what it may be looked for by.
  void name_it(ImportedRecord& record) const {
    const auto find_by = [&](std::string_view by, const std::string& what) {
      if (!what.empty()) record.finders.push_back(finder_text(by, what));
    };
    std::string key = value(record, "number");
    if (table_.record == "fee") {
      find_by(kByPupil, key);
      key += " " + value(record, "period");
    } else if (table_.record == "product") {
      key = value(record, "code");
      find_by(kByCategory, value(record, "category"));
      find_by(kAll, "all");
    } else if (table_.record == "appointment") {
      find_by(kByDay, value(record, "day"));
      if (key.empty()) {
        key = value(record, "doctor") + " " + value(record, "day") + " " + value(record, "time");
        record.fields.emplace_back("number", Personal(key));
      }
    } else {
      for (const auto& [field, held] : record.fields) {
        if (field == "phone") find_by(kByContact, held.reveal());
      }
      if (table_.record == "pupil") find_by(kAll, "all");
    }
    record.key = Personal(std::move(key));
  }

  const RecordTable& table_;
  const ImportContext& context_;
  RecordFile& out_;
  std::vector<std::size_t> places_;  ///< Of the table's columns in a row; SIZE_MAX: not there.
  std::map<std::string, std::size_t> lines_;  ///< Of the records, by key.
};

}  // namespace

std::span<const RecordTable> record_tables() {
  return kTables;
}

const RecordTable* record_table(std::string_view name) {
  for (const RecordTable& table : kTables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

std::string to_string(const std::string& file, const RowMistake& mistake) {
  std::string text = file + ':' + std::to_string(mistake.line) + ": ";
  if (!mistake.column.empty()) text += mistake.column + ": ";
  return text + mistake.what + "; " + mistake.mend;
}

RecordFile read_record_file(std::string_view text, const RecordTable& table,
                            const ImportContext& context) {
  RecordFile out;
  TableReader reader(table, context, out);
  constexpr std::string_view kMark = "\xEF\xBB\xBF";  // What spreadsheets put before UTF-8.
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  if (text.find('\0') != std::string_view::npos) {
    reader.mistake(1, {}, "the file is no text in UTF-8", "save it as 'CSV UTF-8'");
    return out;
  }
  CsvRows csv = read_csv(text, limits::kImportRowsMax + 2);
  if (csv.broken_at != 0) {
    reader.mistake(csv.broken_at, {}, "the quotes of this row do not match",
                   "put a field with quotes in quotes, and double those inside");
  }
  if (csv.rows.empty()) {
    if (csv.broken_at == 0)
      reader.mistake(1, {}, "the file is empty", "begin it with a line of column names");
    return out;
  }
  if (!reader.read_header(csv.rows.front())) return out;
  if (csv.rows.size() > limits::kImportRowsMax + 1) {
    reader.mistake(csv.rows.back().line, {}, "the table is too long",
                   "import at most " + std::to_string(limits::kImportRowsMax) + " rows at once");
    return out;
  }
  for (std::size_t row = 1; row < csv.rows.size(); ++row) reader.read_row(csv.rows[row]);
  return out;
}

}  // namespace mitr
