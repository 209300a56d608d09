#include "tests/bench/copy_in.h"

#include <libpq-fe.h>

namespace mitr::bench {
namespace {

constexpr std::size_t kSendBytes = 64 << 10;

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

}  // namespace

void CopyIn::Close::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

Result<std::unique_ptr<CopyIn>> CopyIn::begin(const std::string& dsn, const std::string& columns) {
  std::unique_ptr<CopyIn> copy(new CopyIn);
  copy->connection_.reset(PQconnectdb(dsn.c_str()));
  const Answer begun(PQexec(copy->connection_.get(), ("COPY " + columns + " FROM STDIN").c_str()));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN)
    return Error{Errc::kInternal, "COPY does not begin: " + columns};
  return copy;
}

void CopyIn::separate() {
  if (row_begun_) lines_ += '\t';
  row_begun_ = true;
}

void CopyIn::hex(std::string_view value) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    lines_ += kDigits[byte >> 4];
    lines_ += kDigits[byte & 15];
  }
}

CopyIn& CopyIn::uuid(const std::array<std::uint8_t, 16>& value) {
  separate();
  hex({reinterpret_cast<const char*>(value.data()), value.size()});
  return *this;
}

CopyIn& CopyIn::bytes(std::string_view value) {
  separate();
  lines_ += "\\\\x";
  hex(value);
  return *this;
}

CopyIn& CopyIn::number(std::int64_t value) {
  separate();
  lines_ += std::to_string(value);
  return *this;
}

CopyIn& CopyIn::text(std::string_view value) {
  separate();
  lines_ += value;
  return *this;
}

CopyIn& CopyIn::time(std::chrono::sys_seconds value) {
  const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(value);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(value - day);
  char written[40];
  std::snprintf(written, sizeof written, "%04d-%02u-%02u %02d:%02d:%02d+00",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text(written);
}

void CopyIn::end_row() {
  lines_ += '\n';
  row_begun_ = false;
  if (lines_.size() >= kSendBytes) send();
}

void CopyIn::send() {
  const auto size = static_cast<int>(lines_.size());
  sent_ = sent_ && PQputCopyData(connection_.get(), lines_.data(), size) == 1;
  lines_.clear();
}

Status CopyIn::end() {
  send();
  if (!sent_ || PQputCopyEnd(connection_.get(), nullptr) != 1)
    return Error{Errc::kInternal, "COPY stops"};
  const Answer ended(PQgetResult(connection_.get()));
  if (PQresultStatus(ended.get()) == PGRES_COMMAND_OK) return Done{};
  return Error{Errc::kInternal,
               std::string("COPY is refused: ") + PQerrorMessage(connection_.get())};
}

}  // namespace mitr::bench
