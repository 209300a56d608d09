// libpq itself: the store has no use for COPY, so its connection does not speak it.
#include "tests/bench/copy_limit.h"

#include <algorithm>
#include <libpq-fe.h>
#include <string_view>
#include <tuple>
#include <vector>

namespace mitr::bench {
namespace {

using namespace std::string_view_literals;

/// Sent at once: fewer messages than rows.
constexpr std::size_t kSendBytes = 32 << 10;

constexpr const char* kTable =
    "CREATE SCHEMA bench;"
    "CREATE TABLE bench.journal"
    " (LIKE mitr.journal INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING STORAGE)";
constexpr const char* kCopy =
    "COPY bench.journal (tenant_id, conversation_id, seq, message_hash, epoch, snapshot, body)"
    " FROM STDIN (FORMAT binary)";
// Signature, no flags, no extension.
constexpr std::string_view kHeader = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"sv;
constexpr std::string_view kTrailer = "\377\377"sv;

template <class Number>
void add_number(std::string& to, Number value) {
  for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0; shift -= 8)
    to.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xFF));
}

void add_bytes(std::string& to, std::string_view bytes) {
  add_number(to, static_cast<std::uint32_t>(bytes.size()));
  to.append(bytes);
}

template <class Number>
void add_field(std::string& to, Number value) {
  add_number(to, static_cast<std::uint32_t>(sizeof(Number)));
  add_number(to, value);
}

void add_uuid(std::string& to, const std::array<std::uint8_t, 16>& bytes) {
  add_bytes(to, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

Error refused(const char* what) {
  return Error{Errc::kInternal, std::string("the limit: ") + what};
}

auto place_of(const Append& turn) {
  return std::tie(turn.tenant, turn.conversation, turn.seq);
}

}  // namespace

void CopyLimit::Close::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

Result<std::unique_ptr<CopyLimit>> CopyLimit::open(BenchCluster& cluster) {
  std::unique_ptr<CopyLimit> made(new CopyLimit(cluster));
  if (auto done = cluster.run(kTable); !done) return done.error();
  made->connection_.reset(PQconnectdb(cluster.dsn_superuser().c_str()));
  if (PQstatus(made->connection_.get()) != CONNECTION_OK) return refused("cannot connect");
  return made;
}

Status CopyLimit::empty() {
  return cluster_.run("TRUNCATE bench.journal");
}

void CopyLimit::add_row(const Append& turn) {
  add_number(bytes_, std::uint16_t{7});
  add_uuid(bytes_, turn.tenant.bytes);
  add_uuid(bytes_, turn.conversation.bytes);
  add_field(bytes_, turn.seq);
  add_uuid(bytes_, turn.message.bytes);
  add_field(bytes_, turn.epoch);
  add_field(bytes_, static_cast<std::uint8_t>(turn.snapshot));
  add_bytes(bytes_, turn.body);
}

bool CopyLimit::send() {
  const auto size = static_cast<int>(bytes_.size());
  const bool sent = PQputCopyData(connection_.get(), bytes_.data(), size) == 1;
  bytes_.clear();
  return sent;
}

Status CopyLimit::copy(JournalRows& rows) {
  pg_conn* const to = connection_.get();
  std::vector<Append> turns(kCopyRows);
  for (auto& turn : turns) turn = rows.draw();
  std::sort(turns.begin(), turns.end(),
            [](const Append& a, const Append& b) { return place_of(a) < place_of(b); });
  const Answer begun(PQexec(to, kCopy));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN) return refused("COPY does not begin");
  bytes_ = kHeader;
  for (auto& turn : turns) {
    rows.seal_body(turn);
    add_row(turn);
    if (bytes_.size() >= kSendBytes && !send()) return refused("COPY stops");
  }
  bytes_ += kTrailer;
  if (!send() || PQputCopyEnd(to, nullptr) != 1) return refused("COPY does not end");
  const Answer ended(PQgetResult(to));
  if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK ||
      PQcmdTuples(ended.get()) != std::to_string(kCopyRows))
    return refused("COPY stored less than it was given");
  while (const Answer rest{PQgetResult(to)}) {
  }
  return Done{};
}

}  // namespace mitr::bench
