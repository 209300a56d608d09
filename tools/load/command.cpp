// Options to a run, progress to the terminal, reports to files. Signals are blocked before the
// first thread starts; Ctrl-C ends the run early, with a report.
#include "tools/load/command.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <memory>
#include <pthread.h>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

#include "tools/load/load_options.h"
#include "tools/load/run.h"

namespace mitr {
namespace {

using load::LoadOptions;

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

bool signalled_within(const sigset_t& signals, std::chrono::milliseconds time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const timespec wait{seconds.count(), std::chrono::nanoseconds(time - seconds).count()};
  return ::sigtimedwait(&signals, nullptr, &wait) > 0;
}

/// A line that is written over in a terminal; in a file one in ten.
class ProgressLine {
 public:
  void show(const load::Sample& sample, double whole_s) {
    if (terminal_) {
      std::fprintf(stderr, "\r\x1b[K%s", load::render_progress(sample, whole_s).c_str());
      std::fflush(stderr);
    } else if (shown_++ % 10 == 0) {
      std::fprintf(stderr, "%s\n", load::render_progress(sample, whole_s).c_str());
    }
  }
  void end() const {
    if (terminal_) std::fprintf(stderr, "\r\x1b[K");
  }

 private:
  const bool terminal_ = ::isatty(STDERR_FILENO) != 0;
  int shown_ = 0;
};

bool write_file(const std::string& file, const std::string& text) {
  if (file.empty()) return true;
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) std::fprintf(stderr, "mitr load: cannot write %s\n", file.c_str());
  return static_cast<bool>(out);
}

int run_load_command(const LoadOptions& options, const CLI::App& command) {
  constexpr int kWrongUse = 2;
  auto parts = load::run_parts(options, [&](const char* name) { return command.count(name) > 0; });
  if (!parts) {
    std::fprintf(stderr, "mitr load: %s\n", parts.error().what.c_str());
    return kWrongUse;
  }
  const auto signals = block_signals();
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  ProgressLine line;
  parts->wait = [&](std::chrono::milliseconds time) { return signalled_within(signals, time); };
  parts->progress = [&](const load::Sample& sample, double whole_s) { line.show(sample, whole_s); };
  parts->listening = [](std::uint16_t port) {
    std::fprintf(stderr, "load: replies are taken at http://127.0.0.1:%u\n", unsigned{port});
  };
  const auto report = load::run_load(std::move(*parts));
  line.end();
  if (!report) {
    std::fprintf(
        stderr, "mitr load: %s%s\n", report.error().what.c_str(),
        report.error().code == Errc::kUnavailable
            ? "; the driver takes the place of the Graph API there: stop the simulator that listens"
            : "");
    return kWrongUse;
  }
  std::fputs(load::render_table(*report).c_str(), stdout);
  const bool written =
      write_file(options.json, options.json.empty() ? "" : load::render_json(*report)) &&
      write_file(options.html, options.html.empty() ? "" : load::render_html(*report));
  return load::passed(*report) && written ? 0 : 1;
}

void add_target_options(CLI::App& command, LoadOptions& o) {
  command
      .add_option("--config", o.config,
                  "The target's settings file: address, secret, numbers and Graph port")
      ->check(CLI::ExistingFile);
  command.add_option("--target", o.target, "Webhook, as http://127.0.0.1:18080/webhook");
  command.add_option("--graph-port", o.graph_port,
                     "Loopback port that takes the replies; 0: any free one");
  command.add_option("--app-secret-file", o.secret_file, "File whose first line is the app secret");
  command.add_option("--number", o.numbers, "A number of the target, as PACK=ID; may be repeated");
  command.add_option("--scripts", o.scripts, "A script, or a folder of them")
      ->capture_default_str();
  command.add_option("--only", o.only, "Play only the scripts of this pack");
  command
      .add_option("--server-pid", o.server_pid,
                  "Process whose CPU and memory are read, or auto, or none")
      ->capture_default_str();
  command.add_flag("--target-is-ours", o.target_is_ours,
                   "The target is not this machine, and it is yours");
  command.add_option("--confirm-target", o.confirm_target, "Its host, typed again");
}

void add_plan_options(CLI::App& command, LoadOptions& o) {
  std::string about = "How people come and behave:";
  for (const auto& profile : load::profiles()) {
    about += "\n  " + std::string(profile.name) + ": " + std::string(profile.about);
  }
  command.add_option("--profile", o.profile, about)->capture_default_str();
  command.add_option("--at-once", o.at_once, "Closed loop: people in a dialogue at any time");
  command.add_option("--rate", o.rate, "Open loop: turns per second at the peak; 0: closed");
  command.add_option("--people", o.people,
                     "Exactly so many dialogues, to their end, instead of a time");
  command.add_option("--duration", o.duration_s, "Seconds measured");
  command.add_option("--warmup", o.warmup_s, "Seconds before them");
  command.add_option("--settle", o.settle_s, "Seconds to listen on after the last reply");
  command.add_option("--think-ms", o.think_ms, "Mean pause of a person before the next words");
  command.add_option("--ahead", o.ahead, "Messages a person sends before the replies come");
  command.add_option("--repeats", o.repeats, "Share of webhooks posted again");
  command.add_option("--forgeries", o.forgeries,
                     "Share of turns with a badly signed webhook beside");
  command.add_option("--graph-delay-ms", o.graph_delay_ms, "The Graph endpoint answers this late");
  command
      .add_option("--statuses", o.statuses, "Status webhooks for each reply: sent, delivered, read")
      ->delimiter(',');
  command.add_option("--reply-timeout", o.reply_timeout_s, "Seconds after which a reply is lost");
  command.add_option("--connections", o.connections, "Connections to the webhook");
  command.add_option("--base", o.base,
                     "First person's ordinal; as drawn: nobody has written before");
}

}  // namespace

void add_load_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LoadOptions>();
  auto* command = app.add_subcommand(
      "load", "Play thousands of people against a running deployment and verify every reply");
  add_target_options(*command, *options);
  add_plan_options(*command, *options);
  command->add_option("--json", options->json, "Write the report as JSON");
  command->add_option("--html", options->html, "Write the report as one page");
  command->callback(
      [options, command, &exit_code] { exit_code = run_load_command(*options, *command); });
}

}  // namespace mitr
