// A private PostgreSQL with the settings a node runs it with, every commit flushed, in a folder
// that goes away; and what it has cost so far.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "persistence/postgres/cluster.h"
#include "persistence/postgres/connection.h"
#include "persistence/store.h"
#include "tests/contract/test_folder.h"

namespace mitr::bench {

/// One statement's share, as the server counts it; no flush, no parsing, no parameters' reading.
struct StatementCost {
  std::string text;  ///< Its beginning, on one line.
  std::int64_t calls = 0;
  std::chrono::microseconds time{};
};

class BenchCluster {
 public:
  /// `count_statements` loads pg_stat_statements, which slows the server a little.
  static Result<std::unique_ptr<BenchCluster>> start(bool count_statements);

  Store& store() { return *store_; }
  std::string dsn_superuser() const { return cluster_->dsn_superuser(); }
  std::string dsn_app() const { return cluster_->dsn_app(); }
  const std::filesystem::path& folder() const { return folder_.path(); }
  /// Runs a script of ours as superuser.
  Status run(const std::string& script);
  /// Leaves no turn and no mark behind, and forgets what statements cost.
  Status empty();
  /// Bytes of log written since the cluster was made.
  Result<std::int64_t> wal_bytes();
  /// Processor time of all of the server's processes since it started, in ticks of 10 ms.
  std::chrono::microseconds cpu() const;
  /// Dearest first; nothing unless counted.
  Result<std::vector<StatementCost>> statements();

 private:
  explicit BenchCluster(bool counts_statements) : counts_statements_(counts_statements) {}
  Status open();
  Result<std::vector<postgres::Rows>> ask(const char* sql);

  bool counts_statements_;
  contract::TestFolder folder_;
  std::unique_ptr<Cluster> cluster_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<postgres::Connection> superuser_;
};

}  // namespace mitr::bench
