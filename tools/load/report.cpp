// What a report means, and its two texts for a terminal.
#include "tools/load/report.h"

#include <array>
#include <cstdarg>
#include <cstdio>

namespace mitr::load {
namespace {

__attribute__((format(printf, 1, 2))) std::string print(const char* form, ...) {
  std::array<char, 512> text{};
  va_list arguments;
  va_start(arguments, form);
  std::vsnprintf(text.data(), text.size(), form, arguments);
  va_end(arguments);
  return text.data();
}

using Wide = unsigned long long;

std::string latency_row(const char* name, const Percentiles& p) {
  return print("  %-16s %9.1f %9.1f %9.1f %9.1f %9.1f %9.1f   %llu\n", name, p.p50 / 1e3,
               p.p90 / 1e3, p.p99 / 1e3, p.p999 / 1e3, p.max / 1e3, p.mean / 1e3, Wide{p.total});
}

std::string bytes_each(double bytes) {
  return bytes < 0 ? "too few to tell" : print("%.1f kB", bytes / 1024);
}

std::string counts_block(const LoadReport& report) {
  const Counts& c = report.reading.counts;
  std::string out = print(
      "\n  dialogues %llu, completed %llu\n  turns said %llu = accepted %llu = right replies "
      "%llu\n",
      Wide{c.dialogues}, Wide{c.completed}, Wide{c.turns}, Wide{c.accepted}, Wide{c.replies});
  out += print(
      "  lost %llu, doubled %llu, out of order %llu, wrong %llu, refused %llu, forgeries taken "
      "%llu, "
      "unexpected %llu\n",
      Wide{c.fault(Fault::kLost)}, Wide{c.fault(Fault::kDoubled)},
      Wide{c.fault(Fault::kOutOfOrder)}, Wide{c.fault(Fault::kWrong)},
      Wide{c.fault(Fault::kRefused)}, Wide{c.fault(Fault::kForgeryTaken)},
      Wide{c.fault(Fault::kUnexpected)});
  if (c.repeats > 0) out += print("  webhooks repeated %llu\n", Wide{c.repeats});
  if (c.forgeries > 0) {
    out += print("  bad signatures %llu, refused with 401 %llu\n", Wide{c.forgeries},
                 Wide{c.forgeries_refused});
  }
  if (report.reading.statuses > 0)
    out += print("  status webhooks %llu\n", Wide{report.reading.statuses});
  if (report.reading.notices > 0)
    out += print("  notices to others %llu\n", Wide{report.reading.notices});
  return out;
}

std::string cost_block(const LoadReport& report) {
  std::string out = "\n  CPU                us/turn     cores\n";
  const auto row = [&](const char* name, const CpuShare& share) {
    out += print("  %-16s %9.1f %9.2f\n", name, share.us_per_turn, share.cores);
  };
  if (report.cpu_known) {
    row("server", report.server);
    row("database", report.database);
  }
  row("this driver", report.driver);
  out += print("  driver thread busy %.0f %%, rest of the machine %.2f cores\n",
               report.driver_busy * 100, report.others_cores);
  if (!report.memory.known) return out;
  const Memory& m = report.memory;
  out += print(
      "\n  server memory: before %.0f MB, at the end %.0f MB, settled %.0f MB, peak %.0f MB\n",
      m.before_mb, m.end_mb, m.settled_mb, m.peak_mb);
  out += "  a live conversation " + bytes_each(m.per_live_bytes) + ", a parked one " +
         bytes_each(m.per_parked_bytes) + "\n";
  return out;
}

}  // namespace

bool passed(const LoadReport& report) {
  const Counts& c = report.reading.counts;
  return c.faults_total() == 0 && c.turns > 0 && c.accepted == c.turns && c.replies == c.turns &&
         c.forgeries_refused == c.forgeries;
}

std::vector<std::string> cautions(const LoadReport& report) {
  std::vector<std::string> out;
  if (report.interrupted) out.emplace_back("The run was ended before its time.");
  if (report.driver_busy > kDriverBusyMax) {
    out.push_back(
        print("The driver's thread was busy %.0f %% of the time: it may have been the limit.",
              report.driver_busy * 100));
  }
  if (report.reading.turned_away > 0) {
    out.push_back(
        print("%llu people were turned away: the target did not keep up with the arrivals.",
              Wide{report.reading.turned_away}));
  }
  constexpr double kNoisy = 0.2;
  if (report.others_cores > kNoisy && report.cpu_known) {
    out.push_back(
        print("Other processes used %.2f cores meanwhile: the run is noisy.", report.others_cores));
  }
  if (report.reading.statuses_left_out > 0) {
    out.push_back(
        print("%llu status webhooks were left out.", Wide{report.reading.statuses_left_out}));
  }
  return out;
}

std::string render_table(const LoadReport& report) {
  std::string out =
      print("\n%s  profile %s, %.1f s measured, target %s\n", passed(report) ? "PASSED" : "FAILED",
            report.plan.profile.c_str(), report.measured_s, report.target.c_str());
  out += print("\n  %.0f turns/s\n", report.turns_per_s);
  out +=
      "\n  ms                     p50       p90       p99     p99.9       max      mean   count\n";
  out += latency_row("acknowledged", report.reading.ack);
  out += latency_row("replied", report.reading.reply);
  out += latency_row("waited to send", report.reading.lateness);
  out += cost_block(report);
  out += counts_block(report);
  for (const auto& fault : report.faults) out += "  ! " + fault + "\n";
  for (const auto& caution : cautions(report)) out += "  note: " + caution + "\n";
  return out;
}

std::string render_progress(const Sample& sample, double whole_s) {
  std::string out = print("%5.0f", sample.at_s);
  if (whole_s > 0) out += print("/%.0f", whole_s);
  return out +
         print(
             " s %7.0f turns/s  in flight %-6llu reply p50 %.1f p99 %.1f ms  ack p99 %.1f ms  "
             "server %.2f cores  faults %llu",
             sample.turns_per_s, Wide{sample.in_flight}, sample.reply_p50_ms, sample.reply_p99_ms,
             sample.ack_p99_ms, sample.server_cores, Wide{sample.faults});
}

}  // namespace mitr::load
