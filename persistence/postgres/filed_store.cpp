#include "persistence/postgres/filed_store.h"

#include <array>
#include <utility>

#include "persistence/postgres/connection.h"

namespace mitr {
namespace {

using namespace postgres;

constexpr std::array kStatements{
    kSetTenants,
    Statement{"page",
              "SELECT id, reason, created_at, body FROM mitr.kept_webhook"
              " WHERE tenant_id = $1::uuid AND id > $2::uuid ORDER BY id LIMIT $3::int8"},
    Statement{"remove",
              "DELETE FROM mitr.kept_webhook WHERE tenant_id = $1::uuid AND id IN"
              " (SELECT id FROM mitr.kept_webhook WHERE tenant_id = $1::uuid"
              " AND created_at < $2::timestamptz LIMIT $3::int8) RETURNING id"},
};

class PostgresFiled : public FiledStore {
 public:
  explicit PostgresFiled(std::string dsn)
      : connection_(std::move(dsn), Session::kWrite, kStatements) {}

  Result<std::vector<FiledRow>> page(const TenantId& tenant, const RequestId& after,
                                     std::size_t limit) override {
    const Int8Param most(static_cast<std::int64_t>(limit));
    auto found = connection_.ask(
        to_string(tenant), "page",
        std::array{uuid_param(tenant.bytes), uuid_param(after.bytes), most.param()});
    if (!found) return found.error();
    std::vector<FiledRow> rows;
    rows.reserve(static_cast<std::size_t>(found->count()));
    for (int row = 0; row < found->count(); ++row) {
      rows.push_back({RequestId{found->uuid(row, 0)}, found->text(row, 1), found->time(row, 2),
                      found->text(row, 3)});
    }
    return rows;
  }

  Result<std::size_t> remove_before(const TenantId& tenant, std::chrono::sys_seconds at,
                                    std::size_t limit) override {
    const Int8Param before(to_server_time(at)), most(static_cast<std::int64_t>(limit));
    auto gone = connection_.ask(to_string(tenant), "remove",
                                std::array{uuid_param(tenant.bytes), before.param(), most.param()});
    if (!gone) return gone.error();
    return static_cast<std::size_t>(gone->count());
  }

 private:
  Connection connection_;
};

}  // namespace

std::unique_ptr<FiledStore> postgres_filed(std::string dsn) {
  return std::make_unique<PostgresFiled>(std::move(dsn));
}

}  // namespace mitr
