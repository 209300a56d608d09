// A private PostgreSQL for a test binary, in a folder of its own, without flushes; started once,
// emptied between tests.
#pragma once

#include <cstdio>
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

/// Options of a cluster that flushes nothing and lets the tests in as superuser.
inline ClusterOptions unflushed(const std::filesystem::path& data) {
  ClusterOptions options;
  options.data = data;
  options.durable = false;
  options.superuser_login = true;
  return options;
}

/// Ends the process: a skipped test proves nothing.
[[noreturn]] inline void give_up(const Error& error) {
  std::fprintf(stderr, "no PostgreSQL for the tests: %s\n", error.what.c_str());
  std::exit(1);
}

/// A migrated cluster that is not running, made once a binary: copying it costs a tenth of making
/// another.
inline void copy_cluster(const std::filesystem::path& data) {
  static const TestFolder made;
  static const bool ready = [] {
    auto cluster = Cluster::attach_or_start(unflushed(made.path()));
    if (!cluster) give_up(cluster.error());
    if (auto done = migrate((*cluster)->dsn_owner()); !done) give_up(done.error());
    return true;
  }();
  const auto from = made.path() / "postgres";
  const std::string copy = "cp -a '" + from.string() + "' '" + (data / "postgres").string() + "'";
  if (!ready || std::system(copy.c_str()) != 0)
    give_up({Errc::kInternal, "cannot copy the cluster"});
}

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
        "TRUNCATE mitr.tenant, mitr.pack, mitr.number, mitr.contact, mitr.alias, mitr.lineage,"
        " mitr.roster, mitr.journal, mitr.outbox, mitr.reply_log, mitr.request, mitr.kept_webhook,"
        " mitr.timer, mitr.record, mitr.record_finder, mitr.instruction, mitr.waiting_instruction,"
        " mitr.standing, mitr.media, mitr.media_piece, mitr.review, mitr.model, mitr.erasure,"
        " mitr.erased_name;"
        " UPDATE mitr.lease SET holder = '00000000-0000-0000-0000-000000000000',"
        " expires = '-infinity', settled = 'epoch'");
  }

 private:
  TestCluster() {
    copy_cluster(folder_.path());
    auto started = Cluster::attach_or_start(unflushed(folder_.path()));
    if (!started) give_up(started.error());
    cluster_ = std::move(*started);
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
