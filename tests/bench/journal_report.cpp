// Ratios and their printing.
#include "tests/bench/journal_report.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

namespace mitr::bench {
namespace {

const Series& limit_of(const std::vector<Series>& all) {
  return *std::find_if(all.begin(), all.end(), [](const Series& s) { return s.group == "limit"; });
}

double of_copy(const Series& series, const Series& limit) {
  return series.best().rate() / limit.best().rate();
}

/// To COPY that would wait for a flush as often as the series commits, instead of once in 8192
/// rows.
double of_flushed_copy(const Series& series, const Series& limit) {
  const auto flush_each = [](const Series& of) {
    return of.best().flush_seconds / static_cast<double>(of.batch);
  };
  const double copying = 1 / limit.best().rate() - flush_each(limit);
  return series.best().rate() * (copying + flush_each(series));
}

/// Lowest and highest ratio to COPY within one round: how far the machine's noise reaches.
std::pair<double, double> spread(const Series& series, const Series& limit) {
  std::pair<double, double> seen{1e9, 0};
  for (std::size_t round = 0; round < series.samples.size(); ++round) {
    const double one = series.samples[round].rate() / limit.samples[round].rate();
    seen = {std::min(seen.first, one), std::max(seen.second, one)};
  }
  return seen;
}

double microseconds_each(double seconds, const Sample& sample) {
  return seconds * 1e6 / sample.count;
}

constexpr const char* kColumns =
    "of COPY  (by round)   +flush  flush us    WAL B    db us client us";

void print_row(const Series& series, const Series& limit) {
  const auto& best = series.best();
  const auto [low, high] = spread(series, limit);
  std::printf("%-14s %8.0f %7.3f  %5.3f..%5.3f %6.3f %9.0f %8.0f %8.1f %9.1f", series.name.c_str(),
              best.rate(), of_copy(series, limit), low, high, of_flushed_copy(series, limit),
              best.flush_seconds * 1e6, best.wal_bytes / best.count,
              microseconds_each(best.server_seconds, best),
              microseconds_each(best.client_seconds, best));
  if (series.bar != 0) {
    const bool reached = of_copy(series, limit) >= series.bar;
    std::printf("  %.2f of COPY is %s", series.bar, reached ? "reached" : "missed");
  }
  std::printf("\n");
}

void print_group(const std::vector<Series>& all, const char* group, const char* title,
                 const char* unit) {
  std::printf("\n%-14s %8s %s\n", title, unit, kColumns);
  for (const auto& series : all) {
    if (series.group == group) print_row(series, limit_of(all));
  }
}

void print_statements(const std::vector<Series>& all) {
  for (const auto& series : all) {
    const auto& best = series.best();
    if (best.statements.empty()) continue;
    std::printf("\nstatements of %s, %s: us each, calls in all\n", series.group.c_str(),
                series.name.c_str());
    for (const auto& cost : best.statements) {
      std::printf("%10.2f %9lld  %s\n",
                  microseconds_each(static_cast<double>(cost.time.count()) / 1e6, best),
                  static_cast<long long>(cost.calls), cost.text.c_str());
    }
  }
}

}  // namespace

const Sample& Series::best() const {
  return *std::max_element(samples.begin(), samples.end(),
                           [](const Sample& a, const Sample& b) { return a.rate() < b.rate(); });
}

void print_table(const std::vector<Series>& all) {
  std::printf(
      "journal_bench: 300 bytes a row, sealed in the loop; the best of %zu rounds, taken in turn\n"
      "  of COPY: ratio to the limit; +flush: to COPY with one flush a batch; the rest is for each "
      "row or turn\n",
      limit_of(all).samples.size());
  print_group(all, "limit", "the limit", "rows/s");
  print_group(all, "rows", "rows by 256", "rows/s");
  print_group(all, "turns", "whole turns", "turns/s");
  print_statements(all);
}

void print_json(const std::vector<Series>& all) {
  const Series& limit = limit_of(all);
  auto rows = nlohmann::json::array();
  for (const auto& series : all) {
    const auto& best = series.best();
    const auto [low, high] = spread(series, limit);
    nlohmann::json row{{"group", series.group},
                       {"name", series.name},
                       {"tenants", series.tenants},
                       {"batch", series.batch},
                       {"per_s", best.rate()},
                       {"of_copy", of_copy(series, limit)},
                       {"of_copy_by_round", {low, high}},
                       {"of_copy_and_flush", of_flushed_copy(series, limit)},
                       {"flush_us", best.flush_seconds * 1e6},
                       {"wal_bytes_each", best.wal_bytes / best.count},
                       {"db_cpu_us_each", microseconds_each(best.server_seconds, best)},
                       {"client_cpu_us_each", microseconds_each(best.client_seconds, best)}};
    if (series.bar != 0) row["bar"] = series.bar;
    for (const auto& cost : best.statements) {
      const auto seconds = static_cast<double>(cost.time.count()) / 1e6;
      row["statements"].push_back({{"text", cost.text},
                                   {"calls", cost.calls},
                                   {"us_each", microseconds_each(seconds, best)}});
    }
    rows.push_back(std::move(row));
  }
  std::printf("%s\n",
              nlohmann::json{{"rounds", limit.samples.size()}, {"series", rows}}.dump(2).c_str());
}

}  // namespace mitr::bench
