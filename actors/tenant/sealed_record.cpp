#include "actors/tenant/sealed_record.h"

#include "persistence/crypto/seal.h"

namespace mitr {
namespace {

std::string of_kind(std::string_view kind, std::string_view text) {
  return std::string(kind) + ' ' + std::string(text);
}

}  // namespace

KeyedHash finder_hash(const BlindIndex& index, std::string_view kind, const Personal& text) {
  return index.hash(IndexedField::kRecordFinder, of_kind(kind, text.reveal()));
}

TenantRecord sealed_record(const BlindIndex& index, const SecretKey& tenant_key,
                           const TenantId& tenant, std::string_view kind,
                           const ImportedRecord& record) {
  TenantRecord sealed;
  sealed.key = index.hash(IndexedField::kRecordKey, of_kind(kind, record.key.reveal()));
  const std::string plain = encode_fields(record.fields);
  std::string content = plain;
  for (const Personal& finder : record.finders) {
    content += '\n' + finder.reveal();
    sealed.finders.push_back(finder_hash(index, kind, finder));
  }
  sealed.content = index.hash(IndexedField::kRecordContent, content);
  sealed.body = seal(tenant_key, {SealedColumn::kRecordBody, tenant, sealed.key.bytes}, plain);
  return sealed;
}

Result<RequestFields> open_record(const SecretKey& tenant_key, const TenantId& tenant,
                                  const KeyedHash& key, std::string_view body) {
  auto plain = open_sealed(tenant_key, {SealedColumn::kRecordBody, tenant, key.bytes}, body);
  if (!plain) return plain.error();
  return decode_fields(*plain);
}

}  // namespace mitr
