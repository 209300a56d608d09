// What this machine and this PostgreSQL can store at most: COPY in binary, one connection, into a
// table shaped like the journal, indexes and all, but without row security, fences or answers.
#pragma once

#include <memory>
#include <string>

#include "protocols/result.h"
#include "tests/bench/bench_cluster.h"
#include "tests/bench/journal_rows.h"

struct pg_conn;

namespace mitr::bench {

/// Rows of one COPY, which is one transaction.
inline constexpr std::size_t kCopyRows = 8192;

class CopyLimit {
 public:
  static Result<std::unique_ptr<CopyLimit>> open(BenchCluster& cluster);
  Status empty();
  /// Draws, sorts, seals and stores kCopyRows rows; sealing goes on while the server stores.
  Status copy(JournalRows& rows);

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  explicit CopyLimit(BenchCluster& cluster) : cluster_(cluster) {}
  void add_row(const Append& turn);
  bool send();

  BenchCluster& cluster_;
  std::unique_ptr<pg_conn, Close> connection_;
  std::string bytes_;
};

}  // namespace mitr::bench
