// The in-memory store behind a line that breaks: commits are lost before or after they are written,
// come late or slowly, reads and renewals fail. What is written is shown to the witness.
#pragma once

#include <memory>

#include "persistence/memory/store.h"
#include "tools/simulate/opener.h"
#include "tools/simulate/world.h"

namespace mitr::simulate {

class FaultyStore : public Store {
 public:
  /// `opener` comes later than the store: the tenants are read from it.
  FaultyStore(World& world, MemoryStore& inner);

  std::unique_ptr<Writer> writer() override;
  std::unique_ptr<Reader> reader() override;
  std::unique_ptr<Leases> leases() override;
  Result<TenantRow> put_tenant(const TenantRow& row) override { return inner_.put_tenant(row); }
  Status revive(const TenantId& tenant, const OutboxRef& ref,
                std::chrono::sys_seconds expires) override {
    return inner_.revive(tenant, ref, expires);
  }
  Result<ImportCounts> put_records(const TenantId& tenant, const std::string& kind,
                                   const std::vector<TenantRecord>& records, bool whole) override {
    return inner_.put_records(tenant, kind, records, whole);
  }
  Result<bool> put_pack(const PackRow& row) override { return inner_.put_pack(row); }
  Status deploy_pack(const TenantId& tenant, const PackHash& version) override {
    return inner_.deploy_pack(tenant, version);
  }
  Status put_review(const TenantId& tenant, const ReviewRow& row) override {
    return inner_.put_review(tenant, row);
  }
  Status put_model(const TenantId& tenant, const ModelRow& row) override {
    return inner_.put_model(tenant, row);
  }
  Status promote_model(const TenantId& tenant, std::uint32_t number) override {
    return inner_.promote_model(tenant, number);
  }
  Status roll_back_model(const TenantId& tenant, std::uint32_t number) override {
    return inner_.roll_back_model(tenant, number);
  }
  Status put_instruction(const InstructionRow& row) override { return inner_.put_instruction(row); }
  Status erase_contact(const TenantId& tenant, const Erasure& erasure) override {
    return inner_.erase_contact(tenant, erasure);
  }
  Status put_roster(const TenantId& tenant, const std::vector<RosterRow>& roster) override {
    return inner_.put_roster(tenant, roster);
  }

  void open_with(Opener* opener) { opener_ = opener; }
  /// The node is dead: what its actors still try while they go never reaches the store.
  void cut_off(bool cut) { cut_ = cut; }
  /// The leases cannot be renewed.
  void block_renewals(bool blocked) { renewals_blocked_ = blocked; }

  // -- for the ports ----
  Result<BatchAnswer> commit(const Batch& batch);
  bool read_fails();
  bool phone_stays() const { return world_.plan.planted == Planted::kPhoneStays; }
  bool renewal_fails();

 private:
  Result<BatchAnswer> meet_fate(const Batch& batch);
  Result<BatchAnswer> commit_after_telling(Batch batch);
  Result<BatchAnswer> write(const Batch& batch, bool told);
  void show(const Batch& batch, const BatchAnswer& answer, bool told);
  void show_turn(const Append& turn, AppendVerdict verdict, bool told);
  void plant(Batch& batch);
  void forget_timer(Append& turn);

  World& world_;
  MemoryStore& inner_;
  std::unique_ptr<Writer> writer_;
  Opener* opener_ = nullptr;
  Chance chance_;
  bool cut_ = false;
  bool renewals_blocked_ = false;
  std::uint64_t salt_ = 0;  ///< Of the planted bug that misses repeats.
};

}  // namespace mitr::simulate
