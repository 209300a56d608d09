// Phases: warm-up, measured window, drain, settling. Their edges are set here, so that CPU is read
// at the same moments.
#include "tools/load/run.h"

#include <algorithm>
#include <ctime>
#include <optional>
#include <thread>
#include <utility>

#include "tools/graph/local_http.h"
#include "tools/load/graph_end.h"
#include "tools/load/process_use.h"

namespace mitr::load {
namespace {

using namespace std::chrono_literals;

/// Fewer live conversations than this say nothing about the memory of one.
constexpr std::int64_t kTellingMin = 500;
/// A look at the driver this often; a sample is several looks.
constexpr auto kLook = 25ms;

double seconds(Ticks ticks) {
  return std::chrono::duration<double>(ticks).count();
}

/// CPU seconds of everyone at one moment.
struct CpuReading {
  TreeUse target;
  double own_s = 0;
  double loop_s = 0;
  double machine_s = 0;
  Ticks at{};
};

/// A gauge in the text of /metrics; -1 if it is not there.
std::int64_t gauge(std::string_view text, std::string_view name) {
  const auto line = "\n" + std::string(name) + " ";
  const auto at = text.find(line);
  if (at == std::string_view::npos) return -1;
  return static_cast<std::int64_t>(
      std::strtod(std::string(text.substr(at + line.size(), 24)).c_str(), nullptr));
}

class Watch {
 public:
  Watch(RunParts& parts, Driver& driver) : parts_(parts), driver_(driver) {
    const auto whole = parts.plan.warmup + parts.plan.lasts;
    if (parts.plan.to_the_end || whole < 15s) sample_every_ = 250ms;
    if (!parts.plan.to_the_end) whole_s_ = seconds(whole);
  }

  void start() {
    started_ = steady_now();
    last_ = cpu();
    before_ = last_.target;
    Sample gauges;
    read_gauges(gauges);
    parked_before_ = std::max<std::int64_t>(0, gauges.parked);
  }
  CpuReading cpu() {
    CpuReading out;
    out.at = steady_now();
    out.target = tree_use(parts_.server_pid);
    out.own_s = own_cpu_s();
    out.machine_s = machine_cpu_s();
    return out;
  }
  /// Waits one look, and takes a sample if one is due; true to end the run early.
  bool look() {
    const bool stop = parts_.wait(kLook);
    if (steady_now() - last_.at >= sample_every_) sample();
    return stop;
  }
  void sample() {
    if (samples_.size() >= limits::kLoadSamplesMax) thin_out();
    auto now = cpu();
    const auto reading = driver_.read();
    now.loop_s = reading.loop_cpu_s;
    const double took = std::max(seconds(now.at - last_.at), 1e-3);
    Sample out;
    out.at_s = seconds(now.at - started_);
    out.turns_per_s = static_cast<double>(reading.counts.replies - last_replies_) / took;
    out.reply_p50_ms = reading.recent_reply.p50 / 1e3;
    out.reply_p99_ms = reading.recent_reply.p99 / 1e3;
    out.ack_p99_ms = reading.recent_ack.p99 / 1e3;
    out.server_cores = std::max(0.0, now.target.server.cpu_s - last_.target.server.cpu_s) / took;
    out.database_cores =
        std::max(0.0, now.target.database.cpu_s - last_.target.database.cpu_s) / took;
    out.driver_cores = (now.own_s - last_.own_s) / took;
    out.rss_mb = static_cast<double>(now.target.server.rss_kb) / 1024;
    out.in_flight = reading.in_flight;
    out.at_once = reading.at_once;
    out.faults = reading.counts.faults_total();
    read_gauges(out);
    last_ = now;
    last_replies_ = reading.counts.replies;
    samples_.push_back(out);
    if (parts_.progress) parts_.progress(out, whole_s_);
  }
  Ticks started() const { return started_; }
  const TreeUse& before() const { return before_; }
  std::int64_t parked_before() const { return parked_before_; }
  std::vector<Sample> take_samples() { return std::move(samples_); }

 private:
  /// A longer run has wider samples: every second one goes.
  void thin_out() {
    for (std::size_t i = 0; 2 * i < samples_.size(); ++i) samples_[i] = samples_[2 * i];
    samples_.resize(samples_.size() / 2);
    sample_every_ *= 2;
  }
  void read_gauges(Sample& out) const {
    if (parts_.server_pid == 0 || !parts_.target.origin.starts_with("http://")) return;
    const auto answer = graph::local_get(parts_.target.origin + "/metrics", 500ms);
    if (!answer || answer->status != 200) return;
    out.live = gauge(answer->body.reveal(), "mitr_conversations_live");
    out.parked = gauge(answer->body.reveal(), "mitr_conversations_parked");
  }

