// Writes batches to PostgreSQL: one pipeline, one transaction, rerun until its outcome is known or
// patience ends.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "persistence/postgres/batch_columns.h"
#include "persistence/postgres/batch_plan.h"
#include "persistence/postgres/connection.h"
#include "persistence/store.h"

namespace mitr::postgres {

class PostgresWriter : public Writer {
 public:
  explicit PostgresWriter(std::string dsn);
  Result<BatchAnswer> commit(const Batch& batch) override;

 private:
  using Epochs = std::array<std::uint32_t, kShards>;

  Result<BatchAnswer> attempt(const Batch& batch, bool again, Deadline deadline);
  /// Whether this batch expects turns that are there already.
  bool careful(bool again) const { return again || careful_batches_ > 0; }
  /// The server refused the batch: a stale epoch, or a turn that is there.
  Error refused(Error error);
  /// What is known of the answer before the store is asked.
  BatchAnswer begin_answer(const Batch& batch) const;
  /// Takes the rows of one "turns" statement; appends that are not among them go to `missing_`.
  void read_turns(const Batch& batch, std::span<const std::uint32_t> of, const Rows& rows,
                  BatchAnswer& answer);
  static void read_claims(const Batch& batch, std::span<const std::uint32_t> of, const Rows& rows,
                          bool again, BatchAnswer& answer);
  static void read_claimed(const Batch& batch, std::span<const std::uint32_t> of, const Rows& rows,
                           BatchAnswer& answer);
  Status settle_missing(const Batch& batch, bool again, Deadline deadline, BatchAnswer& answer);
  /// The epochs the shards have now.
  Result<Epochs> read_epochs(Deadline deadline);

  Connection connection_;
  BatchPlan plan_;
  BatchColumns columns_;
  std::vector<Expected> expected_;
  /// Batches to come that are written the careful way: repeats come in storms.
  int careful_batches_ = 0;
  bool conflicted_ = false;  ///< The last attempt met a turn that is there.
  std::vector<std::uint32_t> missing_;
};

}  // namespace mitr::postgres
