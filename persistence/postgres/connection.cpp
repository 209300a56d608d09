// libpq behind RAII: non-blocking sockets with our own poll, so that no wait outlives its deadline.
#include "persistence/postgres/connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <libpq-fe.h>
#include <optional>
#include <poll.h>

#include "protocols/limits.h"

namespace mitr::postgres {
namespace {

using Clock = std::chrono::steady_clock;

/// Every table access of the hot path is by key: plans are made once, and never as a scan because a
/// table was still small when the plan was made.
constexpr const char* kKeyedPlans =
    "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c "
    "enable_mergejoin=off "
    "-c enable_bitmapscan=off -c enable_material=off -c enable_memoize=off -c jit=off -c "
    "default_transaction_isolation=read\\ committed "
    "-c statement_timeout=8s -c idle_in_transaction_session_timeout=10s";

std::string session_options(Session session) {
  switch (session) {
    case Session::kWrite:
      return kKeyedPlans;
    case Session::kRead:
      return std::string(kKeyedPlans) + " -c default_transaction_read_only=on";
    case Session::kOwner:
      return "-c client_min_messages=warning";
  }
  return {};
}

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

/// False when the deadline passed.
bool wait_for(int socket, short events, Deadline deadline) {
  while (true) {
    const int left = milliseconds_until(deadline);
    pollfd entry{socket, events, 0};
    const int ready = ::poll(&entry, 1, left);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (ready == 0 && left == 0) return false;
  }
}

std::string first_line(const char* text) {
  const std::string_view whole(text == nullptr ? "" : text);
  return std::string(whole.substr(0, whole.find('\n')));
}

/// Serialization failure, deadlock, lock not available: the same again may pass.
bool rolled_back_by_chance(std::string_view sqlstate) {
  return sqlstate == "40001" || sqlstate == "40P01" || sqlstate == "55P03";
}

/// Connection exceptions, out of resources, operator intervention: the server will come back.
bool server_is_away(std::string_view sqlstate) {
  const auto group = sqlstate.substr(0, 2);
  return sqlstate.empty() || group == "08" || group == "53" || group == "57" || group == "58";
}

}  // namespace

Rows::Rows(pg_result* result) : result_(result) {}
void Rows::Clear::operator()(pg_result* result) const {
  PQclear(result);
}
int Rows::count() const {
  return PQntuples(result_.get());
}
bool Rows::is_null(int row, int column) const {
  return PQgetisnull(result_.get(), row, column) != 0;
}
std::string_view Rows::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}
Uuid16 Rows::uuid(int row, int column) const {
  Uuid16 value{};
  const auto view = bytes(row, column);
  std::memcpy(value.data(), view.data(), std::min(view.size(), value.size()));
  return value;
}

Connection::Connection(std::string dsn, Session session, std::span<const Statement> statements)
    : dsn_(std::move(dsn)), session_(session), statements_(statements.begin(), statements.end()) {}

Connection::~Connection() {
  close();
}

void Connection::close() {
  PQfinish(conn_);
  conn_ = nullptr;
  queue_failed_ = false;
}

Status Connection::open(Deadline deadline) {
  if (conn_ != nullptr) return Done{};
  auto connected = connect(deadline);
  if (connected) connected = prepare(deadline);
  if (!connected) close();
  return connected;
}

Status Connection::connect(Deadline deadline) {
  const std::string options = session_options(session_);
  const char* const keywords[] = {"dbname", "options", "client_encoding", "application_name",
                                  nullptr};
  const char* const values[] = {dsn_.c_str(), options.c_str(), "UTF8", "mitr", nullptr};
  conn_ = PQconnectStartParams(keywords, values, 1);
  if (conn_ == nullptr) return Error{Errc::kUnavailable, "no memory for a database connection"};
  auto polling = PGRES_POLLING_WRITING;
  while (PQstatus(conn_) != CONNECTION_BAD && polling != PGRES_POLLING_OK) {
    const short events = polling == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    if (!wait_for(PQsocket(conn_), events, deadline)) {
      return Error{Errc::kUnavailable, "the database did not answer in time"};
    }
    polling = PQconnectPoll(conn_);
    if (polling == PGRES_POLLING_FAILED) break;
  }
  if (PQstatus(conn_) != CONNECTION_OK) {
    // Before any statement the message holds host, role and reason only.
    return Error{Errc::kUnavailable,
                 "cannot connect to the database: " + first_line(PQerrorMessage(conn_))};
  }
  PQsetNoticeProcessor(
      conn_, [](void*, const char*) {}, nullptr);
  if (PQsetnonblocking(conn_, 1) != 0 || PQenterPipelineMode(conn_) != 1) return lost();
  return Done{};
}

Status Connection::prepare(Deadline deadline) {
  if (statements_.empty()) return Done{};
  for (const auto& statement : statements_) {
    if (PQsendPrepare(conn_, statement.name, statement.sql, 0, nullptr) != 1) queue_failed_ = true;
  }
  auto done = finish(deadline);
  if (!done) return done.error();
  return Done{};
}

