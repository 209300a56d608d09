#include "actors/conversation/lookup.h"

#include "actors/tenant/sealed_record.h"
#include "nlu/records/record_query.h"

namespace mitr {

bool asks_records(const CallOut& call) {
  return record_query(call.name) != nullptr;
}

std::optional<FindRecords> records_wanted(const TenantContext& tenant, const CallOut& call,
                                          const std::string& number, const Personal& phone) {
  const RecordQuery* query = record_query(call.name);
  if (query == nullptr) return std::nullopt;
  const auto finder = finder_of(*query, call, phone);
  if (!finder) return std::nullopt;
  const BlindIndex index(tenant.key);
  const std::string kind(finder->record);
  FindRecords find{tenant.id, kind, finder_hash(index, kind, finder->text), std::nullopt};
  // Whoever has the phone now may not be whom the records mean.
  if (query->of_phone) {
    find.phone =
        index.hash(IndexedField::kPhone, tenant.settings.portfolio_of(number), phone.reveal());
  }
  return find;
}

CallResult answer_from(const TenantContext& tenant, const CallOut& call, const Personal& phone,
                       const RecordsFound& found, const Moment& now) {
  const RecordQuery* query = record_query(call.name);
  CallResult failed{.step = call.step, .ok = false, .values = {}};
  if (query == nullptr || found.error || found.keys.size() != found.bodies.size()) return failed;
  std::vector<RequestFields> records;
  for (std::size_t at = 0; at < found.bodies.size(); ++at) {
    auto fields = open_record(tenant.key, tenant.id, found.keys[at], found.bodies[at]);
    if (!fields) return failed;
    records.push_back(*std::move(fields));
  }
  return answer_of(*query, call, phone, records, now);
}

KeyedHash hash_of_call(const TenantContext& tenant, const ContactId& contact, std::uint64_t seq) {
  const BlindIndex index(tenant.key);
  return index.hash(IndexedField::kCall, to_string(contact) + '.' + std::to_string(seq));
}

}  // namespace mitr
