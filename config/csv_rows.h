// Lines of a table cut into fields, by libcsv. Private to record_file.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mitr {

struct CsvRow {
  std::size_t line = 0;  ///< Where it begins, from 1.
  std::vector<std::string> fields;
};

struct CsvRows {
  std::vector<CsvRow> rows;   ///< Without empty lines.
  std::size_t broken_at = 0;  ///< Line where quotes do not match; 0: nowhere.
};

/// At most `rows_max` rows. The separator is the one of , ; tab that the first line has most of.
CsvRows read_csv(std::string_view text, std::size_t rows_max);

}  // namespace mitr
