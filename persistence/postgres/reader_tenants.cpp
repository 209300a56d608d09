// Reading what a tenant brings along: its packs and its records. The statements are reader.cpp's.
#include <algorithm>
#include <array>
#include <cstring>

#include "persistence/postgres/reader.h"

namespace mitr::postgres {

Result<std::vector<FoundRecord>> PostgresReader::records(const TenantId& tenant,
                                                         const std::string& kind,
                                                         const KeyedHash& finder,
                                                         const std::optional<KeyedHash>& phone,
                                                         std::size_t limit) {
  const Int8Param most(static_cast<std::int64_t>(limit));
  const auto whose = phone.value_or(KeyedHash{});  // Nobody goes by this one.
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("records",
                     std::array<Param, 5>{uuid_param(tenant.bytes), kind, uuid_param(finder.bytes),
                                          most.param(), uuid_param(whose.bytes)});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<FoundRecord> records;
  records.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row)
    records.push_back({KeyedHash{rows.uuid(row, 0)}, rows.text(row, 1)});
  return records;
}

Result<std::vector<StandingRow>> PostgresReader::standings() {
  auto found = read([](Connection& connection) { connection.queue("standings", {}); });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<StandingRow> all;
  all.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    Standing standing{rows.text(row, 1), rows.text(row, 2), rows.text(row, 3), rows.text(row, 4),
                      rows.text(row, 5), rows.text(row, 6), rows.time(row, 7), std::nullopt};
    if (!rows.is_null(row, 8)) standing.until = rows.time(row, 8);
    all.push_back({TenantId{rows.uuid(row, 0)}, std::move(standing)});
  }
  return all;
}

Result<std::vector<TenantKinds>> PostgresReader::record_kinds() {
  auto found = read([](Connection& connection) { connection.queue("record_kinds", {}); });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<TenantKinds> all;
  for (int row = 0; row < rows.count(); ++row) {
    TenantKinds& each = all.emplace_back(TenantKinds{
        TenantId{rows.uuid(row, 0)}, {}, static_cast<std::uint32_t>(rows.int4(row, 2))});
    std::string_view names = rows.bytes(row, 1);
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(','), names.size());
      each.kinds.emplace_back(names.substr(0, end));
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }
  return all;
}

Result<std::vector<DeployedPacks>> PostgresReader::deployed_packs() {
  auto found = read([](Connection& connection) { connection.queue("deployed_packs", {}); });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<DeployedPacks> deployed;
  for (int row = 0; row < rows.count(); ++row) {
    DeployedPacks packs{TenantId{rows.uuid(row, 0)}, {}};
    const std::string bytes = rows.text(row, 1);
    for (std::size_t at = 0; at + sizeof(PackHash) <= bytes.size(); at += sizeof(PackHash)) {
      PackHash& version = packs.versions.emplace_back();
      std::memcpy(version.data(), bytes.data() + at, version.size());
    }
    deployed.push_back(std::move(packs));
  }
  return deployed;
}

Result<PackRow> PostgresReader::pack(const PackHash& version) {
  auto found = read([&](Connection& connection) {
    connection.queue("pack", std::array<Param, 1>{hash_param(version)});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  if (rows.count() == 0) return Error{Errc::kNotFound, "no such version of a pack"};
  return PackRow{version, rows.text(0, 0), rows.text(0, 1)};
}

}  // namespace mitr::postgres
