#include "tools/simulate/command.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <ctime>
#include <deque>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <spdlog/fmt/fmt.h>

#include "config/pack_file.h"
#include "tools/simulate/simulation.h"

namespace mitr {
namespace {

using namespace simulate;

/// Lines shown of the conversation that was wronged, up to the breach.
constexpr std::size_t kLinesShown = 40;

struct SimulateOptions {
  std::uint64_t seed = 1;
  std::string seeds;
  int minutes = 30;
  std::uint32_t people = 40;
  std::string faults = "mild";
  std::string packs = "config/packs";
  bool trace = false;
};

Faults faults_of(const std::string& name) {
  if (name == "none") return Faults::kNone;
  return name == "wild" ? Faults::kWild : Faults::kMild;
}

Result<Packs> load_packs(const std::filesystem::path& folder) {
  Packs packs;
  for (const char* name : {"school", "merchant", "clinic"}) {
    auto loaded = load_pack(folder / name);
    if (!loaded.pack) {
      std::string what = "cannot read the pack in " + (folder / name).string();
      for (const auto& mistake : loaded.mistakes) what += "\n" + to_string(mistake);
      return Error{Errc::kInvalidConfig, what};
    }
    packs.emplace_back(name, std::move(loaded.pack));
  }
  return packs;
}

std::string command_for(const Plan& plan, const SimulateOptions& options) {
  return fmt::format("mitr simulate --seed {} --minutes {} --people {} --faults {} --trace",
                     plan.seed, plan.lasts.count(), plan.people, options.faults);
}

/// Runs it once more and keeps what led to the breach.
void explain(const Plan& plan, const Packs& packs, const SimulateOptions& options) {
  std::deque<std::pair<std::string, std::string>> lines;
  const auto report = simulate::simulate(
      plan, packs,
      [&lines](std::string_view who, const std::string& line) { lines.emplace_back(who, line); });
  if (!report.breach) return;
  const auto concerns = [&report](const std::string& who) {
    return report.who.empty() || who == report.who || who == "node" || who == "leases" ||
           who == "store";
  };
  std::erase_if(lines, [&](const auto& line) { return !concerns(line.first); });
  while (lines.size() > kLinesShown) lines.pop_front();
  for (const auto& [who, line] : lines) std::cout << line << "\n";
  std::cout << fmt::format("seed {}: broken: {}: {} ({})\n", plan.seed, report.breach->invariant,
                           report.breach->what, report.who);
  std::cout << "again with: " << command_for(plan, options) << "\n";
}

void summarise(const Plan& plan, const Report& report) {
  const auto& counts = report.counts;
  std::cout << fmt::format(
      "seed {}: {} turns, {} conversations ({} completed, {} cancelled, {} lapsed), {} timers, "
      "{} from the desk, {} sends ({} twice), {} repeats, {} fenced, {} crashes, {} steps, "
      "fingerprint {:016x}\n",
      plan.seed, counts.turns, counts.ended(), counts.completed, counts.cancelled, counts.lapsed,
      counts.timer_turns, counts.instructed, counts.posts, counts.doubles, counts.repeats,
      counts.fenced, report.crashes, report.steps, report.fingerprint);
}

int run_one(Plan plan, const Packs& packs, const SimulateOptions& options) {
  Trace::Sink sink;
  if (options.trace)
    sink = [](std::string_view, const std::string& line) { std::cout << line << "\n"; };
  const auto report = simulate::simulate(plan, packs, sink);
  summarise(plan, report);
  if (report.breach) explain(plan, packs, options);
  return report.breach ? 1 : 0;
}

struct Range {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

std::optional<Range> range_of(const std::string& text) {
  const auto dots = text.find("..");
  if (dots == std::string::npos) return std::nullopt;
  try {
    Range range{std::stoull(text.substr(0, dots)), std::stoull(text.substr(dots + 2))};
    if (range.first > range.last) return std::nullopt;
    return range;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

int run_many(Plan plan, const Packs& packs, const SimulateOptions& options, Range range) {
  std::uint64_t broken = 0;
  std::uint64_t conversations = 0;
  std::uint64_t turns = 0;
  const auto started = cpu_seconds();
  for (plan.seed = range.first; plan.seed <= range.last; ++plan.seed) {
    const auto report = simulate::simulate(plan, packs);
    conversations += report.counts.ended();
    turns += report.counts.turns;
    if (!report.breach) continue;
    ++broken;
    explain(plan, packs, options);
    std::cout << std::flush;
  }
  const auto took = std::max(cpu_seconds() - started, 1e-6);
  const auto seeds = range.last - range.first + 1;
  std::cout << fmt::format(
      "{} seeds, {} broken; {:.1f} s of CPU: {:.0f} seeds an hour, {:.0f} conversations a second, "
      "{:.0f} turns a second\n",
      seeds, broken, took, static_cast<double>(seeds) * 3600 / took,
      static_cast<double>(conversations) / took, static_cast<double>(turns) / took);
  return broken > 0 ? 1 : 0;
}

int run(const SimulateOptions& options) {
  auto packs = load_packs(options.packs);
  if (!packs) {
    std::cerr << "mitr simulate: " << packs.error().what << "\n";
    return 2;
  }
  Plan plan{options.seed, std::chrono::minutes(options.minutes), options.people,
            faults_of(options.faults), Planted::kNothing};
  if (options.seeds.empty()) return run_one(plan, *packs, options);
  const auto range = range_of(options.seeds);
  if (!range) {
    std::cerr << "mitr simulate: --seeds takes two numbers, as 1..1000\n";
    return 2;
  }
  return run_many(plan, *packs, options, *range);
}

}  // namespace

void add_simulate_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<SimulateOptions>();
  auto* command =
      app.add_subcommand("simulate", "A whole node and the world around it, from one seed");
  command->add_option("--seed", options->seed, "Decides everything")->capture_default_str();
  command->add_option("--seeds", options->seeds, "Many seeds, as 1..1000; prints a summary");
  command->add_option("--minutes", options->minutes, "Virtual time")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  command->add_option("--people", options->people, "Who write to the businesses of the town")
      ->capture_default_str()
      ->check(CLI::Range(1, 8000));
  command->add_option("--faults", options->faults, "How unkind the world is")
      ->capture_default_str()
      ->check(CLI::IsMember({"none", "mild", "wild"}));
  command->add_option("--packs", options->packs, "Folder of packs")->capture_default_str();
  command->add_flag("--trace", options->trace, "A line an event");
  command->footer("Exit code: 0 every promise was kept, 1 one was broken, 2 it could not run.");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace mitr
