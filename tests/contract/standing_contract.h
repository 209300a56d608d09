// The promises about what providers say of businesses.
#pragma once

#include "tests/contract/store_harness.h"

namespace mitr::contract {

inline Standing paused(std::chrono::sys_seconds told, const std::string& value = "PAUSED") {
  return {"1022", "template", "leave/en", "status", value, "QUALITY", told, std::nullopt};
}

TEST_P(StoreContract, KeepsTheLatestWordOnEachThing) {
  Batch batch;
  batch.standings = {{tenant_, paused(now_)}, {other_, paused(now_)}};
  commit(batch);
  batch.standings = {{tenant_, paused(now_ + 2s, "APPROVED")}, {tenant_, paused(now_ + 1s)}};
  commit(batch);
  batch.standings = {{tenant_, paused(now_ - 1s, "DISABLED")}};
  commit(batch);
  const auto all = reader_->standings();
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->size(), 2U);
  for (const auto& row : *all)
    EXPECT_EQ(row.standing.value, row.tenant == tenant_ ? "APPROVED" : "PAUSED");
}

TEST_P(StoreContract, KeepsWhenAWordIsOver) {
  auto told = paused(now_);
  told.until = now_ + 60s;
  Batch batch;
  batch.standings = {{tenant_, told}};
  commit(batch);
  const auto all = reader_->standings();
  ASSERT_EQ(all->size(), 1U);
  EXPECT_EQ(all->front(), (StandingRow{tenant_, told}));
}

}  // namespace mitr::contract
