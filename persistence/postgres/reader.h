// Reads from PostgreSQL under one tenant at a time. Reconnects once; the session cannot write.
#pragma once

#include <functional>
#include <string>

#include "persistence/postgres/connection.h"
#include "persistence/store.h"

namespace mitr::postgres {

class PostgresReader : public Reader {
 public:
  explicit PostgresReader(std::string dsn);
  Result<StoredConversation> conversation(const TenantId& tenant,
                                          const ContactId& contact) override;
  Result<std::vector<Result<StoredConversation>>> conversations(
      const std::vector<ConversationName>& wanted) override;
  Result<std::vector<DueRow>> due(const TenantId& tenant, std::chrono::sys_seconds now,
                                  std::size_t limit) override;
  Result<std::vector<InstructionRow>> instructions(const std::vector<Shard>& shards,
                                                   std::size_t limit) override;
  Result<KnownContact> contact_of(const TenantId& tenant, const KeyedHash& alias) override;
  Result<ContactLineage> lineage(const TenantId& tenant, const ContactId& contact) override;
  Result<HeldOfContact> held(const TenantId& tenant, const ContactId& contact,
                             std::size_t limit) override;
  Result<std::vector<ErasedContact>> erasures(std::uint64_t after, std::size_t limit) override;
  Result<std::vector<StoredTurn>> turns(const TenantId& tenant, const ContactId& after_conversation,
                                        std::uint64_t after_seq, std::size_t limit) override;
  Result<std::vector<StoredRequest>> requests(const TenantId& tenant, std::size_t limit) override;
  Result<std::vector<TenantRow>> tenants() override;
  Result<std::vector<RosterRow>> roster(const TenantId& tenant) override;
  Result<std::vector<FoundRecord>> records(const TenantId& tenant, const std::string& kind,
                                           const KeyedHash& finder,
                                           const std::optional<KeyedHash>& phone,
                                           std::size_t limit) override;
  Result<std::vector<StandingRow>> standings() override;
  Result<std::vector<TenantKinds>> record_kinds() override;
  Result<std::vector<DeployedPacks>> deployed_packs() override;
  Result<PackRow> pack(const PackHash& version) override;
  Result<std::vector<StoredTurn>> turns_since(const TenantId& tenant,
                                              std::chrono::sys_seconds since, const TurnName& after,
                                              std::size_t limit) override;
  Result<std::vector<StoredTurn>> turns_at(const TenantId& tenant,
                                           const std::vector<TurnName>& wanted) override;
  Result<std::vector<ReviewRow>> reviews(const TenantId& tenant, std::size_t limit) override;
  Result<std::vector<StoredModel>> models(const TenantId& tenant) override;
  Result<ModelRow> model(const TenantId& tenant, std::uint32_t number) override;
  Result<std::vector<PromotedModels>> promoted_models() override;
  Result<std::vector<ContactId>> contacts(const TenantId& tenant, const ContactId& after,
                                          std::size_t limit) override;
  Result<OutboxRef> sent_message(const TenantId& tenant, const KeyedHash& provider) override;
  Status ping() override;

  Result<std::vector<DueRow>> unanswered(const TenantId&, const TimeSpan&,
                                         std::size_t limit) override;
  Result<std::vector<DueTimer>> timers(const std::vector<Shard>&, std::chrono::sys_seconds now,
                                       std::size_t limit) override;
  Result<std::vector<DeadLetter>> dead_letters(const TenantId&, std::size_t limit) override;

 private:
  static std::vector<DueRow> due_rows(const TenantId& tenant, const Rows& rows);

  /// Runs what `ask` queues as one transaction; once more on a fresh connection if the first was
  /// lost.
  Result<std::vector<Rows>> read(const std::function<void(Connection&)>& ask);
  /// The same with the tenant set; its own row is left out of the answer.
  Result<std::vector<Rows>> read(const TenantId& tenant,
                                 const std::function<void(Connection&)>& ask);

  Connection connection_;
};

}  // namespace mitr::postgres
