// Start, questions, and the kernel's accounts of the server's processes.
#include "tests/bench/bench_cluster.h"

#include <array>
#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <unistd.h>

#include "persistence/postgres/migrate.h"
#include "persistence/postgres/store.h"

namespace mitr::bench {
namespace {

constexpr auto kPatience = std::chrono::seconds(20);

postgres::Deadline patience() {
  return std::chrono::steady_clock::now() + kPatience;
}

/// Of /proc/PID/stat, in ticks.
struct ProcessTimes {
  pid_t parent = 0;
  long own = 0;
  long of_ended_children = 0;
};

std::optional<ProcessTimes> times_of(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  // The name, in parentheses, may hold anything; the fields begin behind it.
  std::istringstream fields(line.substr(line.rfind(')') + 1));
  std::string state, skipped;
  ProcessTimes times;
  fields >> state >> times.parent;
  for (int i = 0; i < 9; ++i) fields >> skipped;
  std::array<long, 4> ticks{};
  for (long& tick : ticks) fields >> tick;
  if (!fields) return std::nullopt;
  times.own = ticks[0] + ticks[1];
  times.of_ended_children = ticks[2] + ticks[3];
  return times;
}

}  // namespace

Result<std::unique_ptr<BenchCluster>> BenchCluster::start(bool count_statements) {
  std::unique_ptr<BenchCluster> made(new BenchCluster(count_statements));
  if (auto open = made->open(); !open) return open.error();
  return made;
}

Status BenchCluster::open() {
  ClusterOptions options;
  options.data = folder_.path();
  options.superuser_login = true;
  if (counts_statements_) options.settings = {"shared_preload_libraries=pg_stat_statements"};
  auto cluster = Cluster::attach_or_start(options);
  if (!cluster) return cluster.error();
  cluster_ = std::move(*cluster);
  if (auto done = migrate(cluster_->dsn_owner()); !done) return done;
  auto store = open_postgres(cluster_->dsn_app());
  if (!store) return store.error();
  store_ = std::move(*store);
  superuser_ = std::make_unique<postgres::Connection>(dsn_superuser(), postgres::Session::kOwner,
                                                      std::span<const postgres::Statement>{});
  if (auto open = superuser_->open(patience()); !open) return open;
  return counts_statements_ ? run("CREATE EXTENSION pg_stat_statements") : Done{};
}

Status BenchCluster::run(const std::string& script) {
  return superuser_->run_script(script);
}

Status BenchCluster::empty() {
  if (auto done = run("TRUNCATE mitr.journal, mitr.outbox, mitr.reply_log"); !done) return done;
  return counts_statements_ ? run("SELECT pg_stat_statements_reset()") : Done{};
}

Result<std::vector<postgres::Rows>> BenchCluster::ask(const char* sql) {
  superuser_->queue_sql(sql, {});
  return superuser_->finish(patience());
}

Result<std::int64_t> BenchCluster::wal_bytes() {
  auto rows = ask("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::int8");
  if (!rows) return rows.error();
  return rows->at(0).int8(0, 0);
}

std::chrono::microseconds BenchCluster::cpu() const {
  const pid_t server = cluster_->server_pid();
  long ticks = 0;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto times = times_of(name);
    if (!times) continue;
    const bool is_server = name == std::to_string(server);
    if (is_server || times->parent == server) ticks += times->own;
    if (is_server) ticks += times->of_ended_children;
  }
  return std::chrono::microseconds(ticks * 1'000'000 / ::sysconf(_SC_CLK_TCK));
}

Result<std::vector<StatementCost>> BenchCluster::statements() {
  std::vector<StatementCost> costs;
  if (!counts_statements_) return costs;
  auto rows =
      ask("SELECT left(trim(regexp_replace(query, '\\s+', ' ', 'g')), 48), calls,"
          " (total_exec_time * 1000)::int8 FROM pg_stat_statements s JOIN pg_roles r ON r.oid = "
          "s.userid"
          " WHERE r.rolname = 'mitr_app' ORDER BY total_exec_time DESC LIMIT 8");
  if (!rows) return rows.error();
  const auto& found = rows->at(0);
  for (int row = 0; row < found.count(); ++row) {
    costs.push_back(
        {found.text(row, 0), found.int8(row, 1), std::chrono::microseconds(found.int8(row, 2))});
  }
  return costs;
}

}  // namespace mitr::bench
