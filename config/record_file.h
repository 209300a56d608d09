// A tenant's own data from a table (CSV) of its back office: pupils, fees, orders, products,
// appointments. Every row that cannot be read is told, with its line, its column and the mend; what
// stands in it is not, for it is personal.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/dialogue/request_fields.h"
#include "protocols/personal.h"

namespace mitr {

enum class ColumnKind : std::uint8_t { kText, kName, kClass, kPhone, kDate, kMoney, kTime, kFlag };

struct RecordColumn {
  std::string_view name;  ///< Of the field, and of the column.
  ColumnKind kind = ColumnKind::kText;
  bool required = false;                     ///< In every row.
  std::span<const std::string_view> called;  ///< What else back offices call the column.
};

/// A table of one kind, as `mitr import` calls it.
struct RecordTable {
  std::string_view name;    ///< "roster".
  std::string_view record;  ///< Kind of its records: "pupil".
  std::span<const RecordColumn> columns;
};
std::span<const RecordTable> record_tables();
/// Null: there is none of that name.
const RecordTable* record_table(std::string_view name);

struct ImportedRecord {
  Personal key;                   ///< What makes it one record.
  std::vector<Personal> finders;  ///< See finder_text of nlu/records.
  RequestFields fields;
};

struct RowMistake {
  std::size_t line = 0;  ///< From 1, of the file.
  std::string column;    ///< Empty: of the row, or the file.
  std::string what;
  std::string mend;
};
/// "FILE:12: due_on: no date; write it as 2026-11-30".
std::string to_string(const std::string& file, const RowMistake& mistake);

struct RecordFile {
  std::vector<ImportedRecord> records;  ///< Of the rows without a mistake.
  std::vector<RowMistake> mistakes;     ///< The first kImportMistakesMax.
  std::size_t mistakes_count = 0;       ///< All.
  std::vector<std::string> ignored;     ///< Columns nobody asked for.
};

struct ImportContext {
  std::chrono::local_days today{};  ///< Of the tenant; dates without a year lie near it.
  std::string_view region = "IN";   ///< Of phones without a country code.
};
/// `text`: UTF-8, with comma, semicolon or tab between fields, the first line their names.
RecordFile read_record_file(std::string_view text, const RecordTable& table,
                            const ImportContext& context);

}  // namespace mitr
