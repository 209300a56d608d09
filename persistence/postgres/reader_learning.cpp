// Reading what tenants' people reviewed and the models trained from it. The statements are
// reader_statements.cpp's.
#include <array>

#include "persistence/postgres/reader.h"

namespace mitr::postgres {
namespace {

std::vector<StoredTurn> stored_turns(const Rows& rows) {
  std::vector<StoredTurn> turns;
  turns.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    StoredTurn turn;
    turn.row = {ContactId{rows.uuid(row, 0)}, static_cast<std::uint64_t>(rows.int8(row, 1)),
                rows.boolean(row, 2), rows.time(row, 3), rows.text(row, 4)};
    turn.wrapped_key = rows.text(row, 5);
    turns.push_back(std::move(turn));
  }
  return turns;
}

}  // namespace

Result<std::vector<StoredTurn>> PostgresReader::turns_since(const TenantId& tenant,
                                                            std::chrono::sys_seconds since,
                                                            const TurnName& after,
                                                            std::size_t limit) {
  const Int8Param seq(static_cast<std::int64_t>(after.seq));
  const Int8Param most(static_cast<std::int64_t>(limit));
  const Int8Param from(to_server_time(since));
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("turns_since",
                     std::array<Param, 5>{uuid_param(tenant.bytes), uuid_param(after.contact.bytes),
                                          seq.param(), most.param(), from.param()});
  });
  if (!found) return found.error();
  return stored_turns(found->at(0));
}

Result<std::vector<StoredTurn>> PostgresReader::turns_at(const TenantId& tenant,
                                                         const std::vector<TurnName>& wanted) {
  ArrayColumn contact(Oid::kUuid), seq(Oid::kInt8);
  contact.clear();
  seq.clear();
  for (const TurnName& name : wanted) {
    contact.add(name.contact.bytes);
    seq.add_int8(static_cast<std::int64_t>(name.seq));
  }
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("turns_at",
                     std::array<Param, 3>{uuid_param(tenant.bytes), contact.param(), seq.param()});
  });
  if (!found) return found.error();
  return stored_turns(found->at(0));
}

Result<std::vector<ReviewRow>> PostgresReader::reviews(const TenantId& tenant, std::size_t limit) {
  const Int8Param most(static_cast<std::int64_t>(limit));
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("reviews", std::array<Param, 2>{uuid_param(tenant.bytes), most.param()});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<ReviewRow> reviews;
  for (int row = 0; row < rows.count(); ++row) {
    reviews.push_back(
        {{ContactId{rows.uuid(row, 0)}, static_cast<std::uint64_t>(rows.int8(row, 1))},
         rows.text(row, 2)});
  }
  return reviews;
}

Result<std::vector<StoredModel>> PostgresReader::models(const TenantId& tenant) {
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("models", std::array<Param, 1>{uuid_param(tenant.bytes)});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<StoredModel> models;
  for (int row = 0; row < rows.count(); ++row) {
    models.push_back({{static_cast<std::uint32_t>(rows.int4(row, 0)), rows.text(row, 2), {}},
                      rows.time(row, 1),
                      static_cast<std::size_t>(rows.int8(row, 3))});
  }
  return models;
}

Result<ModelRow> PostgresReader::model(const TenantId& tenant, std::uint32_t number) {
  const Int8Param wanted(number);
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("model", std::array<Param, 2>{uuid_param(tenant.bytes), wanted.param()});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  if (rows.count() == 0) return Error{Errc::kNotFound, "the tenant has no such model"};
  return ModelRow{number, rows.text(0, 0), rows.text(0, 1)};
}

Result<std::vector<PromotedModels>> PostgresReader::promoted_models() {
  auto found = read([](Connection& connection) { connection.queue("promoted_models", {}); });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<PromotedModels> promoted;
  for (int row = 0; row < rows.count(); ++row) {
    PromotedModels models{TenantId{rows.uuid(row, 0)}, {}};
    std::string_view bytes = rows.bytes(row, 1);
    for (; bytes.size() >= 4; bytes.remove_prefix(4))
      models.numbers.push_back(read_number<std::uint32_t>(bytes.substr(0, 4)));
    promoted.push_back(std::move(models));
  }
  return promoted;
}

}  // namespace mitr::postgres
