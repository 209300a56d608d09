#include "actors/tenant/tenant_context.h"

#include <algorithm>
#include <map>

#include "actors/tenant/imported_values.h"
#include "actors/tenant/promoted_models.h"
#include "config/pack_file.h"
#include "persistence/crypto/seal.h"

namespace mitr {

std::string encode(const RosterEntry& entry) {
  // The key rides in front of the details, under the same length prefix a details field has.
  ContactDetails key_only{entry.key, Personal{}, Personal{}};
  auto head = encode(key_only);
  std::string out(1, static_cast<char>(head.size() & 0xFF));
  return out + head + encode(entry.details);
}

Result<RosterEntry> decode_roster_entry(std::string role, ContactId contact,
                                        std::string_view bytes) {
  if (bytes.empty()) return Error{Errc::kMalformed, "empty roster entry"};
  auto head_bytes = static_cast<std::size_t>(static_cast<unsigned char>(bytes.front()));
  if (bytes.size() < 1 + head_bytes) return Error{Errc::kMalformed, "roster entry is cut short"};
  auto key_only = decode_details(bytes.substr(1, head_bytes));
  auto details = decode_details(bytes.substr(1 + head_bytes));
  if (!key_only) return key_only.error();
  if (!details) return details.error();
  return RosterEntry{std::move(role), key_only->phone, contact, *std::move(details)};
}

const RosterEntry* TenantContext::find(std::string_view role, const Personal& entry_key) const {
  for (const auto& entry : roster) {
    if (entry.role == role && entry.key == entry_key) return &entry;
  }
  return nullptr;
}

namespace {

Result<std::vector<RosterEntry>> load_roster(Reader& reader, const TenantId& tenant,
                                             const SecretKey& key) {
  auto rows = reader.roster(tenant);
  if (!rows) return rows.error();
  std::vector<RosterEntry> roster;
  for (const auto& row : *rows) {
    auto plain = open_sealed(key, {SealedColumn::kRosterBody, tenant, row.contact.bytes}, row.body);
    if (!plain) return plain.error();
    auto entry = decode_roster_entry(row.role, row.contact, *plain);
    if (!entry) return entry.error();
    roster.push_back(*std::move(entry));
  }
  return roster;
}

std::shared_ptr<const Pack> find_pack(const Packs& packs, std::string_view name) {
  for (const auto& [pack_name, pack] : packs) {
    if (pack_name == name) return pack;
  }
  return nullptr;
}

/// Versions that were read already, for all tenants that share them.
class LoadedVersions {
 public:
  explicit LoadedVersions(Reader& reader) : reader_(reader) {}

  Status read_deployed() {
    auto deployed = reader_.deployed_packs();
    if (!deployed) return deployed.error();
    deployed_ = *std::move(deployed);
    return Done{};
  }

  /// The tenant's versions, the newest first, with `seeded` behind them or alone.
  Result<std::vector<std::shared_ptr<const Pack>>> of(const TenantRow& row,
                                                      std::shared_ptr<const Pack> seeded) {
    std::vector<std::shared_ptr<const Pack>> versions;
    for (const auto& each : deployed_) {
      if (each.tenant != row.id) continue;
      for (const auto& version : each.versions) {
        auto loaded = load(version);
        // An old version that this build does not take is done without; the newest is not.
        if (!loaded && versions.empty())
          return Error{loaded.error().code, "tenant " + row.slug + ": " + loaded.error().what};
        if (loaded) versions.push_back(*std::move(loaded));
      }
    }
    const bool known = std::any_of(versions.begin(), versions.end(), [&](const auto& each) {
      return seeded && each->version() == seeded->version();
    });
    if (seeded && !known) versions.push_back(std::move(seeded));
    return versions;
  }

 private:
  Result<std::shared_ptr<const Pack>> load(const PackHash& version) {
    if (const auto at = loaded_.find(version); at != loaded_.end()) return at->second;
    auto loaded = load_pack_row(reader_, version);
    if (loaded) loaded_.emplace(version, *loaded);
    return loaded;
  }

