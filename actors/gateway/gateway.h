// The door's actor: routes what a webhook carried to tenants and answers the HTTP request when
// every item is settled. The request itself stays with the HTTP server; here and in messages it is
// a number.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "actors/leases/holding.h"
#include "actors/messages.h"
#include "actors/metrics/metrics.h"
#include "actors/tenant/tenant_context.h"

namespace mitr {

struct GatewayParts {
  std::unordered_map<std::string, TenantActor> tenants_by_number;
  std::unordered_map<std::string, std::shared_ptr<const TenantContext>> contexts_by_number;
  std::shared_ptr<const TenantContext> system_tenant;
  JournalActor system_journal;  ///< Keeps what nobody can be found for.
  std::function<void(std::uint64_t, int)>
      answer;  ///< (request, HTTP status); safe from any thread.
  std::shared_ptr<Metrics> metrics;
  std::shared_ptr<const Holding> holding;
};

class Gateway : public GatewayActor::base {
 public:
  Gateway(caf::actor_config& config, GatewayParts parts);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.gateway"; }
  /// Lets go of everyone: a turn in hand knows its gateway.
  void on_exit() override { parts_ = {}; }

 private:
  struct Open {
    std::size_t items = 0;
    Settlement worst = Settlement::kDone;
  };

  void arrived(WebhookArrived& webhook);
  /// Stores the body of a webhook, or of one item of it, sealed.
  void keep(std::uint64_t request, std::string_view reason, const Personal& body);
  void settled(const TurnSettled& item);

  // -- how businesses stand: standings.cpp ----
  /// Which account a number is of is told by its messages only; what is told of accounts names no
  /// number.
  void learn_account(const Envelope& envelope);
  void know_account(const std::string& number, const std::string& account);
  /// Stores what was told of the accounts that are known here. True if anything is.
  bool note_standings(std::uint64_t request, const std::vector<Standing>& news);

  GatewayParts parts_;
  std::unordered_map<std::string, std::string> account_of_;  ///< By number.
  /// Whose an account is: two tenants may have numbers of one.
  std::unordered_map<std::string, std::vector<std::shared_ptr<const TenantContext>>> accounts_;
  std::unordered_map<std::uint64_t, Open> open_;
  std::size_t items_in_hand_ = 0;
};

}  // namespace mitr
