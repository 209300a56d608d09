#include "actors/tenant/imported_values.h"

#include <algorithm>
#include <optional>

#include "actors/tenant/sealed_record.h"
#include "nlu/records/record_query.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// Names that the records a query answers from hold; slots are called as the records' fields.
Status add_names(Reader& reader, const TenantContext& tenant, const RecordQuery& query,
                 apce::KnownValues::Values& values) {
  const auto is_name = [](const RecordField& field) { return field.kind == SlotKind::kName; };
  if (std::none_of(query.fields.begin(), query.fields.end(), is_name)) return Done{};
  const std::string kind(query.record);
  const auto finder = finder_hash(BlindIndex(tenant.key), kind, finder_text(kAll, "all"));
  const auto found =
      reader.records(tenant.id, kind, finder, std::nullopt, limits::kKnownRecordsMax);
  if (!found) return found.error();
  for (const FoundRecord& record : *found) {
    const auto fields = open_record(tenant.key, tenant.id, record.key, record.body);
    if (!fields) continue;
    for (const auto& [name, value] : *fields) {
      const RecordField* field = query.field(name);
      if (field != nullptr && is_name(*field)) values.emplace_back(name, value);
    }
  }
  return Done{};
}

Status take(Reader& reader, const TenantContext& tenant, const TenantKinds& kinds) {
  apce::KnownValues::Values values;
  for (const RecordQuery& query : record_queries()) {
    const bool imported =
        std::find(kinds.kinds.begin(), kinds.kinds.end(), query.record) != kinds.kinds.end();
    if (!query.many || !imported) continue;
    if (auto added = add_names(reader, tenant, query, values); !added) return added.error();
  }
  auto known = values.empty() ? nullptr : std::make_shared<const apce::KnownValues>(values);
  tenant.known->replace(kinds.imports, std::move(known));
  return Done{};
}

}  // namespace

Status take_imported_values(Reader& reader, const std::vector<TenantKinds>& kinds,
                            const std::vector<std::shared_ptr<const TenantContext>>& tenants) {
  for (const auto& tenant : tenants) {
    const auto own = std::find_if(kinds.begin(), kinds.end(), [&tenant](const TenantKinds& each) {
      return each.tenant == tenant->id;
    });
    const TenantKinds now = own == kinds.end() ? TenantKinds{tenant->id, {}, 0} : *own;
    if (now.imports == tenant->known->imports()) continue;
    if (auto taken = take(reader, *tenant, now); !taken) return taken.error();
  }
  return Done{};
}

}  // namespace mitr
