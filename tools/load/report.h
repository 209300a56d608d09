// What a run found, as values: made by run.cpp, written as a table, as JSON and as a page.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/load/driver.h"
#include "tools/load/plan.h"

namespace mitr::load {

/// One point of the series.
struct Sample {
  double at_s = 0;  ///< Since the first person.
  double turns_per_s = 0;
  double reply_p50_ms = 0;
  double reply_p99_ms = 0;
  double ack_p99_ms = 0;
  double server_cores = 0;
  double database_cores = 0;
  double driver_cores = 0;
  double rss_mb = 0;
  std::uint64_t in_flight = 0;
  std::uint64_t at_once = 0;
  std::uint64_t faults = 0;
  std::int64_t live = -1;  ///< Conversations, as the target's /metrics counts them; -1: not told.
  std::int64_t parked = -1;
};

/// CPU of the measured window, in microseconds per right reply, and in cores.
struct CpuShare {
  double us_per_turn = 0;
  double cores = 0;
};

struct Memory {
  bool known = false;
  double before_mb = 0;
  double end_mb = 0;      ///< When the last reply had come.
  double settled_mb = 0;  ///< After the settling time, when conversations have been parked.
  double peak_mb = 0;
  double per_live_bytes = -1;  ///< -1: too few to tell.
  double per_parked_bytes = -1;
  std::int64_t live_max = 0;
  std::int64_t parked = 0;
};

struct LoadReport {
  Plan plan;
  std::string target;
  std::string started;  ///< UTC, as 2026-11-25T18:30:00Z.
  std::vector<std::string> scripts;
  std::size_t numbers = 0;
  std::uint64_t base = 0;

  Reading reading;  ///< At the end; its percentiles are of the measured window.
  double measured_s = 0;
  std::uint64_t measured_turns = 0;
  double turns_per_s = 0;
  bool cpu_known = false;
  CpuShare server;
  CpuShare database;
  CpuShare driver;
  double driver_busy = 0;   ///< Share of the driver's one thread.
  double others_cores = 0;  ///< What the rest of the machine used meanwhile.
  Memory memory;
  double warmup_s = 0;  ///< The measured window within the series.
  std::vector<Sample> samples;
  std::vector<std::string> faults;
  bool interrupted = false;
};

/// Above this share of its thread the driver may have been what limited the run.
inline constexpr double kDriverBusyMax = 0.85;

/// True if nothing was lost, doubled, out of order, wrong, refused or unexpected, every turn was
/// accepted and answered once, and there was at least one.
bool passed(const LoadReport& report);
/// Reasons to read the figures with care: a busy driver, a noisy machine, people turned away.
std::vector<std::string> cautions(const LoadReport& report);

std::string render_table(const LoadReport& report);
/// Form "mitr-load-1".
std::string render_json(const LoadReport& report);
/// One page without outside resources.
std::string render_html(const LoadReport& report);
/// One line of progress; `whole_s` 0: the run has no fixed length.
std::string render_progress(const Sample& sample, double whole_s);

}  // namespace mitr::load
