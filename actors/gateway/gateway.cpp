#include "actors/gateway/gateway.h"

#include <algorithm>
#include <caf/all.hpp>

#include "persistence/crypto/seal.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

int status_of(Settlement settlement) {
  return settlement == Settlement::kDone ? 200 : 503;
}

/// The numbers whose tenants a change concerns: the one it was told to, or one of the account's of
/// each of its tenants. Who does not know the person has nothing to do.
std::vector<std::string> numbers_told(const whatsapp::IdentityChange& change,
                                      const auto& tenants_by_account, const auto& account_of) {
  if (!change.number.empty()) return {change.number};
  const auto& account = change.before.account;
  const auto is_of_account = [&](const std::string& number) {
    const auto known = account_of.find(number);
    return known != account_of.end() && known->second == account;
  };
  std::vector<std::string> numbers;
  const auto holders = tenants_by_account.find(account);
  if (holders == tenants_by_account.end()) return numbers;
  for (const auto& tenant : holders->second) {
    const auto& own = tenant->numbers;
    const auto at = std::find_if(own.begin(), own.end(), is_of_account);
    // Of which portfolio the account is cannot be told; with one it does not matter.
    if (at == own.end() && !tenant->settings.portfolios.empty()) continue;
    numbers.push_back(at == own.end() ? own.front() : *at);
  }
  return numbers;
}

}  // namespace

Gateway::Gateway(caf::actor_config& config, GatewayParts parts)
    : GatewayActor::base(config), parts_(std::move(parts)) {
  for (const auto& [number, tenant] : parts_.contexts_by_number) {
    for (const auto& standing : *tenant->standing->all()) {
      if (standing.subject == "number" && standing.aspect == "account" && standing.name == number)
        know_account(number, standing.value);
    }
  }
}

Gateway::behavior_type Gateway::make_behavior() {
  return {
      [this](WebhookArrived& webhook) { arrived(webhook); },
      [this](const TurnSettled& item) { settled(item); },
  };
}

void Gateway::arrived(WebhookArrived& webhook) {
  auto items = webhook.messages.size() + webhook.statuses.size() + webhook.filed.size() +
               webhook.identity_changes.size() + webhook.standings.size();
  // Without the leases another node may be deciding: this one must not.
  if (items_in_hand_ + items + 1 > limits::kTurnsInHandMax || !parts_.holding->whole(clock().now()))
    return parts_.answer(webhook.request, 503);

  auto tenant_of = [this](const std::string& number) {
    auto at = parts_.tenants_by_number.find(number);
    return at == parts_.tenants_by_number.end() ? TenantActor{} : at->second;
  };
  // One kept copy of the body serves all of its items that belong to nobody.
  bool homeless = false;
  auto& open = open_[webhook.request];
  for (auto& envelope : webhook.messages) {
    auto tenant = tenant_of(envelope.number);
    if (!tenant) {
      homeless = true;
      continue;
    }
    ++open.items;
    learn_account(envelope);
    send(tenant, Inbound{this, webhook.request, std::move(envelope)});
  }
  for (auto& status : webhook.statuses) {
    auto tenant = tenant_of(status.number);
    if (!tenant) {
      homeless = true;
      continue;
    }
    ++open.items;
    send(tenant, DeliveryNews{this, webhook.request, std::move(status)});
  }
  for (auto& change : webhook.identity_changes) {
    for (const auto& number : numbers_told(change, accounts_, account_of_)) {
      auto tenant = tenant_of(number);
      if (!tenant) continue;  // It is filed.
      ++open.items;
      change.number = number;
      send(tenant, IdentityTold{this, webhook.request, change});
    }
  }
  if (note_standings(webhook.request, webhook.standings)) ++open.items;
  if (homeless && !webhook.keep) webhook.keep = Errc::kNotFound;
  if (webhook.keep) {
    ++open.items;
    parts_.metrics->webhook_kept(*webhook.keep);
    keep(webhook.request, to_string(*webhook.keep), webhook.raw);
  }
  for (const auto& item : webhook.filed) {
    ++open.items;
    keep(webhook.request, whatsapp::to_string(item.filing), item.body);
  }
  items_in_hand_ += open.items;
  parts_.metrics->turns_in_hand_changed(static_cast<std::int64_t>(open.items));
  if (open.items == 0) {
    open_.erase(webhook.request);
    parts_.answer(webhook.request, 200);
  }
}

void Gateway::keep(std::uint64_t request_id, std::string_view reason, const Personal& body) {
  const auto& tenant = *parts_.system_tenant;
  auto id = random_id<RequestId>();
  KeptWebhook kept{
      tenant.id, id, std::string(reason),
      seal(tenant.key, {SealedColumn::kKeptWebhook, tenant.id, id.bytes}, body.reveal())};
  request(parts_.system_journal, caf::infinite, KeepWebhook{std::move(kept)})
      .then(
          [this, request_id](const WebhookKept& answer) {
            settled({request_id, answer.error ? Settlement::kFailed : Settlement::kDone});
          },
          [this, request_id](caf::error&) {
            settled({request_id, Settlement::kFailed});
          });
}

void Gateway::settled(const TurnSettled& item) {
  auto at = open_.find(item.request);
  if (at == open_.end()) return;
  --items_in_hand_;
  parts_.metrics->turns_in_hand_changed(-1);
  auto& open = at->second;
  open.worst = std::max(open.worst, item.settlement);
  if (--open.items > 0) return;
  auto status = status_of(open.worst);
  open_.erase(at);
  parts_.answer(item.request, status);
}

}  // namespace mitr