void Connection::queue(const char* statement, std::span<const Param> params) {
  const auto count = params.size();
  values_.resize(count);
  lengths_.resize(count);
  formats_.assign(count, 1);
  for (std::size_t i = 0; i < count; ++i) {
    values_[i] = params[i].data();
    lengths_[i] = static_cast<int>(params[i].size());
  }
  if (conn_ == nullptr ||
      PQsendQueryPrepared(conn_, statement, static_cast<int>(count), values_.data(),
                          lengths_.data(), formats_.data(), 1) != 1) {
    queue_failed_ = true;
  }
}

void Connection::queue_sql(const char* sql, std::span<const Param> params) {
  const auto count = params.size();
  values_.resize(count);
  lengths_.resize(count);
  formats_.assign(count, 1);
  for (std::size_t i = 0; i < count; ++i) {
    values_[i] = params[i].data();
    lengths_[i] = static_cast<int>(params[i].size());
  }
  if (conn_ == nullptr ||
      PQsendQueryParams(conn_, sql, static_cast<int>(count), nullptr, values_.data(),
                        lengths_.data(), formats_.data(), 1) != 1) {
    queue_failed_ = true;
  }
}

Status Connection::wait_readable(Deadline deadline) {
  while (PQisBusy(conn_) != 0) {
    const int unsent = PQflush(conn_);
    if (unsent < 0) return lost();
    // Reading while there is more to send keeps both sides from waiting on full buffers.
    const auto events = static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN);
    if (!wait_for(PQsocket(conn_), events, deadline)) return lost();
    if (PQconsumeInput(conn_) != 1) return lost();
  }
  return Done{};
}

Result<std::vector<Rows>> Connection::finish(Deadline deadline) {
  if (conn_ == nullptr || queue_failed_ || PQpipelineSync(conn_) != 1 || PQflush(conn_) < 0)
    return lost();
  std::vector<Rows> rows;
  std::optional<Error> refusal;
  while (true) {
    if (auto ready = wait_readable(deadline); !ready) return ready.error();
    pg_result* result = PQgetResult(conn_);
    if (result == nullptr) {
      // Between two statements; a connection that broke would answer so for ever.
      if (PQstatus(conn_) == CONNECTION_BAD) return lost();
      continue;
    }
    Rows held(result);
    switch (PQresultStatus(result)) {
      case PGRES_TUPLES_OK:
      case PGRES_COMMAND_OK:
        rows.push_back(std::move(held));
        break;
      case PGRES_PIPELINE_ABORTED:
        break;
      case PGRES_PIPELINE_SYNC:
        if (refusal) return *refusal;
        return rows;
      default: {
        if (PQstatus(conn_) == CONNECTION_BAD) return lost();
        Error error = refused(result);
        if (error.code == Errc::kUnavailable) {
          close();
          return error;
        }
        if (!refusal) refusal = std::move(error);
      }
    }
  }
}

Error Connection::lost() {
  close();
  return Error{Errc::kUnavailable, "the database connection was lost"};
}

Error Connection::refused(const pg_result* result) {
  const auto field = [&](int code) {
    const char* value = PQresultErrorField(result, code);
    return std::string(value == nullptr ? "" : value);
  };
  sqlstate_ = field(PG_DIAG_SQLSTATE);
  std::string what = "the database refused a statement (SQLSTATE " + sqlstate_;
  if (auto constraint = field(PG_DIAG_CONSTRAINT_NAME); !constraint.empty()) {
    what += ", constraint " + constraint;
  }
  what += ")";
  if (server_is_away(sqlstate_)) return Error{Errc::kUnavailable, std::move(what)};
  if (rolled_back_by_chance(sqlstate_)) return Error{Errc::kOverloaded, std::move(what)};
  // Insufficient privilege and our own refusals are the caller's; the rest is a bug.
  if (sqlstate_ == "42501" || sqlstate_.starts_with("MT"))
    return Error{Errc::kRefused, std::move(what)};
  return Error{Errc::kInternal, std::move(what)};
}

Result<Rows> Connection::ask(std::string_view tenants, const char* statement,
                             std::span<const Param> params) {
  const Deadline deadline = std::chrono::steady_clock::now() + limits::kCommitPatience;
  if (auto ready = open(deadline); !ready) return ready.error();
  queue(kSetTenants.name, std::array<Param, 1>{tenants});
  queue(statement, params);
  auto rows = finish(deadline);
  if (!rows) return rows.error();
  return std::move(rows->at(1));
}

Status Connection::run_script(const std::string& script) {
  if (conn_ == nullptr || PQexitPipelineMode(conn_) != 1) return lost();
  Rows held(PQexec(conn_, script.c_str()));
  const auto* result = held.raw();
  const auto status = PQresultStatus(result);
  if (PQstatus(conn_) == CONNECTION_BAD) return lost();
  Status answer = Done{};
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) answer = refused(result);
  if (PQenterPipelineMode(conn_) != 1) return lost();
  return answer;
}

int Connection::server_version() const {
  return conn_ == nullptr ? 0 : PQserverVersion(conn_);
}

}  // namespace mitr::postgres
