#include "config/csv_rows.h"

#include <algorithm>
#include <csv.h>

namespace mitr {
namespace {

struct Collector {
  CsvRows out;
  std::vector<std::string> fields;
  std::size_t line = 1;  ///< Being fed.
  std::size_t row_began = 1;
  std::size_t rows_max = 0;
};

void on_field(void* text, std::size_t length, void* context) {
  auto& collector = *static_cast<Collector*>(context);
  const std::string_view field(static_cast<const char*>(text), length);
  // A field is told at its end, and may hold lines.
  const auto lines = static_cast<std::size_t>(std::count(field.begin(), field.end(), '\n'));
  if (collector.fields.empty()) collector.row_began = collector.line - lines;
  collector.fields.emplace_back(field);
}

void on_row(int, void* context) {
  auto& collector = *static_cast<Collector*>(context);
  const bool empty = std::all_of(collector.fields.begin(), collector.fields.end(),
                                 [](const std::string& field) { return field.empty(); });
  if (!empty && collector.out.rows.size() < collector.rows_max)
    collector.out.rows.push_back({collector.row_began, std::move(collector.fields)});
  collector.fields.clear();
  collector.row_began = collector.line + 1;
}

char separator_of(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char each : {',', ';', '\t'}) {
    if (std::count(first.begin(), first.end(), each) > std::count(first.begin(), first.end(), best))
      best = each;
  }
  return best;
}

}  // namespace

CsvRows read_csv(std::string_view text, std::size_t rows_max) {
  Collector collector;
  collector.rows_max = rows_max;
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return {};
  csv_set_delim(&parser, static_cast<unsigned char>(separator_of(text)));
  while (!text.empty() && collector.out.broken_at == 0) {
    // Line by line, so that a row knows where it stands.
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::size_t read = csv_parse(&parser, text.data(), end, on_field, on_row, &collector);
    if (read != end) collector.out.broken_at = collector.row_began;
    text.remove_prefix(end);
    ++collector.line;
  }
  if (collector.out.broken_at == 0 && csv_fini(&parser, on_field, on_row, &collector) != 0)
    collector.out.broken_at = collector.row_began;
  csv_free(&parser);
  return std::move(collector.out);
}

}  // namespace mitr
