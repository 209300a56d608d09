// One node's hold on the shards, by the lease rows of the database and its clock.
#pragma once

#include <string>

#include "persistence/postgres/connection.h"
#include "persistence/store.h"

namespace mitr::postgres {

class PostgresLeases : public Leases {
 public:
  explicit PostgresLeases(std::string dsn);
  Result<LeaseTable> hold(std::chrono::milliseconds lasts,
                          std::chrono::milliseconds open_for) override;
  Status release() override;

 private:
  /// Connects, and takes the session lock that says this holder lives.
  Status open(Deadline deadline);

  Uuid16 holder_;
  Connection connection_;
  bool guarded_ = false;
};

}  // namespace mitr::postgres
