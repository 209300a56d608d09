#include "tools/load/load_options.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <random>

#include "actors/http/origin.h"
#include "config/node_settings.h"
#include "tools/load/process_use.h"

namespace mitr::load {
namespace {

/// Ordinals of people: ten digits of their phones.
constexpr std::uint64_t kBaseMax = 9'990'000'000;

Error invalid(std::string what) {
  return Error{Errc::kInvalidConfig, std::move(what)};
}

/// A number of the target and the pack that answers there.
struct PackNumber {
  std::string pack;
  std::string id;
};

/// What is known of the target, from its settings and from the command line.
struct Known {
  std::string target;
  Personal secret;
  std::uint16_t graph_port = 0;
  std::vector<PackNumber> numbers;
};

Status read_config(const std::string& file, Known& known) {
  const auto loaded = load_node_settings(file);
  if (!loaded.ok()) return invalid(file + ": " + to_string(loaded.mistakes.front()));
  const NodeSettings& node = loaded.settings;
  known.target =
      "http://" + node.listen.address + ":" + std::to_string(node.listen.port) + node.webhook.path;
  if (!node.webhook.app_secrets.empty()) known.secret = node.webhook.app_secrets.front();
  if (const auto graph = net::parse_origin(node.graph.base_url); graph && !graph->tls) {
    known.graph_port = graph->port;
  }
  for (const auto& tenant : node.tenants) {
    for (const auto& number : tenant.numbers)
      known.numbers.push_back({tenant.settings.pack, number});
  }
  return Done{};
}

Status read_options(const LoadOptions& options, const std::function<bool(const char*)>& given,
                    Known& known) {
  if (!options.target.empty()) known.target = options.target;
  if (given("--graph-port")) known.graph_port = options.graph_port;
  if (!options.secret_file.empty()) {
    std::ifstream in(options.secret_file);
    std::string line;
    if (!std::getline(in, line) || line.empty())
      return invalid(options.secret_file + ": no secret to read there");
    known.secret = Personal(line);
  }
  if (!options.numbers.empty()) known.numbers.clear();
  for (const auto& text : options.numbers) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) return invalid("--number must be PACK=ID, not " + text);
    known.numbers.push_back({text.substr(0, equals), text.substr(equals + 1)});
  }
  if (known.target.empty()) return invalid("no target: give --config or --target");
  if (known.secret.empty()) return invalid("no app secret: give --config or --app-secret-file");
  if (known.numbers.empty())
    return invalid("no number of the target: give --config or --number PACK=ID");
  return Done{};
}

/// Every number with every script of its pack.
Status cast_numbers(const LoadOptions& options, const std::vector<PackNumber>& numbers,
                    Cast::Parts& cast) {
  auto scripts = read_scripts(options.scripts);
  if (!scripts) return scripts.error();
  std::erase_if(*scripts, [&](const Script& script) {
    const bool wanted = options.only.empty() || script.pack == options.only;
    return !wanted || std::ranges::find(numbers, script.pack, &PackNumber::pack) == numbers.end();
  });
  cast.scripts = std::move(*scripts);
  for (const auto& number : numbers) {
    for (std::size_t i = 0; i < cast.scripts.size(); ++i) {
      if (cast.scripts[i].pack == number.pack) cast.numbers.push_back({number.id, i});
    }
  }
  if (cast.numbers.empty())
    return invalid("no script fits a number of the target; see --scripts and --only");
  return Done{};
}

Result<Plan> plan_from(const LoadOptions& o, const std::function<bool(const char*)>& given) {
  auto made = plan_of(o.profile);
  if (!made) return made;
  Plan& plan = *made;
  if (given("--at-once")) plan.at_once = o.at_once;
  if (given("--rate")) plan.rate = o.rate;
  if (given("--people")) {
    plan.people = o.people;
    plan.to_the_end = true;
  }
  if (given("--duration")) plan.lasts = std::chrono::seconds(o.duration_s);
  if (given("--warmup")) plan.warmup = std::chrono::seconds(o.warmup_s);
  if (given("--settle")) plan.settle = std::chrono::seconds(o.settle_s);
  if (given("--think-ms")) plan.think = std::chrono::milliseconds(o.think_ms);
  if (given("--ahead")) plan.ahead = o.ahead;
  if (given("--repeats")) plan.repeats = o.repeats;
  if (given("--forgeries")) plan.forgeries = o.forgeries;
  if (given("--graph-delay-ms")) plan.graph_delay = std::chrono::milliseconds(o.graph_delay_ms);
  if (given("--statuses")) plan.statuses = o.statuses;
  if (given("--reply-timeout")) plan.reply_patience = std::chrono::seconds(o.reply_timeout_s);
  if (given("--connections")) plan.connections = o.connections;
  if (auto checked = check_plan(plan); !checked) return checked.error();
  return made;
}

Result<pid_t> server_pid(const LoadOptions& options, const LoadTarget& target) {
  if (options.server_pid == "none" || (options.server_pid == "auto" && !target.is_loopback))
    return pid_t{0};
  if (options.server_pid == "auto") {
    const auto origin = net::parse_origin(target.origin);
    return origin ? listener_of(origin->port) : pid_t{0};
  }
  pid_t pid = 0;
  const auto& text = options.server_pid;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), pid);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || pid <= 0) {
    return invalid("--server-pid must be a process id, auto or none");
  }
  return pid;
}

}  // namespace

Result<RunParts> run_parts(const LoadOptions& options,
                           const std::function<bool(const char*)>& given) {
  Known known;
  if (!options.config.empty()) {
    if (auto read = read_config(options.config, known); !read) return read.error();
  }
  if (auto read = read_options(options, given, known); !read) return read.error();
  RunParts parts;
  auto plan = plan_from(options, given);
  if (!plan) return plan.error();
  parts.plan = std::move(*plan);
  auto target = parse_load_target(known.target);
  if (!target) return target.error();
  parts.target = std::move(*target);
  if (auto allowed = allow_target(parts.target, options.target_is_ours, options.confirm_target);
      !allowed) {
    return allowed.error();
  }
  if (auto numbers = cast_numbers(options, known.numbers, parts.cast); !numbers)
    return numbers.error();
  parts.cast.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  std::random_device chance;
  parts.cast.base =
      (std::uint64_t{chance()} << 32u | chance()) % (kBaseMax - limits::kLoadPeopleMax);
  if (given("--base")) parts.cast.base = options.base;
  if (parts.cast.base > kBaseMax - limits::kLoadPeopleMax)
    return invalid("--base must have at most ten digits");
  parts.app_secret = known.secret;
  parts.graph_port = known.graph_port;
  const auto pid = server_pid(options, parts.target);
  if (!pid) return pid.error();
  parts.server_pid = *pid;
  return parts;
}

}  // namespace mitr::load
