// Rows into values. The statements: reader_statements.cpp.
#include "persistence/postgres/reader.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "persistence/postgres/reader_statements.h"
#include "protocols/limits.h"

namespace mitr::postgres {
namespace {

std::uint64_t seq_of(const Rows& rows, int row, int column) {
  return static_cast<std::uint64_t>(rows.int8(row, column));
}

std::int64_t bound(std::uint64_t number) {
  return static_cast<std::int64_t>(
      std::min<std::uint64_t>(number, static_cast<std::uint64_t>(INT64_MAX)));
}

OutboxRow outbox_row(const Rows& rows, int row) {
  OutboxRow found;
  found.ref.contact.bytes = rows.uuid(row, 0);
  found.ref.seq = seq_of(rows, row, 1);
  found.ref.ord = static_cast<std::uint16_t>(rows.int2(row, 2));
  found.recipient.bytes = rows.uuid(row, 3);
  found.number = rows.text(row, 4);
  found.lane = static_cast<Lane>(rows.int2(row, 5));
  found.not_before = rows.time(row, 6);
  if (rows.int8(row, 7) != kNever) found.expires = rows.time(row, 7);
  found.body = rows.text(row, 8);
  return found;
}

Result<StoredConversation> stored(const ContactId& contact, const Rows& person, const Rows& rows) {
  if (person.count() == 0) return Error{Errc::kNotFound, "no such contact"};
  StoredConversation stored;
  stored.wrapped_key = person.text(0, 0);
  stored.details = person.text(0, 1);
  stored.phone_lost = person.boolean(0, 2);
  stored.withdrawn = static_cast<std::uint8_t>(person.int2(0, 3));
  stored.rows.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    stored.rows.push_back({contact, seq_of(rows, row, 0), rows.boolean(row, 1), rows.time(row, 2),
                           rows.text(row, 3)});
  }
  if (!stored.rows.empty()) stored.last_seq = stored.rows.back().seq;
  return stored;
}

}  // namespace

PostgresReader::PostgresReader(std::string dsn)
    : connection_(std::move(dsn), Session::kRead, reader_statements()) {}

Result<std::vector<Rows>> PostgresReader::read(const std::function<void(Connection&)>& ask) {
  const Deadline deadline = std::chrono::steady_clock::now() + limits::kCommitPatience;
  Error last;
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (auto open = connection_.open(deadline); !open) {
      last = open.error();
      continue;
    }
    ask(connection_);
    auto rows = connection_.finish(deadline);
    if (rows || !may_retry(rows.error().code)) return rows;
    last = rows.error();
  }
  return Error{Errc::kUnavailable, last.what};
}

Result<std::vector<Rows>> PostgresReader::read(const TenantId& tenant,
                                               const std::function<void(Connection&)>& ask) {
  const std::string setting = to_string(tenant);
  auto rows = read([&](Connection& connection) {
    connection.queue(kSetTenants.name, std::array<Param, 1>{setting});
    ask(connection);
  });
  if (rows) rows->erase(rows->begin());
  return rows;
}

Result<StoredConversation> PostgresReader::conversation(const TenantId& tenant,
                                                        const ContactId& contact) {
  auto found = conversations({{tenant, contact}});
  if (!found) return found.error();
  return std::move(found->front());
}

Result<std::vector<Result<StoredConversation>>> PostgresReader::conversations(
    const std::vector<ConversationName>& wanted) {
  auto found = read([&](Connection& connection) {
    for (const auto& [tenant, contact] : wanted) {
      const std::string setting = to_string(tenant);
      const std::array<Param, 2> params{uuid_param(tenant.bytes), uuid_param(contact.bytes)};
      connection.queue(kSetTenants.name, std::array<Param, 1>{setting});
      connection.queue("contact", params);
      connection.queue("since_snapshot", params);
    }
  });
  if (!found) return found.error();
  std::vector<Result<StoredConversation>> all;
  all.reserve(wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i)
    all.push_back(stored(wanted[i].contact, (*found)[3 * i + 1], (*found)[3 * i + 2]));
  return all;
}

std::vector<DueRow> PostgresReader::due_rows(const TenantId& tenant, const Rows& rows) {
  std::vector<DueRow> due;
  due.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    due.push_back({tenant, outbox_row(rows, row), static_cast<OutboxState>(rows.int2(row, 9)),
                   rows.time(row, 10), rows.text(row, 11)});
  }
  return due;
}

Result<std::vector<DueRow>> PostgresReader::due(const TenantId& tenant,
                                                std::chrono::sys_seconds now, std::size_t limit) {
  const Int8Param when(to_server_time(now));
  const Int8Param most(bound(limit));
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("due",
                     std::array<Param, 3>{uuid_param(tenant.bytes), when.param(), most.param()});
  });
  if (!found) return found.error();
  return due_rows(tenant, found->at(0));
}

Result<std::vector<DueRow>> PostgresReader::unanswered(const TenantId& tenant, const TimeSpan& span,
                                                       std::size_t limit) {
  const Int8Param from(to_server_time(span.from));
  const Int8Param most(bound(limit));
  // Moments are whole seconds here; the last one is meant to its end.
  const Int8Param to(to_server_time(span.to + std::chrono::seconds(1)));
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("unanswered", std::array<Param, 4>{uuid_param(tenant.bytes), from.param(),
                                                        most.param(), to.param()});
  });
  if (!found) return found.error();
  return due_rows(tenant, found->at(0));
}

