#include "actors/tenant/promoted_models.h"

#include <algorithm>
#include <map>

#include "actors/tenant/model_row.h"

namespace mitr {

Status PromotedModelsTaker::look(Reader& reader,
                                 const std::vector<std::shared_ptr<const TenantContext>>& tenants,
                                 const Told& told) {
  const auto promoted = reader.promoted_models();
  if (!promoted) return promoted.error();
  std::map<TenantId, std::uint32_t> live;
  for (const auto& each : *promoted) live.emplace(each.tenant, each.numbers.front());
  for (const auto& tenant : tenants) {
    const auto at = live.find(tenant->id);
    const std::uint32_t number = at == live.end() ? 0 : at->second;
    if (number != tenant->model->number()) take_over(reader, *tenant, number, told);
  }
  return Done{};
}

void PromotedModelsTaker::take_over(Reader& reader, const TenantContext& tenant,
                                    std::uint32_t number, const Told& told) {
  if (number == 0) {
    tenant.model->replace(0, nullptr);
    return told(tenant, 0, Done{});
  }
  const Broken name{tenant.id, number};
  if (std::find(broken_.begin(), broken_.end(), name) != broken_.end()) return;
  auto model = load_model(reader, tenant.id, tenant.key, number, tenant.words);
  if (!model) {
    if (!may_retry(model.error().code)) broken_.push_back(name);
    return told(tenant, number, model.error());
  }
  tenant.model->replace(number, *std::move(model));
  told(tenant, number, Done{});
}

}  // namespace mitr
