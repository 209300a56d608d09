// Rows into columns: what comes beside turns and news of messages.
#include <array>

#include "persistence/postgres/batch_columns.h"

namespace mitr::postgres {
namespace {

using Answer = Expected::Answer;

}  // namespace

void BatchColumns::fill_claims(const Batch& batch, BatchPlan::Order claims) {
  auto& c = claims_;
  clear_all(c.tenant, c.fresh, c.key, c.details, c.from, c.to, c.alias, c.place, c.of_tenant,
            c.of_fresh, c.kind, c.told);
  for (auto index : claims) {
    const Claim& claim = batch.claims[index];
    c.tenant.add(claim.tenant.bytes);
    c.fresh.add(claim.fresh.bytes);
    c.key.add(claim.wrapped_key);
    c.details.add(claim.details);
    c.from.add_int4(c.alias.size() + 1);
    add_names(claim, claim.aliases, false);
    add_names(claim, claim.former, true);
    c.to.add_int4(c.alias.size());
  }
}

void BatchColumns::add_names(const Claim& claim, std::span<const Alias> names, bool former) {
  auto& c = claims_;
  for (const auto& name : names) {
    const auto kind = static_cast<std::int16_t>(name.kind);
    c.place.add_int8(c.fresh.size());
    c.of_tenant.add(claim.tenant.bytes);
    c.of_fresh.add(claim.fresh.bytes);
    c.alias.add(name.hash.bytes);
    c.told.add_time(claim.told);
    c.kind.add_int2(former ? static_cast<std::int16_t>(-kind) : kind);
  }
}

void BatchColumns::queue_claims(Connection& connection, const Batch& batch, const BatchPlan& plan,
                                bool careful, std::vector<Expected>& expected) {
  if (plan.claims().empty()) return;
  fill_claims(batch, plan.claims());
  auto& c = claims_;
  if (careful) {
    connection.queue("claims_careful", params_of(c.tenant, c.fresh, c.key, c.details, c.from, c.to,
                                                 c.alias, c.kind, c.told));
    expected.push_back({Answer::kClaims, plan.claims()});
  } else {
    connection.queue("claims", params_of(c.tenant, c.fresh, c.key, c.details, c.place, c.of_tenant,
                                         c.of_fresh, c.alias, c.kind, c.from, c.to, c.told));
    expected.push_back({Answer::kClaims, plan.claims()});
  }
}

void BatchColumns::queue_kept(Connection& connection, const Batch& batch, BatchPlan::Order kept) {
  auto& k = kept_;
  clear_all(k.tenant, k.id, k.reason, k.body);
  for (auto index : kept) {
    const KeptWebhook& webhook = batch.kept[index];
    k.tenant.add(webhook.tenant.bytes);
    k.id.add(webhook.id.bytes);
    k.reason.add(webhook.reason);
    k.body.add(webhook.body);
  }
  connection.queue("kept", params_of(k.tenant, k.id, k.reason, k.body));
}

void BatchColumns::queue_resets(Connection& connection, const Batch& batch,
                                BatchPlan::Order timers) {
  auto& r = resets_;
  clear_all(r.tenant, r.contact, r.was, r.at);
  for (auto index : timers) {
    const TimerReset& reset = batch.timers[index];
    r.tenant.add(reset.tenant.bytes);
    r.contact.add(reset.contact.bytes);
    r.was.add_int8(to_server_time(reset.was));
    r.at.add_time(reset.at);
  }
  connection.queue("resets", params_of(r.tenant, r.contact, r.was, r.at));
}

void BatchColumns::queue_done(Connection& connection, const Batch& batch, BatchPlan::Order done) {
  clear_all(done_.tenant, done_.id);
  for (auto index : done) {
    done_.tenant.add(batch.done[index].tenant.bytes);
    done_.id.add(batch.done[index].id.bytes);
  }
  connection.queue("instructed", params_of(done_.tenant, done_.id));
}

void BatchColumns::queue_standings(Connection& connection, const std::vector<StandingRow>& rows) {
  auto& s = standings_;
  clear_all(s.tenant, s.account, s.subject, s.name, s.aspect, s.value, s.reason, s.told, s.until);
  for (const auto& [tenant, standing] : rows) {
    s.tenant.add(tenant.bytes);
    s.account.add(standing.account);
    s.subject.add(standing.subject);
    s.name.add(standing.name);
    s.aspect.add(standing.aspect);
    s.value.add(standing.value);
    s.reason.add(standing.reason);
    s.told.add_time(standing.told);
    s.until.add_time(standing.until);
  }
  connection.queue("standings", params_of(s.tenant, s.account, s.subject, s.name, s.aspect, s.value,
                                          s.reason, s.told, s.until));
}

void BatchColumns::queue_lookup(Connection& connection, const Batch& batch,
                                std::span<const std::uint32_t> appends) {
  std::vector<TenantId> tenants;
  clear_all(wanted_.tenant, wanted_.message);
  for (auto index : appends) {
    const Append& turn = batch.appends[index];
    if (tenants.empty() || tenants.back() != turn.tenant) tenants.push_back(turn.tenant);
    wanted_.tenant.add(turn.tenant.bytes);
    wanted_.message.add(turn.message.bytes);
  }
  queue_tenants(connection, tenants);
  connection.queue("lookup", params_of(wanted_.tenant, wanted_.message));
}

}  // namespace mitr::postgres
