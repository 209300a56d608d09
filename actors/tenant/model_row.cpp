#include "actors/tenant/model_row.h"

#include "nlu/apce/model_bytes.h"

namespace mitr {

RowIdentity model_body_of(const TenantId& tenant, std::uint32_t number) {
  return {SealedColumn::kModelBody, tenant, {}, number};
}

RowIdentity model_manifest_of(const TenantId& tenant, std::uint32_t number) {
  return {SealedColumn::kModelManifest, tenant, {}, number};
}

Result<LiveModel::Model> open_model(const TenantId& tenant, const SecretKey& key,
                                    const ModelRow& row, const WordTable& table) {
  const auto plain = open_sealed(key, model_body_of(tenant, row.number), row.body);
  if (!plain) return plain.error();
  auto model = apce::decode_model(*plain, table);
  if (!model && model.error().code == Errc::kInvalidConfig && !table) {
    return Error{Errc::kInvalidConfig,
                 "it was taught with word vectors; name their file: models: {vectors: FILE}"};
  }
  if (!model) return model.error();
  return std::make_shared<const OpeningModel>(std::move(model->intents));
}

Result<LiveModel::Model> load_model(Reader& reader, const TenantId& tenant, const SecretKey& key,
                                    std::uint32_t number, const WordTable& table) {
  const auto row = reader.model(tenant, number);
  if (!row) return row.error();
  return open_model(tenant, key, *row, table);
}

}  // namespace mitr
