// Each call is one transaction that names its tenants. A file is seen as stored only when its last
// piece is.
#include "persistence/postgres/media_store.h"

#include <array>
#include <functional>
#include <utility>

#include "persistence/postgres/connection.h"

namespace mitr {
namespace {

using namespace postgres;

// What has no row in mitr.media was not tried yet. Only the requests of kind "media" are in the
// index that this walks.
constexpr const char* kRows =
    "SELECT r.tenant_id, r.id, r.contact_id, r.seq, r.created_at, r.body, c.wrapped_key,"
    " coalesce(m.state, 0::int2), coalesce(m.tries, 0::int4), coalesce(m.error, 0::int4),"
    " coalesce(m.bytes, 0::int8), coalesce(m.pieces, 0::int4)"
    " FROM mitr.request r LEFT JOIN mitr.media m ON m.tenant_id = r.tenant_id AND m.id = r.id"
    " LEFT JOIN mitr.contact c ON c.tenant_id = r.tenant_id AND c.id = r.contact_id"
    " WHERE r.kind = 'media' AND ";

const std::string kDue = std::string(kRows) +
                         "r.tenant_id = ANY ($1::uuid[]) AND r.created_at >= $2::timestamptz"
                         " AND (m.id IS NULL OR (m.state = 0 AND m.not_before <= $3::timestamptz))"
                         " ORDER BY r.created_at LIMIT $4::int8";
const std::string kList =
    std::string(kRows) + "r.tenant_id = $1::uuid ORDER BY r.created_at DESC LIMIT $2::int8";
const std::string kFind = std::string(kRows) + "r.tenant_id = $1::uuid AND r.id = $2::uuid";

const std::array kStatements{
    kSetTenants,
    Statement{"due", kDue.c_str()},
    Statement{"list", kList.c_str()},
    Statement{"find", kFind.c_str()},
    Statement{"clear", "DELETE FROM mitr.media_piece WHERE tenant_id = $1::uuid AND id = $2::uuid"},
    Statement{"put_piece",
              "INSERT INTO mitr.media_piece (tenant_id, id, place, body)"
              " VALUES ($1::uuid, $2::uuid, $3::int8, $4::bytea)"},
    Statement{"stored",
              "INSERT INTO mitr.media AS m (tenant_id, id, state, bytes, pieces)"
              " VALUES ($1::uuid, $2::uuid, 1, $3::int8, $4::int8)"
              " ON CONFLICT (tenant_id, id) DO UPDATE SET state = 1, error = 0,"
              " bytes = excluded.bytes, pieces = excluded.pieces, updated_at = now()"},
    Statement{"failed",
              "INSERT INTO mitr.media AS m (tenant_id, id, state, tries, error, not_before)"
              " VALUES ($1::uuid, $2::uuid, $3::int8, 1, $4::int8, $5::timestamptz)"
              " ON CONFLICT (tenant_id, id) DO UPDATE SET state = excluded.state,"
              " tries = m.tries + 1, error = excluded.error, not_before = excluded.not_before,"
              " updated_at = now()"},
    Statement{"set_aside",
              "INSERT INTO mitr.media AS m (tenant_id, id, state, not_before)"
              " VALUES ($1::uuid, $2::uuid, 0, $3::timestamptz)"
              " ON CONFLICT (tenant_id, id) DO UPDATE SET not_before = excluded.not_before,"
              " updated_at = now()"},
    Statement{"piece",
              "SELECT body FROM mitr.media_piece WHERE tenant_id = $1::uuid AND id = $2::uuid"
              " AND place = $3::int8"},
};

MediaRow row_of(const Rows& rows, int row) {
  MediaRow found;
  found.name = {TenantId{rows.uuid(row, 0)}, RequestId{rows.uuid(row, 1)}};
  found.contact.bytes = rows.uuid(row, 2);
  found.seq = static_cast<std::uint64_t>(rows.int8(row, 3));
  found.at = rows.time(row, 4);
  found.body = rows.text(row, 5);
  found.wrapped_key = rows.text(row, 6);
  found.state = static_cast<MediaState>(rows.int2(row, 7));
  found.tries = rows.int4(row, 8);
  found.error = rows.int4(row, 9);
  found.bytes = static_cast<std::uint64_t>(rows.int8(row, 10));
  found.pieces = static_cast<std::uint32_t>(rows.int4(row, 11));
  return found;
}

class PostgresMedia : public MediaStore {
 public:
  explicit PostgresMedia(std::string dsn)
      : connection_(std::move(dsn), Session::kWrite, kStatements) {}

