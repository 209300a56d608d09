// Reads the `tenants` of a settings file. Only for sources of this room: yaml-cpp.
#pragma once

#include <filesystem>
#include <vector>

#include "config/node_settings.h"
#include "config/setting_map.h"

namespace mitr {

/// Notes every mistake in `file`. `packs` is where packs are looked for; empty: they are not.
std::vector<TenantSeed> read_tenant_seeds(SettingFile& file, const std::filesystem::path& packs,
                                          const std::vector<YAML::Node>& nodes);

}  // namespace mitr
