#include "tools/mitr/seed.h"

#include <algorithm>

#include "actors/tenant/tenant_context.h"
#include "persistence/crypto/blind_index.h"
#include "persistence/crypto/seal.h"

namespace mitr {
namespace {

Result<TenantRow> put_tenant(Store& store, const SecretKey& root, const TenantSeed& seed) {
  // A fresh id and key are offered each time; the store keeps the old ones of a tenant it knows.
  TenantRow row;
  row.id = random_id<TenantId>();
  row.slug = seed.slug;
  row.name = seed.name;
  row.settings = to_json(seed.settings);
  row.wrapped_key = wrap_key(root, SecretKey::random(), kTenantKey, row.id.bytes);
  row.numbers = seed.numbers;
  return store.put_tenant(row);
}

/// A roster entry is a contact like any other: if the class teacher writes one day, to a number of
/// the main portfolio, it is the same person.
Result<RosterRow> put_roster_entry(Writer& writer, const TenantRow& tenant,
                                   const SecretKey& tenant_key, const RosterSeed& seed) {
  BlindIndex index(tenant_key);
  ContactDetails details{seed.phone, Personal{}, seed.name};
  auto fresh = random_id<ContactId>();
  auto key = SecretKey::random();
  Batch batch;
  batch.claims.push_back(
      {tenant.id,
       {{index.hash(IndexedField::kPhone, seed.phone.reveal()), AliasKind::kPhone}},
       {},
       {},
       fresh,
       wrap_key(tenant_key, key, kContactKey, fresh.bytes),
       seal(key, {SealedColumn::kContactDetails, tenant.id, fresh.bytes}, encode(details))});
  auto answer = writer.commit(batch);
  if (!answer) return answer.error();
  auto contact = answer->claims.at(0).contact;
  RosterEntry entry{seed.role, Personal(seed.key), contact, details};
  return RosterRow{
      seed.role, contact,
      seal(tenant_key, {SealedColumn::kRosterBody, tenant.id, contact.bytes}, encode(entry))};
}

Status seed_tenant(Store& store, Writer& writer, const SecretKey& root, const TenantSeed& seed) {
  auto tenant = put_tenant(store, root, seed);
  if (!tenant) return tenant.error();
  auto key = unwrap_key(root, tenant->wrapped_key, kTenantKey, tenant->id.bytes);
  if (!key)
    return Error{
        key.error().code,
        "tenant " + seed.slug + ": its key does not open; is root.key the one it was made under?"};
  std::vector<RosterRow> roster;
  for (const auto& entry : seed.roster) {
    auto row = put_roster_entry(writer, *tenant, *key, entry);
    if (!row) return row.error();
    roster.push_back(*std::move(row));
  }
  return store.put_roster(tenant->id, roster);
}

/// The people of a number are known by names within its portfolio: in another they would be
/// strangers, who never said stop.
Status keeps_portfolios(const std::vector<TenantRow>& stored, const TenantSeed& seed) {
  const auto row = std::find_if(stored.begin(), stored.end(),
                                [&](const TenantRow& each) { return each.slug == seed.slug; });
  if (row == stored.end()) return Done{};
  const auto before = parse_tenant_settings(row->settings);
  if (!before) return before.error();
  for (const auto& number : row->numbers) {
    const auto& own = seed.numbers;
    if (std::find(own.begin(), own.end(), number) == own.end()) continue;
    const auto name = before->portfolio_of(number);
    if (name == seed.settings.portfolio_of(number)) continue;
    return Error{Errc::kInvalidConfig,
                 "tenant " + seed.slug + ": number " + number + " is of the portfolio '" +
                     std::string(name.empty() ? kMainPortfolio : name) +
                     "', where its people are known; leave it there, or start once without it"};
  }
  return Done{};
}

}  // namespace

Status seed_tenants(Store& store, const SecretKey& root, const std::vector<TenantSeed>& seeds) {
  const auto stored = store.reader()->tenants();
  if (!stored) return stored.error();
  for (const auto& seed : seeds) {
    if (auto kept = keeps_portfolios(*stored, seed); !kept) return kept;
  }
  auto writer = store.writer();
  TenantSeed system;
  system.slug = kSystemTenant;
  system.name = "System";
  if (auto done = seed_tenant(store, *writer, root, system); !done) return done;
  for (const auto& seed : seeds) {
    if (auto done = seed_tenant(store, *writer, root, seed); !done) return done;
  }
  return Done{};
}

}  // namespace mitr
