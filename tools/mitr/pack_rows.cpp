#include "tools/mitr/pack_rows.h"

#include <algorithm>
#include <set>

#include "config/pack_file.h"

namespace mitr {

Result<FolderPack> read_pack(const std::filesystem::path& folder) {
  FolderPack read{folder.filename().string(), read_pack_files(folder), nullptr};
  auto loaded = load_pack(read.files, folder);
  if (!loaded.pack) {
    std::string mistakes;
    for (const auto& mistake : loaded.mistakes) mistakes += to_string(mistake) + "\n";
    return Error{Errc::kInvalidConfig, mistakes};
  }
  read.pack = std::move(loaded.pack);
  return read;
}

Result<std::vector<FolderPack>> read_packs(const std::filesystem::path& folder) {
  std::vector<FolderPack> packs;
  std::string mistakes;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    // The base pack has no flows of its own: it is read with each of the others.
    if (!std::filesystem::exists(entry.path() / "pack.yaml")) continue;
    auto read = read_pack(entry.path());
    if (read) {
      packs.push_back(*std::move(read));
    } else {
      mistakes += read.error().what;
    }
  }
  if (error) return Error{Errc::kInvalidConfig, "packs: cannot read the folder " + folder.string()};
  if (!mistakes.empty()) return Error{Errc::kInvalidConfig, mistakes};
  return packs;
}

Result<bool> store_pack(Store& store, const FolderPack& pack) {
  return store.put_pack({pack.pack->version().bytes, pack.name, encode(pack.files)});
}

Status deploy_seeded(Store& store, const std::vector<FolderPack>& packs) {
  const auto reader = store.reader();
  const auto tenants = reader->tenants();
  if (!tenants) return tenants.error();
  const auto deployed = reader->deployed_packs();
  if (!deployed) return deployed.error();
  std::set<TenantId> served;
  for (const auto& each : *deployed) served.insert(each.tenant);
  for (const auto& pack : packs) {
    const auto fresh = store_pack(store, pack);
    if (!fresh) return fresh.error();
    for (const auto& tenant : *tenants) {
      const auto settings = parse_tenant_settings(tenant.settings);
      const bool theirs = settings && settings->pack == pack.name && tenant.slug != kSystemTenant;
      if (!theirs || (!*fresh && served.contains(tenant.id))) continue;
      if (auto done = store.deploy_pack(tenant.id, pack.pack->version().bytes); !done) return done;
    }
  }
  return Done{};
}

}  // namespace mitr