  Reader& reader_;
  std::vector<DeployedPacks> deployed_;
  std::map<PackHash, std::shared_ptr<const Pack>> loaded_;
};

Result<std::shared_ptr<const TenantContext>> load_tenant(
    Reader& reader, const SecretKey& root, const Packs& packs, LoadedVersions& deployed,
    const TenantRow& row, const std::shared_ptr<const apce::WordVectors>& words) {
  auto key = unwrap_key(root, row.wrapped_key, kTenantKey, row.id.bytes);
  if (!key)
    return Error{key.error().code,
                 "tenant " + row.slug + ": its key does not open under the root key"};
  auto settings = parse_tenant_settings(row.settings);
  if (!settings)
    return Error{Errc::kInvalidConfig, "tenant " + row.slug + ": " + settings.error().what};
  auto zone = Zone::find(settings->zone);
  if (!zone) return Error{Errc::kInvalidConfig, "tenant " + row.slug + ": " + zone.error().what};
  auto versions = deployed.of(row, find_pack(packs, settings->pack));
  if (!versions) return versions.error();
  if (versions->empty() && row.slug != kSystemTenant)
    return Error{Errc::kInvalidConfig, "tenant " + row.slug + ": no pack named " + settings->pack};
  auto roster = load_roster(reader, row.id, *key);
  if (!roster) return roster.error();
  auto live = versions->empty() ? nullptr : std::make_shared<LivePacks>(*std::move(versions));
  return std::shared_ptr<const TenantContext>(std::make_shared<TenantContext>(
      TenantContext{row.id, row.slug, *key, *settings, *zone, std::move(live), row.numbers,
                    *std::move(roster), std::make_shared<std::atomic<std::uint32_t>>(0),
                    std::make_shared<LiveStanding>(), std::make_shared<LiveModel>(), words}));
}

}  // namespace

DialogueSettings TenantContext::dialogue() const {
  DialogueSettings told = settings.dialogue;
  told.openings = model->model();
  told.known = known->values();
  told.records = RecordKinds::of(record_kinds->load(std::memory_order_relaxed));
  return told;
}

void TenantContext::learn_kinds(const std::vector<TenantKinds>& all) const {
  RecordKinds kinds;
  for (const auto& each : all) {
    if (each.tenant != id) continue;
    for (const auto& kind : each.kinds) kinds.add(kind);
  }
  record_kinds->store(kinds.bits(), std::memory_order_relaxed);
}

void TenantContext::learn_standing(const std::vector<StandingRow>& all) const {
  std::vector<Standing> own;
  for (const auto& row : all) {
    if (row.tenant == id) own.push_back(row.standing);
  }
  standing->replace(std::move(own));
}

Result<std::shared_ptr<const Pack>> load_pack_row(Reader& reader, const PackHash& version) {
  auto row = reader.pack(version);
  if (!row) return row.error();
  const auto files = decode_pack_files(row->files);
  if (!files) return files.error();
  auto loaded = load_pack(*files, row->name + "@" + to_string(PackVersion{version}));
  if (!loaded.pack) {
    return Error{Errc::kInvalidConfig, loaded.mistakes.empty()
                                           ? std::string("the pack cannot be read")
                                           : to_string(loaded.mistakes.front())};
  }
  if (loaded.pack->version().bytes != version)
    return Error{Errc::kTampered,
                 "the files of pack " + row->name + " are not those it is named by"};
  return std::move(loaded.pack);
}

Result<std::vector<std::shared_ptr<const TenantContext>>> load_tenants(
    Reader& reader, const SecretKey& root, const Packs& packs,
    const std::shared_ptr<const apce::WordVectors>& words) {
  auto rows = reader.tenants();
  if (!rows) return rows.error();
  auto kinds = reader.record_kinds();
  if (!kinds) return kinds.error();
  auto standings = reader.standings();
  if (!standings) return standings.error();
  LoadedVersions deployed(reader);
  if (auto read = deployed.read_deployed(); !read) return read.error();
  std::vector<std::shared_ptr<const TenantContext>> tenants;
  for (const auto& row : *rows) {
    auto tenant = load_tenant(reader, root, packs, deployed, row, words);
    if (!tenant) return tenant.error();
    (*tenant)->learn_kinds(*kinds);
    (*tenant)->learn_standing(*standings);
    tenants.push_back(*std::move(tenant));
  }
  // What cannot be opened is told by the watch, at its first look: the pack's own examples decide.
  const auto looked = PromotedModelsTaker().look(
      reader, tenants, [](const TenantContext&, std::uint32_t, const Status&) {});
  if (!looked) return looked.error();
  if (auto taken = take_imported_values(reader, *kinds, tenants); !taken) return taken.error();
  return tenants;
}

}  // namespace mitr
