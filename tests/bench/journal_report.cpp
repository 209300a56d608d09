// Ratios and their printing.
#include "tests/bench/journal_report.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

namespace mitr::bench {
namespace {

const Series& one_of(const std::vector<Series>& all, const std::string& group) {
  return *std::find_if(all.begin(), all.end(), [&](const Series& s) { return s.group == group; });
}

double ratio(const Series& series, const Series& limit) {
  return series.best().rate() / limit.best().rate();
}

/// Lowest and highest ratio within one round: how far the machine's noise reaches.
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

void print_cost(const Series& series, const Series& limit) {
  const auto& best = series.best();
  const auto [low, high] = spread(series, limit);
  std::printf("%-14s %10.0f %7.3f  %5.3f..%5.3f %8.0f %9.1f %9.1f", series.name.c_str(),
              best.rate(), ratio(series, limit), low, high, best.wal_bytes / best.count,
              microseconds_each(best.server_seconds, best),
              microseconds_each(best.client_seconds, best));
}

constexpr const char* kCostColumns = "of COPY  (by round)     WAL B    db us client us";

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
  const Series& limit = one_of(all, "limit");
  const Series& flush = one_of(all, "flush");
  std::printf(
      "journal_bench: 300 bytes a row, sealed in the loop; best of %zu rounds, taken in turn\n"
      "flush: 8 KiB written over and fdatasync, %.0f a second\n",
      limit.samples.size(), flush.best().rate());
  std::printf("\n%-14s %10s %s\n", "the limit", "rows/s", kCostColumns);
  print_cost(limit, limit);
  std::printf("\n\n%-14s %10s %s   bar\n", "rows by 256", "rows/s", kCostColumns);
  for (const auto& series : all) {
    if (series.group != "rows") continue;
    print_cost(series, limit);
    std::printf("  %.2f %s\n", series.bar,
                ratio(series, limit) >= series.bar ? "reached" : "missed");
  }
  std::printf("\n%-14s %10s %s   commits of flushes\n", "whole turns", "turns/s", kCostColumns);
  for (const auto& series : all) {
    if (series.group != "turns") continue;
    print_cost(series, limit);
    std::printf("  %.2f\n", ratio(series, flush) / static_cast<double>(series.batch));
  }
  print_statements(all);
}

void print_json(const std::vector<Series>& all) {
  const Series& limit = one_of(all, "limit");
  const Series& flush = one_of(all, "flush");
  auto rows = nlohmann::json::array();
  for (const auto& series : all) {
    const auto& best = series.best();
    const auto [low, high] = spread(series, limit);
    nlohmann::json row{{"group", series.group}, {"name", series.name}, {"per_s", best.rate()}};
    if (series.group != "flush") {
      row["of_copy"] = ratio(series, limit);
      row["of_copy_by_round"] = {low, high};
      row["wal_bytes_each"] = best.wal_bytes / best.count;
      row["db_cpu_us_each"] = microseconds_each(best.server_seconds, best);
      row["client_cpu_us_each"] = microseconds_each(best.client_seconds, best);
    }
    if (series.tenants != 0) row["tenants"] = series.tenants;
    if (series.batch != 0) {
      row["batch"] = series.batch;
      row["commits_of_flushes"] = ratio(series, flush) / static_cast<double>(series.batch);
    }
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