  Result<std::vector<MediaRow>> due(const std::vector<TenantId>& tenants,
                                    std::chrono::sys_seconds since, std::chrono::sys_seconds now,
                                    std::size_t limit) override {
    ArrayColumn ids(Oid::kUuid);
    ids.clear();
    std::string setting;
    for (const auto& tenant : tenants) {
      ids.add(tenant.bytes);
      if (!setting.empty()) setting += ',';
      setting += to_string(tenant);
    }
    const Int8Param from(to_server_time(since)), to(to_server_time(now));
    const Int8Param most(static_cast<std::int64_t>(limit));
    return rows_of(setting, "due", std::array{ids.param(), from.param(), to.param(), most.param()});
  }

  Status begin(const MediaName& name) override {
    return write(name, "clear", std::array{tenant_of(name), id_of(name)});
  }

  Status put_piece(const MediaName& name, std::uint32_t place, const Sealed& piece) override {
    const Int8Param at(place);
    return write(name, "put_piece",
                 std::array<Param, 4>{tenant_of(name), id_of(name), at.param(), piece});
  }

  Status stored(const MediaName& name, std::uint64_t bytes, std::uint32_t pieces) override {
    const Int8Param size(static_cast<std::int64_t>(bytes)), count(pieces);
    return write(name, "stored",
                 std::array{tenant_of(name), id_of(name), size.param(), count.param()});
  }

  Status failed(const MediaName& name, int error,
                std::optional<std::chrono::sys_seconds> again) override {
    const auto state = again ? MediaState::kDue : MediaState::kGone;
    const Int8Param to(static_cast<std::int64_t>(state)), code(error);
    const Int8Param when(to_server_time(again.value_or(std::chrono::sys_seconds{})));
    return write(name, "failed",
                 std::array{tenant_of(name), id_of(name), to.param(), code.param(), when.param()});
  }

  Status set_aside(const MediaName& name, std::chrono::sys_seconds until) override {
    const Int8Param when(to_server_time(until));
    return write(name, "set_aside", std::array{tenant_of(name), id_of(name), when.param()});
  }

  Result<std::vector<MediaRow>> list(const TenantId& tenant, std::size_t limit) override {
    const Int8Param most(static_cast<std::int64_t>(limit));
    return rows_of(to_string(tenant), "list", std::array{uuid_param(tenant.bytes), most.param()});
  }

  Result<MediaRow> find(const MediaName& name) override {
    auto rows = rows_of(to_string(name.tenant), "find", std::array{tenant_of(name), id_of(name)});
    if (!rows) return rows.error();
    if (rows->empty()) return Error{Errc::kNotFound, "no such file"};
    return std::move(rows->front());
  }

  Result<Sealed> piece(const MediaName& name, std::uint32_t place) override {
    const Int8Param at(place);
    auto found = connection_.ask(to_string(name.tenant), "piece",
                                 std::array{tenant_of(name), id_of(name), at.param()});
    if (!found) return found.error();
    if (found->count() == 0) return Error{Errc::kNotFound, "no such piece"};
    return found->text(0, 0);
  }

 private:
  static Param tenant_of(const MediaName& name) { return uuid_param(name.tenant.bytes); }
  static Param id_of(const MediaName& name) { return uuid_param(name.id.bytes); }

  Result<std::vector<MediaRow>> rows_of(const std::string& setting, const char* statement,
                                        std::span<const Param> params) {
    auto found = connection_.ask(setting, statement, params);
    if (!found) return found.error();
    std::vector<MediaRow> rows;
    rows.reserve(static_cast<std::size_t>(found->count()));
    for (int row = 0; row < found->count(); ++row) rows.push_back(row_of(*found, row));
    return rows;
  }

  Status write(const MediaName& name, const char* statement, std::span<const Param> params) {
    auto done = connection_.ask(to_string(name.tenant), statement, params);
    if (!done) return done.error();
    return Done{};
  }

  Connection connection_;
};

}  // namespace

std::unique_ptr<MediaStore> postgres_media(std::string dsn) {
  return std::make_unique<PostgresMedia>(std::move(dsn));
}

}  // namespace mitr
