// Writes batches to PostgreSQL: one pipeline, one transaction, rerun until its outcome is known or
// patience ends.
#pragma once

#include <string>
#include <vector>

#include "persistence/postgres/batch_plan.h"
#include "persistence/postgres/batch_statements.h"
#include "persistence/postgres/connection.h"
#include "persistence/store.h"

namespace mitr::postgres {

class PostgresWriter : public Writer {
 public:
  explicit PostgresWriter(std::string dsn);
  Result<BatchAnswer> commit(const Batch& batch) override;

 private:
  Result<BatchAnswer> attempt(const Batch& batch, bool again, Deadline deadline);
  /// Takes the rows of one "turns" statement; appends that are not among them go to `missing_`.
  void read_turns(const Batch& batch, const TenantSlice& slice, const Rows& rows,
                  BatchAnswer& answer);
  void read_claims(const Batch& batch, const TenantSlice& slice, const Rows& rows, bool again,
                   BatchAnswer& answer);
  Status settle_missing(const Batch& batch, bool again, Deadline deadline, BatchAnswer& answer);

  Connection connection_;
  BatchPlan plan_;
  BatchColumns columns_;
  std::vector<BatchColumns::Answer> expected_;
  std::vector<std::uint32_t> missing_;
};

}  // namespace mitr::postgres
