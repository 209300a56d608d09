// Reading who a contact is. The statements are reader.cpp's.
#include <array>

#include "persistence/postgres/reader.h"

namespace mitr::postgres {

Result<KnownContact> PostgresReader::contact_of(const TenantId& tenant, const KeyedHash& alias) {
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("contact_of",
                     std::array<Param, 2>{uuid_param(tenant.bytes), uuid_param(alias.bytes)});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  if (rows.count() == 0) return Error{Errc::kNotFound, "no such contact"};
  return KnownContact{ContactId{rows.uuid(0, 0)}, rows.text(0, 1)};
}

Result<ContactLineage> PostgresReader::lineage(const TenantId& tenant, const ContactId& contact) {
  const std::array<Param, 2> params{uuid_param(tenant.bytes), uuid_param(contact.bytes)};
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("contact", params);
    connection.queue("aliases_of", params);
    connection.queue("kin_of", params);
  });
  if (!found) return found.error();
  const Rows& person = found->at(0);
  if (person.count() == 0) return Error{Errc::kNotFound, "no such contact"};
  ContactLineage lineage;
  lineage.phone_lost = person.boolean(0, 2);
  const Rows& aliases = found->at(1);
  for (int row = 0; row < aliases.count(); ++row) {
    AliasStanding standing{contact, static_cast<AliasKind>(aliases.int2(row, 0)),
                           aliases.time(row, 1), std::nullopt, std::nullopt};
    if (!aliases.is_null(row, 2)) standing.until = aliases.time(row, 2);
    if (!aliases.is_null(row, 3)) standing.passed = aliases.time(row, 3);
    lineage.aliases.push_back(standing);
  }
  const Rows& kin = found->at(2);
  for (int row = 0; row < kin.count(); ++row) {
    lineage.kin.push_back({ContactId{kin.uuid(row, 0)}, ContactId{kin.uuid(row, 1)},
                           static_cast<LineageReason>(kin.int2(row, 2)), kin.time(row, 3)});
  }
  return lineage;
}

}  // namespace mitr::postgres
