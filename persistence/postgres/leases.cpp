// The statements of leases; what they mean is in schema/0002_fences_and_timers.sql and
// 0013_takeovers.sql.
#include "persistence/postgres/leases.h"

#include <array>

#include "persistence/crypto/keys.h"
#include "protocols/limits.h"

namespace mitr::postgres {
namespace {

constexpr std::array kStatements{
    // A takeover waits for the appends in flight; one whose node stopped in the middle is ended
    // after that.
    Statement{"patience", "SELECT set_config('lock_timeout', '2s', false)"},
    Statement{"guard", "SELECT pg_try_advisory_lock(mitr.holder_key($1::uuid))"},
    Statement{"hold",
              "SELECT shard, epoch, mine, settled, at FROM mitr.hold_leases($1::uuid,"
              " $2::int8 * interval '1 millisecond', $3::int8 * interval '1 millisecond')"},
    // A lease that ends later than any can, or replies that are settled in the future: the clock
    // was set back. The holder puts right what is cut too short. After "hold", so that who took a
    // shard
    // hears of it; under its lock, so that two of these never wait for each other.
    Statement{"set_back",
              "UPDATE mitr.lease SET expires = least(expires, clock_timestamp() + $1::int8 * "
              "interval '1 millisecond'),"
              " settled = CASE WHEN settled > clock_timestamp()"
              " THEN clock_timestamp() - $2::int8 * interval '1 second' ELSE settled END"
              " WHERE expires > clock_timestamp() + $3::int8 * interval '1 second'"
              " OR settled > clock_timestamp()"},
    Statement{"release", "UPDATE mitr.lease SET expires = '-infinity' WHERE holder = $1::uuid"},
};

Deadline patience() {
  return std::chrono::steady_clock::now() + limits::kCommitPatience;
}

}  // namespace

PostgresLeases::PostgresLeases(std::string dsn)
    : holder_(random_id<TenantId>().bytes),
      connection_(std::move(dsn), Session::kWrite, kStatements) {}

Status PostgresLeases::open(Deadline deadline) {
  if (!connection_.is_open()) guarded_ = false;
  if (auto opened = connection_.open(deadline); !opened) return opened;
  if (guarded_) return Done{};
  connection_.queue("patience", {});
  connection_.queue("guard", std::array<Param, 1>{uuid_param(holder_)});
  auto rows = connection_.finish(deadline);
  if (!rows) return rows.error();
  // Not got: a session of ours that the server has not yet missed holds it; asked again next time.
  guarded_ = rows->at(1).boolean(0, 0);
  return Done{};
}

Result<LeaseTable> PostgresLeases::hold(std::chrono::milliseconds lasts,
                                        std::chrono::milliseconds open_for) {
  const Deadline deadline = patience();
  if (auto opened = open(deadline); !opened) return opened.error();
  const Int8Param term(lasts.count());
  const Int8Param age(open_for.count());
  const Int8Param doubt(std::chrono::seconds(limits::kClockDoubt).count());
  const Int8Param term_max(limits::kLeaseSecondsMax);
  connection_.queue("hold", std::array<Param, 3>{uuid_param(holder_), term.param(), age.param()});
  connection_.queue("set_back",
                    std::array<Param, 3>{term.param(), doubt.param(), term_max.param()});
  auto rows = connection_.finish(deadline);
  if (!rows) return rows.error();
  LeaseTable table;
  const Rows& found = rows->at(0);
  for (int row = 0; row < found.count(); ++row) {
    const auto shard = static_cast<std::size_t>(found.int2(row, 0));
    if (shard >= table.size()) continue;
    table[shard] = {static_cast<std::uint32_t>(found.int4(row, 1)), found.boolean(row, 2),
                    found.time(row, 3), found.time(row, 4)};
  }
  return table;
}

Status PostgresLeases::release() {
  const Deadline deadline = patience();
  if (auto opened = open(deadline); !opened) return opened;
  connection_.queue("release", std::array<Param, 1>{uuid_param(holder_)});
  auto done = connection_.finish(deadline);
  connection_.close();
  if (!done) return done.error();
  return Done{};
}

}  // namespace mitr::postgres
