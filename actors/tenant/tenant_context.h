// What every actor of one tenant shares and none may change: keys, pack, settings, roster. Made
// once from the store's rows.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "actors/tenant/live_model.h"
#include "actors/tenant/live_packs.h"
#include "actors/tenant/live_standing.h"
#include "actors/tenant/live_values.h"
#include "config/tenant_settings.h"
#include "config/zone.h"
#include "persistence/crypto/blind_index.h"
#include "persistence/crypto/keys.h"
#include "persistence/store.h"
#include "protocols/contact_details.h"

namespace mitr {

/// Someone a flow can address by role.
struct RosterEntry {
  std::string role;  ///< As "class_teacher".
  Personal key;      ///< Which one, as "5B".
  ContactId contact;
  ContactDetails details;
};

/// Bytes of a roster row's sealed body, and back.
std::string encode(const RosterEntry& entry);
Result<RosterEntry> decode_roster_entry(std::string role, ContactId contact,
                                        std::string_view bytes);

struct TenantContext {
  TenantId id;
  std::string slug;
  SecretKey key;
  TenantSettings settings;
  Zone zone;
  /// Null for the system tenant, which only keeps what nobody else can. The one part of all this
  /// that changes: see PackWatch.
  std::shared_ptr<LivePacks> packs;
  std::vector<std::string> numbers;
  std::vector<RosterEntry> roster;
  /// Kinds of records that were imported, as RecordKinds::bits; grows while the node runs.
  std::shared_ptr<std::atomic<std::uint32_t>> record_kinds =
      std::make_shared<std::atomic<std::uint32_t>>(0);
  /// What the provider says of the business; changes while the node runs.
  std::shared_ptr<LiveStanding> standing = std::make_shared<LiveStanding>();

  /// What the tenant's own examples taught; replaced while the node runs.
  std::shared_ptr<LiveModel> model = std::make_shared<LiveModel>();
  /// What words mean, one table for all tenants' models; null: the node has none.
  std::shared_ptr<const apce::WordVectors> words{};
  /// Names its records hold; replaced after an import.
  std::shared_ptr<LiveValues> known = std::make_shared<LiveValues>();

  /// What the machine is told of the tenant, as of now.
  DialogueSettings dialogue() const;
  void learn_kinds(const std::vector<TenantKinds>& all) const;
  void learn_standing(const std::vector<StandingRow>& all) const;

  const RosterEntry* find(std::string_view role, const Personal& entry_key) const;
};

/// Name of the tenant that keeps webhooks nobody else can be found for.
inline constexpr std::string_view kSystemTenant = "system";

using Packs = std::vector<std::pair<std::string, std::shared_ptr<const Pack>>>;

/// A stored version of a pack, ready for use. kNotFound: it was never stored. kInvalidConfig: this
/// build does not take it.
Result<std::shared_ptr<const Pack>> load_pack_row(Reader& reader, const PackHash& version);

/// Reads all tenants, with the packs that were deployed to them; to whom none was, the pack of
/// `packs` that their settings name; and with the models they promoted. kTampered if a key does not
/// open under `root`: the wrong root key file, most likely. kInvalidConfig names a tenant whose
/// pack or zone is not to be had. `words`: the table that models may have been taught with.
Result<std::vector<std::shared_ptr<const TenantContext>>> load_tenants(
    Reader& reader, const SecretKey& root, const Packs& packs,
    const std::shared_ptr<const apce::WordVectors>& words = nullptr);

}  // namespace mitr
