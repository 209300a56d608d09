// A private PostgreSQL for a test binary, in a folder of its own, without flushes; started once,
// emptied between tests.
#pragma once

#include <cstdlib>
#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "persistence/postgres/cluster.h"
#include "persistence/postgres/connection.h"
#include "persistence/postgres/migrate.h"
#include "persistence/postgres/store.h"
#include "tests/contract/test_folder.h"

namespace mitr::contract {

class TestCluster {
 public:
  /// The binary's one cluster, migrated. Ends the process if there can be none: a skipped test
  /// proves nothing.
  static TestCluster& shared() {
    static TestCluster cluster;
    return cluster;
  }

  std::string dsn_app() const { return cluster_->dsn_app(); }
  std::string dsn_owner() const { return cluster_->dsn_owner(); }
  std::string dsn_superuser() const { return cluster_->dsn_superuser(); }
  Cluster& cluster() { return *cluster_; }

  /// Runs a script of ours as the owner.
  Status as_owner(const std::string& script) { return run(dsn_owner(), script); }
  Status as_superuser(const std::string& script) { return run(dsn_superuser(), script); }

  /// Leaves no row behind.
  Status empty() {
    return as_owner(
        "TRUNCATE mitr.tenant, mitr.number, mitr.contact, mitr.alias, mitr.roster, mitr.journal, "
        "mitr.outbox,"
        " mitr.request, mitr.kept_webhook");
  }

 private:
  TestCluster() {
    ClusterOptions options;
    options.data = folder_.path();
    options.durable = false;
    options.superuser_login = true;
    auto started = Cluster::attach_or_start(options);
    if (!started) give_up(started.error());
    cluster_ = std::move(*started);
    if (auto done = migrate(dsn_owner()); !done) give_up(done.error());
  }

  [[noreturn]] static void give_up(const Error& error) {
    std::fprintf(stderr, "no PostgreSQL for the tests: %s\n", error.what.c_str());
    std::exit(1);
  }

  static Status run(const std::string& dsn, const std::string& script) {
    postgres::Connection connection(dsn, postgres::Session::kOwner, {});
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    if (auto open = connection.open(deadline); !open) return open;
    return connection.run_script(script);
  }

  TestFolder folder_;
  std::unique_ptr<Cluster> cluster_;
};

}  // namespace mitr::contract