  RunParts& parts_;
  Driver& driver_;
  Ticks sample_every_ = 1s;
  double whole_s_ = 0;
  Ticks started_{};
  CpuReading last_;
  TreeUse before_;
  std::int64_t parked_before_ = 0;
  std::uint64_t last_replies_ = 0;
  std::vector<Sample> samples_;
};

CpuShare share_of(double used_s, const LoadReport& report) {
  CpuShare out;
  if (report.measured_turns > 0)
    out.us_per_turn = used_s * 1e6 / static_cast<double>(report.measured_turns);
  if (report.measured_s > 0) out.cores = used_s / report.measured_s;
  return out;
}

void fill_cpu(LoadReport& report, const CpuReading& from, const CpuReading& to) {
  const double server_s = to.target.server.cpu_s - from.target.server.cpu_s;
  const double database_s = to.target.database.cpu_s - from.target.database.cpu_s;
  const double own_s = to.own_s - from.own_s;
  report.server = share_of(server_s, report);
  report.database = share_of(database_s, report);
  report.driver = share_of(own_s, report);
  const double wall_s = std::max(report.measured_s, 1e-9);
  report.driver_busy = (to.loop_s - from.loop_s) / wall_s;
  report.others_cores =
      std::max(0.0, (to.machine_s - from.machine_s - server_s - database_s - own_s) / wall_s);
}

/// What one conversation takes is the growth over those that are held, so it holds whatever else
/// grew meanwhile too: an upper bound.
void fill_memory(LoadReport& report, const Watch& watch, const TreeUse& end,
                 const TreeUse& settled) {
  Memory& memory = report.memory;
  const auto mb = [](std::uint64_t kb) { return static_cast<double>(kb) / 1024; };
  memory.known = end.server.processes > 0;
  memory.before_mb = mb(watch.before().server.rss_kb);
  memory.end_mb = mb(end.server.rss_kb);
  memory.settled_mb = mb(settled.server.rss_kb);
  memory.peak_mb = mb(settled.server.peak_kb);
  if (report.samples.empty()) return;
  constexpr double kMb = 1024.0 * 1024;
  const auto& last = report.samples.back();
  memory.parked = last.parked;
  const auto parked_more = last.parked - watch.parked_before();
  if (parked_more >= kTellingMin) {
    memory.per_parked_bytes =
        (memory.settled_mb - memory.before_mb) * kMb / static_cast<double>(parked_more);
  }
  const auto most = std::ranges::max_element(report.samples, {}, &Sample::live);
  memory.live_max = most->live;
  if (most->live >= kTellingMin) {
    const double parked_mb = std::max(0.0, memory.per_parked_bytes) *
                             static_cast<double>(std::max<std::int64_t>(0, most->parked)) / kMb;
    memory.per_live_bytes =
        (most->rss_mb - memory.before_mb - parked_mb) * kMb / static_cast<double>(most->live);
  }
}

std::string utc_now() {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::string out(24, '\0');
  out.resize(std::strftime(out.data(), out.size(), "%Y-%m-%dT%H:%M:%SZ", &parts));
  return out;
}

LoadReport described(const RunParts& parts, const Cast& cast) {
  LoadReport report;
  report.plan = parts.plan;
  report.target = parts.target.origin + parts.target.path;
  report.started = utc_now();
  for (const auto& script : cast.parts().scripts) report.scripts.push_back(script.name);
  report.numbers = cast.parts().numbers.size();
  report.base = cast.parts().base;
  report.cpu_known = parts.server_pid != 0;
  return report;
}

}  // namespace

Result<LoadReport> run_load(RunParts parts) {
  if (auto checked = check_plan(parts.plan); !checked) return checked.error();
  if (!parts.wait) {
    parts.wait = [](std::chrono::milliseconds time) {
      std::this_thread::sleep_for(time);
      return false;
    };
  }
  const Cast cast(std::move(parts.cast));
  IoLoop loop;
  auto made = Driver::make({loop, cast, parts.plan, parts.target.origin, parts.target.path,
                            parts.app_secret, parts.graph_port});
  if (!made) return made.error();
  Driver& driver = **made;
  if (parts.listening) parts.listening(driver.graph_port());
  LoadReport report = described(parts, cast);
  Watch watch(parts, driver);
  watch.start();
  driver.begin();
  const Plan& plan = parts.plan;
  const bool counted = plan.to_the_end;
  const auto reading_with_cpu = [&](Reading& reading) {
    auto cpu = watch.cpu();
    reading = driver.read();
    cpu.loop_s = reading.loop_cpu_s;
    return cpu;
  };
  bool stop = false;
  const auto warm = watch.started() + (counted ? 0s : plan.warmup);
  while (!stop && !driver.is_quiet() && steady_now() < warm) stop = watch.look();
  Reading from_reading, to_reading;
  const auto from = reading_with_cpu(from_reading);
  driver.start_measuring();
  const auto until =
      counted ? watch.started() + Ticks(limits::kLoadLastsMax) : from.at + Ticks(plan.lasts);
  while (!stop && !driver.is_quiet() && steady_now() < until) stop = watch.look();
  const auto to = reading_with_cpu(to_reading);
  driver.stop_measuring();
  driver.drain();
  // It ends by itself: every open turn is given up after its patience, every post after its own.
  while (!driver.is_quiet()) watch.look();
  const auto end = watch.cpu().target;
  const auto settled = steady_now() + Ticks(plan.settle);
  while (!stop && steady_now() < settled) stop = watch.look();
  watch.sample();
  report.reading = driver.read();
  report.faults = driver.faults();
  report.interrupted = stop;
  report.warmup_s = seconds(from.at - watch.started());
  report.measured_s = seconds(to.at - from.at);
  report.measured_turns = to_reading.counts.replies - from_reading.counts.replies;
  if (report.measured_s > 0) {
    report.turns_per_s = static_cast<double>(report.measured_turns) / report.measured_s;
  }
  fill_cpu(report, from, to);
  report.samples = watch.take_samples();
  fill_memory(report, watch, end, watch.cpu().target);
  return report;
}

}  // namespace mitr::load
