// Reading what tenants tell us to do, and whom they mean. The statements: reader_statements.cpp.
#include <algorithm>
#include <array>

#include "persistence/postgres/reader.h"

namespace mitr::postgres {

Result<std::vector<InstructionRow>> PostgresReader::instructions(const std::vector<Shard>& shards,
                                                                 std::size_t limit) {
  ArrayColumn wanted(Oid::kInt2);
  wanted.clear();
  for (auto shard : shards) wanted.add_int2(shard);
  const Int8Param most(static_cast<std::int64_t>(limit));
  auto waiting = read([&](Connection& connection) {
    connection.queue("waiting_instructions", std::array<Param, 2>{wanted.param(), most.param()});
  });
  if (!waiting) return waiting.error();
  const Rows& names = waiting->at(0);
  if (names.count() == 0) return std::vector<InstructionRow>{};
  ArrayColumn tenant(Oid::kUuid), id(Oid::kUuid);
  for (ArrayColumn* column : {&tenant, &id}) column->clear();
  std::vector<TenantId> tenants;
  for (int row = 0; row < names.count(); ++row) {
    tenant.add(names.uuid(row, 0));
    id.add(names.uuid(row, 1));
    tenants.push_back(TenantId{names.uuid(row, 0)});
  }
  std::sort(tenants.begin(), tenants.end());
  tenants.erase(std::unique(tenants.begin(), tenants.end()), tenants.end());
  std::string setting;
  for (const auto& each : tenants) setting += (setting.empty() ? "" : ",") + to_string(each);
  auto found = read([&](Connection& connection) {
    connection.queue(kSetTenants.name, std::array<Param, 1>{setting});
    connection.queue("instructions", std::array<Param, 2>{tenant.param(), id.param()});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(1);
  std::vector<InstructionRow> instructions;
  for (int row = 0; row < rows.count(); ++row) {
    instructions.push_back({{TenantId{rows.uuid(row, 0)}, InstructionId{rows.uuid(row, 1)}},
                            ContactId{rows.uuid(row, 2)},
                            rows.text(row, 3),
                            rows.time(row, 4),
                            rows.text(row, 5)});
  }
  return instructions;
}

}  // namespace mitr::postgres
