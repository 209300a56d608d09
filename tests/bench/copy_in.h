// Rows by COPY, as superuser: the way to a store that has been in use for years, within a minute.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "persistence/rows.h"
#include "protocols/result.h"

struct pg_conn;

namespace mitr::bench {

/// One COPY. A row is a call of `add` a column, then `end_row`.
class CopyIn {
 public:
  /// `columns`: as in "mitr.journal (tenant_id, seq)".
  static Result<std::unique_ptr<CopyIn>> begin(const std::string& dsn, const std::string& columns);

  CopyIn& uuid(const std::array<std::uint8_t, 16>& value);
  CopyIn& bytes(std::string_view value);
  CopyIn& number(std::int64_t value);
  /// Of ours: neither tab nor backslash.
  CopyIn& text(std::string_view value);
  CopyIn& time(std::chrono::sys_seconds value);
  void end_row();
  /// Everything is stored, or nothing.
  Status end();

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  void separate();
  void hex(std::string_view value);
  void send();

  std::unique_ptr<pg_conn, Close> connection_;
  std::string lines_;
  bool row_begun_ = false;
  bool sent_ = true;
};

}  // namespace mitr::bench
