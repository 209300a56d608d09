// The store without a disk: the same contract as PostgreSQL's, for tests, terminal chat and
// simulation. It can be told to fail, so that actors meet every answer a store may give. Thread
// safe.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "persistence/store.h"

namespace mitr {

/// When a made-up failure strikes.
enum class FailPoint : std::uint8_t {
  kBeforeApply,  ///< Nothing is written.
  kAfterApply,   ///< Everything is written, the answer is lost.
};

class MemoryStore : public Store {
 public:
  using Clock = std::function<std::chrono::sys_seconds()>;

  /// `clock` stamps rows; the system clock when left out.
  explicit MemoryStore(Clock clock = nullptr);
  ~MemoryStore() override;

  std::unique_ptr<Writer> writer() override;
  std::unique_ptr<Reader> reader() override;
  std::unique_ptr<Leases> leases() override;
  Result<TenantRow> put_tenant(const TenantRow& row) override;
  Status revive(const TenantId& tenant, const OutboxRef& ref,
                std::chrono::sys_seconds expires) override;
  Result<bool> put_pack(const PackRow& row) override;
  Status deploy_pack(const TenantId& tenant, const PackHash& version) override;
  Status put_instruction(const InstructionRow& row) override;
  Status put_review(const TenantId& tenant, const ReviewRow& row) override;
  Status put_model(const TenantId& tenant, const ModelRow& row) override;
  Status promote_model(const TenantId& tenant, std::uint32_t number) override;
  Status roll_back_model(const TenantId& tenant, std::uint32_t number) override;
  Status erase_contact(const TenantId& tenant, const Erasure& erasure) override;
  Status put_roster(const TenantId& tenant, const std::vector<RosterRow>& roster) override;
  Result<ImportCounts> put_records(const TenantId& tenant, const std::string& kind,
                                   const std::vector<TenantRecord>& records, bool whole) override;

  // -- for tests ----

  /// The next `times` commits of any writer answer `code`.
  void fail_next_commit(Errc code, FailPoint point = FailPoint::kBeforeApply,
                        std::size_t times = 1);
  /// The next `times` reads of any reader (ping included) answer `code`.
  void fail_next_read(Errc code, std::size_t times = 1);

  /// Every lease has run out, as if its holder had been stopped for long.
  void expire_leases();

  struct KeptOutbox {
    OutboxRow row;
    OutboxState state = OutboxState::kDue;
    int error_code = 0;
    std::optional<KeyedHash> provider;
  };
  /// Every outbox row and every reply of a tenant, in order of its reference.
  std::vector<KeptOutbox> outbox(const TenantId& tenant) const;
  std::vector<KeptWebhook> kept(const TenantId& tenant) const;
  /// Where one message stands; none: there is no such row.
  std::optional<OutboxState> state_of(const TenantId& tenant, const OutboxRef& ref) const;
  /// Of the lease on this conversation's shard.
  std::uint32_t epoch_of(const ContactId& contact) const;
  std::size_t timer_count() const;
  std::size_t turn_count() const;
  std::size_t commit_count() const;

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace mitr
