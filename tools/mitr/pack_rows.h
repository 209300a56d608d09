// Packs of folders as rows of the store: what `mitr pack deploy` and a starting node write.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "actors/tenant/tenant_context.h"
#include "config/pack_files.h"
#include "persistence/store.h"

namespace mitr {

/// A pack's folder, read and found right.
struct FolderPack {
  std::string name;  ///< The folder's.
  PackFiles files;
  std::shared_ptr<const Pack> pack;
};

/// Every pack under `folder`. kInvalidConfig tells all mistakes of all of them.
Result<std::vector<FolderPack>> read_packs(const std::filesystem::path& folder);
/// One pack's folder; the same.
Result<FolderPack> read_pack(const std::filesystem::path& folder);

/// Stores the version unless it is there. True: it is new.
Result<bool> store_pack(Store& store, const FolderPack& pack);

/// Stores the packs, and deploys to each tenant the one its settings name if that version was never
/// seen before or the tenant has none: files that changed are taken over when a node starts, and
/// what was deployed since they were written stays.
Status deploy_seeded(Store& store, const std::vector<FolderPack>& packs);

}  // namespace mitr
