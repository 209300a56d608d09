// One connection to PostgreSQL, always in pipeline mode, every wait bounded. The only libpq calls
// of the program are here and in cluster.cpp. Errors carry SQLSTATE and constraint, never the
// server's text: that may quote a row.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/postgres/columns.h"
#include "protocols/result.h"

// libpq's handles, named here so that its header stays in the .cpp files.
struct pg_conn;
struct pg_result;

namespace mitr::postgres {

using Deadline = std::chrono::steady_clock::time_point;

/// A statement prepared on every new connection.
struct Statement {
  const char* name;
  const char* sql;
};

/// The rows of one statement.
class Rows {
 public:
  explicit Rows(pg_result* result);
  int count() const;
  const pg_result* raw() const { return result_.get(); }
  bool is_null(int row, int column) const;
  std::string_view bytes(int row, int column) const;
  Uuid16 uuid(int row, int column) const;
  std::int64_t int8(int row, int column) const {
    return read_number<std::int64_t>(bytes(row, column));
  }
  std::int32_t int4(int row, int column) const {
    return read_number<std::int32_t>(bytes(row, column));
  }
  std::int16_t int2(int row, int column) const {
    return read_number<std::int16_t>(bytes(row, column));
  }
  bool boolean(int row, int column) const {
    return bytes(row, column) == std::string_view("\1", 1);
  }
  std::string text(int row, int column) const { return std::string(bytes(row, column)); }
  std::chrono::sys_seconds time(int row, int column) const {
    return from_server_time(int8(row, column));
  }

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

/// What a connection is for; the session refuses to write unless told.
enum class Session : std::uint8_t { kWrite, kRead, kOwner };

class Connection {
 public:
  Connection(std::string dsn, Session session, std::span<const Statement> statements);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Connects and prepares if there is no connection; kUnavailable when that fails.
  Status open(Deadline deadline);
  bool is_open() const { return conn_ != nullptr; }
  void close();

  /// Queues a prepared statement. Nothing is sent for certain before `finish`.
  void queue(const char* statement, std::span<const Param> params);
  /// Queues a statement that is used once.
  void queue_sql(const char* sql, std::span<const Param> params);
  /// Ends the pipeline: what was queued is one transaction. A value (one Rows per statement) means
  /// committed. kUnavailable: the connection is lost and closed, the outcome unknown. kOverloaded:
  /// rolled back by a deadlock or such, the same again may pass. Others: refused by the server for
  /// a reason that stays.
  Result<std::vector<Rows>> finish(Deadline deadline);

  /// One statement alone, for these tenants (ids with commas), on a fresh connection if the last
  /// was lost; kSetTenants must be among those prepared. Waits kCommitPatience at most; fails as
  /// open() and finish() do.
  Result<Rows> ask(std::string_view tenants, const char* statement, std::span<const Param> params);

  /// Runs a script outside the pipeline, for migrations; blocks.
  Status run_script(const std::string& script);

  /// As PostgreSQL counts: 150018. 0 when closed.
  int server_version() const;
  /// SQLSTATE of the last refusal.
  const std::string& last_sqlstate() const { return sqlstate_; }

 private:
  Error lost();
  Error refused(const pg_result* result);
  Status connect(Deadline deadline);
  Status prepare(Deadline deadline);
  Status wait_readable(Deadline deadline);

  std::string dsn_;
  Session session_;
  std::vector<Statement> statements_;
  pg_conn* conn_ = nullptr;
  bool queue_failed_ = false;
  std::string sqlstate_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

/// The setting row security compares with: the tenants this transaction is for, with commas. Lasts
/// as long as the transaction.
inline constexpr Statement kSetTenants{"set_tenants",
                                       "SELECT set_config('app.tenants', $1::text, true)"};

}  // namespace mitr::postgres
