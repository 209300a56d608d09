// The writer. Rerunning a batch is safe because every statement of it is: see batch_statements.cpp.
#include "persistence/postgres/writer.h"

#include <algorithm>
#include <map>
#include <thread>

#include "persistence/batch_rules.h"
#include "protocols/limits.h"

namespace mitr::postgres {
namespace {

using Clock = std::chrono::steady_clock;

bool holds(const Rows& rows, int row, const Append& turn) {
  return rows.uuid(row, 0) == turn.conversation.bytes &&
         static_cast<std::uint64_t>(rows.int8(row, 1)) == turn.seq;
}

}  // namespace

PostgresWriter::PostgresWriter(std::string dsn)
    : connection_(std::move(dsn), Session::kWrite, batch_statements()) {}

Result<BatchAnswer> PostgresWriter::commit(const Batch& batch) {
  if (auto sound = check_batch(batch); !sound) return sound.error();
  if (batch.empty()) return BatchAnswer{};
  plan_.arrange(batch);
  const Deadline deadline = Clock::now() + limits::kCommitPatience;
  auto pause = std::chrono::duration_cast<Clock::duration>(limits::kStoreRetryMin);
  bool again = false;
  while (true) {
    auto answer = attempt(batch, again, deadline);
    if (answer || !may_retry(answer.error().code)) return answer;
    if (Clock::now() + pause >= deadline) return Error{Errc::kUnavailable, answer.error().what};
    std::this_thread::sleep_for(pause);
    pause = std::min<Clock::duration>(pause * 2, limits::kStoreRetryMax);
    again = true;
  }
}

Result<BatchAnswer> PostgresWriter::attempt(const Batch& batch, bool again, Deadline deadline) {
  if (auto open = connection_.open(deadline); !open) return open.error();
  expected_.clear();
  for (const auto& slice : plan_.slices()) columns_.queue(connection_, batch, slice, expected_);
  auto done = connection_.finish(deadline);
  if (!done) return done.error();
  if (done->size() != expected_.size())
    return Error{Errc::kInternal, "the database answered out of step"};

  BatchAnswer answer;
  answer.appends.resize(batch.appends.size());
  answer.claims.resize(batch.claims.size());
  for (std::size_t i = 0; i < batch.appends.size(); ++i) {
    if (plan_.known()[i]) answer.appends[i] = *plan_.known()[i];
  }
  missing_.clear();
  std::size_t at = 0;
  for (const auto& slice : plan_.slices()) {
    // Each slice starts with set_tenant; its own answers follow until the next one's.
    do {
      if (expected_[at] == BatchColumns::Answer::kTurns)
        read_turns(batch, slice, (*done)[at], answer);
      if (expected_[at] == BatchColumns::Answer::kClaims)
        read_claims(batch, slice, (*done)[at], again, answer);
      ++at;
    } while (at < expected_.size() && expected_[at] != BatchColumns::Answer::kTenant);
  }
  if (!missing_.empty()) {
    if (auto settled = settle_missing(batch, again, deadline, answer); !settled)
      return settled.error();
  }
  return answer;
}

void PostgresWriter::read_turns(const Batch& batch, const TenantSlice& slice, const Rows& rows,
                                BatchAnswer& answer) {
  // RETURNING keeps the order of insertion, which is the slice's: one walk pairs them.
  int row = 0;
  for (auto index : slice.appends) {
    if (row < rows.count() && holds(rows, row, batch.appends[index])) {
      answer.appends[index] = AppendVerdict::kCommitted;
      ++row;
    } else {
      missing_.push_back(index);
    }
  }
}

void PostgresWriter::read_claims(const Batch& batch, const TenantSlice& slice, const Rows& rows,
                                 bool again, BatchAnswer& answer) {
  int row = 0;
  for (auto index : slice.claims) {
    if (row >= rows.count()) break;
    ClaimedContact& claimed = answer.claims[index];
    claimed.contact.bytes = rows.uuid(row, 0);
    // The id was random: who bears it after a lost answer was made by our own earlier attempt.
    claimed.created =
        rows.boolean(row, 1) || (again && claimed.contact == batch.claims[index].fresh);
    claimed.wrapped_key = rows.text(row, 2);
    claimed.details = rows.text(row, 3);
    claimed.last_seq = static_cast<std::uint64_t>(rows.int8(row, 4));
    ++row;
  }
}

Status PostgresWriter::settle_missing(const Batch& batch, bool again, Deadline deadline,
                                      BatchAnswer& answer) {
  // `missing_` is in order of tenant, for the slices were.
  std::vector<std::span<const std::uint32_t>> groups;
  for (std::size_t from = 0; from < missing_.size();) {
    std::size_t to = from;
    const auto& tenant = batch.appends[missing_[from]].tenant;
    while (to < missing_.size() && batch.appends[missing_[to]].tenant == tenant) ++to;
    groups.push_back(std::span<const std::uint32_t>(missing_).subspan(from, to - from));
    columns_.queue_lookup(connection_, batch, tenant, groups.back());
    from = to;
  }
  auto done = connection_.finish(deadline);
  if (!done) return done.error();
  for (std::size_t group = 0; group < groups.size(); ++group) {
    const Rows& rows = (*done)[2 * group + 1];
    std::map<Uuid16, int> held;
    for (int row = 0; row < rows.count(); ++row) held.emplace(rows.uuid(row, 0), row);
    for (auto index : groups[group]) {
      const Append& turn = batch.appends[index];
      auto found = held.find(turn.message.bytes);
      if (found == held.end()) {
        // The message has no turn, so it was the place that was taken.
        answer.appends[index] = AppendVerdict::kFenced;
        continue;
      }
      const int row = found->second;
      // Sealed under a random nonce: equal bytes are this very turn, committed by an attempt whose
      // answer was lost.
      const bool ours = again && rows.uuid(row, 1) == turn.conversation.bytes &&
                        static_cast<std::uint64_t>(rows.int8(row, 2)) == turn.seq &&
                        rows.bytes(row, 3) == turn.body;
      answer.appends[index] = ours ? AppendVerdict::kCommitted : AppendVerdict::kDuplicate;
    }
  }
  return Done{};
}

}  // namespace mitr::postgres