Result<std::vector<DueTimer>> PostgresReader::timers(const std::vector<Shard>& shards,
                                                     std::chrono::sys_seconds now,
                                                     std::size_t limit) {
  ArrayColumn wanted(Oid::kInt2);
  wanted.clear();
  for (auto shard : shards) wanted.add_int2(shard);
  const Int8Param when(to_server_time(now));
  const Int8Param most(bound(limit));
  auto found = read([&](Connection& connection) {
    connection.queue("timers", std::array<Param, 3>{wanted.param(), when.param(), most.param()});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<DueTimer> timers;
  timers.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    timers.push_back({TenantId{rows.uuid(row, 0)}, ContactId{rows.uuid(row, 1)}, rows.time(row, 2),
                      rows.text(row, 3)});
  }
  return timers;
}

Result<std::vector<DeadLetter>> PostgresReader::dead_letters(const TenantId& tenant,
                                                             std::size_t limit) {
  const Int8Param most(bound(limit));
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("dead_letters", std::array<Param, 2>{uuid_param(tenant.bytes), most.param()});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<DeadLetter> letters;
  letters.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    letters.push_back({{ContactId{rows.uuid(row, 0)}, seq_of(rows, row, 1),
                        static_cast<std::uint16_t>(rows.int2(row, 2))},
                       static_cast<Lane>(rows.int2(row, 3)),
                       static_cast<OutboxState>(rows.int2(row, 4)),
                       rows.int4(row, 5),
                       rows.time(row, 6)});
  }
  return letters;
}

Result<std::vector<StoredTurn>> PostgresReader::turns(const TenantId& tenant,
                                                      const ContactId& after_conversation,
                                                      std::uint64_t after_seq, std::size_t limit) {
  const Int8Param after(bound(after_seq));
  const Int8Param most(bound(limit));
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("turns", std::array<Param, 4>{uuid_param(tenant.bytes),
                                                   uuid_param(after_conversation.bytes),
                                                   after.param(), most.param()});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<StoredTurn> turns;
  turns.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    StoredTurn turn;
    turn.row = {ContactId{rows.uuid(row, 0)}, seq_of(rows, row, 1), rows.boolean(row, 2),
                rows.time(row, 3), rows.text(row, 4)};
    turn.wrapped_key = rows.text(row, 5);
    turns.push_back(std::move(turn));
  }
  return turns;
}

Result<std::vector<StoredRequest>> PostgresReader::requests(const TenantId& tenant,
                                                            std::size_t limit) {
  const Int8Param most(bound(limit));
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("requests", std::array<Param, 2>{uuid_param(tenant.bytes), most.param()});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<StoredRequest> requests;
  requests.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    requests.push_back({{RequestId{rows.uuid(row, 0)}, rows.text(row, 1), rows.text(row, 2)},
                        ContactId{rows.uuid(row, 3)},
                        rows.time(row, 4),
                        rows.text(row, 5)});
  }
  return requests;
}

Result<std::vector<TenantRow>> PostgresReader::tenants() {
  auto found = read([](Connection& connection) {
    connection.queue("tenants", {});
    connection.queue("numbers", {});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  const Rows& numbers = found->at(1);
  std::vector<TenantRow> tenants;
  for (int row = 0; row < rows.count(); ++row) {
    TenantRow tenant{TenantId{rows.uuid(row, 0)}, rows.text(row, 1), rows.text(row, 2),
                     rows.text(row, 3),           rows.text(row, 4), {}};
    for (int n = 0; n < numbers.count(); ++n) {
      if (numbers.uuid(n, 0) == tenant.id.bytes) tenant.numbers.push_back(numbers.text(n, 1));
    }
    tenants.push_back(std::move(tenant));
  }
  return tenants;
}

Result<std::vector<RosterRow>> PostgresReader::roster(const TenantId& tenant) {
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("roster", std::array<Param, 1>{uuid_param(tenant.bytes)});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<RosterRow> roster;
  roster.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    roster.push_back({rows.text(row, 0), ContactId{rows.uuid(row, 1)}, rows.text(row, 2)});
  }
  return roster;
}

Result<std::vector<ContactId>> PostgresReader::contacts(const TenantId& tenant,
                                                        const ContactId& after, std::size_t limit) {
  const Int8Param most(bound(limit));
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("contacts", std::array<Param, 3>{uuid_param(tenant.bytes),
                                                      uuid_param(after.bytes), most.param()});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  std::vector<ContactId> contacts;
  contacts.reserve(static_cast<std::size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) contacts.push_back(ContactId{rows.uuid(row, 0)});
  return contacts;
}

Result<OutboxRef> PostgresReader::sent_message(const TenantId& tenant, const KeyedHash& provider) {
  auto found = read(tenant, [&](Connection& connection) {
    connection.queue("sent_message",
                     std::array<Param, 2>{uuid_param(tenant.bytes), uuid_param(provider.bytes)});
  });
  if (!found) return found.error();
  const Rows& rows = found->at(0);
  if (rows.count() == 0) return Error{Errc::kNotFound, "no such message"};
  return OutboxRef{ContactId{rows.uuid(0, 0)}, seq_of(rows, 0, 1),
                   static_cast<std::uint16_t>(rows.int2(0, 2))};
}

Status PostgresReader::ping() {
  auto found = read([](Connection& connection) { connection.queue("ping", {}); });
  if (!found) return found.error();
  return Done{};
}

}  // namespace mitr::postgres
