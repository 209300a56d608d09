// How businesses stand with the provider: whose account it is, stored before it is acknowledged,
// and known to the tenant's actors from then on.
#include <algorithm>
#include <caf/all.hpp>
#include <spdlog/spdlog.h>

#include "actors/gateway/gateway.h"

namespace mitr {

void Gateway::know_account(const std::string& number, const std::string& account) {
  account_of_[number] = account;
  auto& holders = accounts_[account];
  const auto& tenant = parts_.contexts_by_number.at(number);
  if (std::find(holders.begin(), holders.end(), tenant) == holders.end()) holders.push_back(tenant);
}

void Gateway::learn_account(const Envelope& envelope) {
  const auto& account = envelope.account;
  const auto number = parts_.contexts_by_number.find(envelope.number);
  if (account.empty() || number == parts_.contexts_by_number.end()) return;
  const auto known = account_of_.find(envelope.number);
  if (known != account_of_.end() && known->second == account) return;
  know_account(envelope.number, account);
  const Standing standing{account, "number", envelope.number,  "account",
                          account, "",       envelope.sent_at, std::nullopt};
  const auto forget = [this, name = envelope.number] { account_of_.erase(name); };
  const auto tenant = number->second;
  request(parts_.system_journal, caf::infinite, NoteStandings{{{tenant->id, standing}}})
      .then(
          [tenant, standing, forget](const StandingsNoted& answer) {
            if (answer.error) return forget();
            tenant->standing->tell(standing);
          },
          [forget](caf::error&) { forget(); });
}

bool Gateway::note_standings(std::uint64_t request_id, const std::vector<Standing>& news) {
  std::vector<StandingRow> rows;
  std::vector<std::pair<std::shared_ptr<const TenantContext>, Standing>> told;
  for (const auto& standing : news) {
    const auto holders = accounts_.find(standing.account);
    if (holders == accounts_.end()) continue;
    for (const auto& tenant : holders->second) {
      rows.push_back({tenant->id, standing});
      told.emplace_back(tenant, standing);
    }
  }
  if (rows.empty()) return false;
  request(parts_.system_journal, caf::infinite, NoteStandings{std::move(rows)})
      .then(
          [this, request_id, told = std::move(told)](const StandingsNoted& answer) {
            for (const auto& [tenant, standing] : told) {
              if (answer.error) break;
              spdlog::warn("told by the provider tenant={} {} {} {}={}", tenant->slug,
                           standing.subject, standing.name, standing.aspect, standing.value);
              tenant->standing->tell(standing);
            }
            settled({request_id, answer.error ? Settlement::kFailed : Settlement::kDone});
          },
          [this, request_id](caf::error&) {
            settled({request_id, Settlement::kFailed});
          });
  return true;
}

}  // namespace mitr
