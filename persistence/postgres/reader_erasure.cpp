// Reading what is kept of one contact, and who was erased. The statements are
// reader_statements.cpp's.
#include <array>

#include "persistence/postgres/reader.h"

namespace mitr::postgres {
namespace {

StoredRequest request_of(const Rows& rows, int row) {
  return {{RequestId{rows.uuid(row, 0)}, rows.text(row, 1), rows.text(row, 2)},
          ContactId{rows.uuid(row, 3)},
          rows.time(row, 4),
          {}};
}

OutboxRow message_of(const Rows& rows, int row) {
  OutboxRow found;
  found.ref = {ContactId{rows.uuid(row, 0)}, static_cast<std::uint64_t>(rows.int8(row, 1)),
               static_cast<std::uint16_t>(rows.int2(row, 2))};
  found.recipient.bytes = rows.uuid(row, 3);
  found.number = rows.text(row, 4);
  found.lane = static_cast<Lane>(rows.int2(row, 5));
  found.not_before = rows.time(row, 6);
  if (rows.int8(row, 7) != kNever) found.expires = rows.time(row, 7);
  found.body = rows.text(row, 8);
  return found;
}

}  // namespace

Result<HeldOfContact> PostgresReader::held(const TenantId& tenant, const ContactId& contact,
                                           std::size_t limit) {
  const Int8Param most(static_cast<std::int64_t>(limit));
  const std::array<Param, 3> params{uuid_param(tenant.bytes), uuid_param(contact.bytes),
                                    most.param()};
  auto found = read(tenant, [&](Connection& connection) {
    for (const char* statement :
         {"held_requests", "held_outbox", "held_reviews", "held_instructions"})
      connection.queue(statement, params);
  });
  if (!found) return found.error();
  HeldOfContact held;
  const Rows& requests = found->at(0);
  for (int row = 0; row < requests.count(); ++row)
    held.requests.push_back(request_of(requests, row));
  const Rows& outbox = found->at(1);
  for (int row = 0; row < outbox.count(); ++row) {
    held.outbox.push_back(message_of(outbox, row));
    held.outbox_states.push_back(static_cast<OutboxState>(outbox.int2(row, 9)));
  }
  const Rows& reviews = found->at(2);
  for (int row = 0; row < reviews.count(); ++row) {
    held.reviews.push_back(
        {{ContactId{reviews.uuid(row, 0)}, static_cast<std::uint64_t>(reviews.int8(row, 1))},
         reviews.text(row, 2)});
  }
  const Rows& instructions = found->at(3);
  for (int row = 0; row < instructions.count(); ++row) {
    held.instructions.push_back(
        {{TenantId{instructions.uuid(row, 0)}, InstructionId{instructions.uuid(row, 1)}},
         ContactId{instructions.uuid(row, 2)},
         instructions.text(row, 3),
         instructions.time(row, 4),
         instructions.text(row, 5)});
  }
  return held;
}

Result<std::vector<ErasedContact>> PostgresReader::erasures(std::uint64_t after,
                                                            std::size_t limit) {
  const Int8Param from(static_cast<std::int64_t>(after));
  const Int8Param most(static_cast<std::int64_t>(limit));
  auto found = read([&](Connection& connection) {
    connection.queue("erasures", std::array<Param, 2>{from.param(), most.param()});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<ErasedContact> erased;
  erased.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    erased.push_back({static_cast<std::uint64_t>(rows.int8(row, 0)), TenantId{rows.uuid(row, 1)},
                      ContactId{rows.uuid(row, 2)}});
  }
  return erased;
}

}  // namespace mitr::postgres
