// The report for programs. Keys are added, never renamed within a form; docs/LOAD.md explains them.
#include <nlohmann/json.hpp>

#include "tools/load/report.h"

namespace mitr::load {
namespace {

using nlohmann::ordered_json;

ordered_json latency(const Percentiles& p) {
  return {{"count", p.total},  {"p50_us", p.p50},     {"p90_us", p.p90}, {"p99_us", p.p99},
          {"p999_us", p.p999}, {"p9999_us", p.p9999}, {"max_us", p.max}, {"mean_us", p.mean}};
}

ordered_json cpu(const CpuShare& share) {
  return {{"us_per_turn", share.us_per_turn}, {"cores", share.cores}};
}

ordered_json plan_of_run(const Plan& plan) {
  return {{"profile", plan.profile},
          {"people_max", plan.people},
          {"at_once", plan.at_once},
          {"rate", plan.rate},
          {"think_ms", plan.think.count()},
          {"ahead", plan.ahead},
          {"repeats", plan.repeats},
          {"forgeries", plan.forgeries},
          {"graph_delay_ms", plan.graph_delay.count()},
          {"statuses", plan.statuses},
          {"warmup_s", plan.warmup.count()},
          {"duration_s", plan.lasts.count()},
          {"reply_timeout_s", plan.reply_patience.count()},
          {"settle_s", plan.settle.count()},
          {"connections", plan.connections}};
}

ordered_json counts(const LoadReport& report) {
  const Reading& reading = report.reading;
  const Counts& c = reading.counts;
  return {{"dialogues", c.dialogues},
          {"completed", c.completed},
          {"turns", c.turns},
          {"accepted", c.accepted},
          {"replies", c.replies},
          {"repeats", c.repeats},
          {"forgeries", c.forgeries},
          {"forgeries_refused", c.forgeries_refused},
          {"statuses", reading.statuses},
          {"statuses_left_out", reading.statuses_left_out},
          {"notices", reading.notices},
          {"read_marks", reading.read_marks},
          {"turned_away", reading.turned_away},
          {"late", c.late}};
}

ordered_json faults(const Counts& counts) {
  ordered_json out;
  for (std::size_t i = 0; i < kFaults; ++i) {
    out[std::string(to_string(static_cast<Fault>(i)))] = counts.faults[i];
  }
  return out;
}

ordered_json series(const std::vector<Sample>& samples) {
  ordered_json out = ordered_json::array();
  for (const Sample& s : samples) {
    ordered_json point = {{"at_s", s.at_s},
                          {"turns_per_s", s.turns_per_s},
                          {"reply_p50_ms", s.reply_p50_ms},
                          {"reply_p99_ms", s.reply_p99_ms},
                          {"ack_p99_ms", s.ack_p99_ms},
                          {"server_cores", s.server_cores},
                          {"database_cores", s.database_cores},
                          {"driver_cores", s.driver_cores},
                          {"rss_mb", s.rss_mb},
                          {"in_flight", s.in_flight},
                          {"at_once", s.at_once},
                          {"faults", s.faults}};
    if (s.live >= 0) point["live"] = s.live;
    if (s.parked >= 0) point["parked"] = s.parked;
    out.push_back(std::move(point));
  }
  return out;
}

ordered_json memory(const Memory& m) {
  ordered_json out = {{"before_mb", m.before_mb},   {"end_mb", m.end_mb},
                      {"settled_mb", m.settled_mb}, {"peak_mb", m.peak_mb},
                      {"live_max", m.live_max},     {"parked", m.parked}};
  if (m.per_live_bytes >= 0) out["per_live_bytes"] = m.per_live_bytes;
  if (m.per_parked_bytes >= 0) out["per_parked_bytes"] = m.per_parked_bytes;
  return out;
}

}  // namespace

std::string render_json(const LoadReport& report) {
  ordered_json out = {{"form", "mitr-load-1"},
                      {"passed", passed(report)},
                      {"interrupted", report.interrupted},
                      {"started", report.started},
                      {"target", report.target},
                      {"scripts", report.scripts},
                      {"numbers", report.numbers},
                      {"base", report.base},
                      {"plan", plan_of_run(report.plan)},
                      {"measured_s", report.measured_s},
                      {"turns", report.measured_turns},
                      {"turns_per_s", report.turns_per_s},
                      {"ack", latency(report.reading.ack)},
                      {"reply", latency(report.reading.reply)},
                      {"waited_to_send", latency(report.reading.lateness)},
                      {"counts", counts(report)},
                      {"faults", faults(report.reading.counts)},
                      {"first_faults", report.faults},
                      {"driver", cpu(report.driver)},
                      {"driver_busy", report.driver_busy},
                      {"others_cores", report.others_cores},
                      {"cautions", cautions(report)}};
  if (report.cpu_known) {
    out["server"] = cpu(report.server);
    out["database"] = cpu(report.database);
  }
  if (report.memory.known) out["memory"] = memory(report.memory);
  out["series"] = series(report.samples);
  return out.dump(2) + "\n";
}

}  // namespace mitr::load
