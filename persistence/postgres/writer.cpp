// The writer. Rerunning a batch is safe because every statement of it is: see
// batch_statements.cpp.
#include "persistence/postgres/writer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "persistence/batch_rules.h"
#include "persistence/postgres/batch_statements.h"
#include "protocols/limits.h"

namespace mitr::postgres {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kStaleEpoch = "MT003";
constexpr std::string_view kUniqueViolation = "23505";
/// A batch that met a turn which was there, and those after it.
constexpr int kCarefulBatches = 32;

bool holds(const Rows& rows, int row, const Append& turn) {
  return rows.uuid(row, 0) == turn.tenant.bytes && rows.uuid(row, 1) == turn.conversation.bytes &&
         static_cast<std::uint64_t>(rows.int8(row, 2)) == turn.seq;
}

}  // namespace

PostgresWriter::PostgresWriter(std::string dsn)
    : connection_(std::move(dsn), Session::kWrite, batch_statements()) {}

Result<BatchAnswer> PostgresWriter::commit(const Batch& batch) {
  if (auto sound = check_batch(batch); !sound) return sound.error();
  if (batch.empty()) return BatchAnswer{};
  std::optional<Epochs> epochs;
  plan_.arrange(batch, epochs);
  const Deadline deadline = Clock::now() + limits::kCommitPatience;
  auto pause = std::chrono::duration_cast<Clock::duration>(limits::kStoreRetryMin);
  bool again = false;
  while (true) {
    auto answer = attempt(batch, again, deadline);
    if (answer) return answer;
    if (answer.error().code == Errc::kFenced) {
      // Another node took a shard: its turns are left out, the others go on.
      auto now = read_epochs(deadline);
      if (now) {
        epochs = *now;
        plan_.arrange(batch, epochs);
      } else {
        answer = now.error();
      }
    }
    const auto code = answer.error().code;
    if (code != Errc::kFenced && !may_retry(code)) return answer;
    if (Clock::now() + pause >= deadline) return Error{Errc::kUnavailable, answer.error().what};
    // Refused for a reason that is known, nothing was written: the next attempt is not "again".
    if (code == Errc::kFenced || std::exchange(conflicted_, false)) continue;
    std::this_thread::sleep_for(pause);
    pause = std::min<Clock::duration>(pause * 2, limits::kStoreRetryMax);
    again = true;
  }
}

Error PostgresWriter::refused(Error error) {
  const auto& sqlstate = connection_.last_sqlstate();
  if (error.code == Errc::kRefused && sqlstate == kStaleEpoch) error.code = Errc::kFenced;
  if (error.code == Errc::kInternal && sqlstate == kUniqueViolation && careful_batches_ == 0) {
    careful_batches_ = kCarefulBatches;
    conflicted_ = true;
    error.code = Errc::kOverloaded;  // The same again passes, carefully.
  }
  return error;
}

Result<PostgresWriter::Epochs> PostgresWriter::read_epochs(Deadline deadline) {
  if (auto open = connection_.open(deadline); !open) return open.error();
  connection_.queue("epochs", {});
  auto rows = connection_.finish(deadline);
  if (!rows) return rows.error();
  Epochs epochs{};
  for (int row = 0; row < rows->at(0).count(); ++row) {
    const auto shard = static_cast<std::size_t>(rows->at(0).int2(row, 0));
    if (shard < epochs.size()) epochs[shard] = static_cast<std::uint32_t>(rows->at(0).int4(row, 1));
  }
  return epochs;
}

BatchAnswer PostgresWriter::begin_answer(const Batch& batch) const {
  BatchAnswer answer;
  answer.appends.resize(batch.appends.size());
  answer.claims.resize(batch.claims.size());
  answer.claimed.resize(batch.marks.size());
  for (std::size_t i = 0; i < batch.appends.size(); ++i) {
    if (plan_.known()[i]) answer.appends[i] = *plan_.known()[i];
  }
  return answer;
}

Result<BatchAnswer> PostgresWriter::attempt(const Batch& batch, bool again, Deadline deadline) {
  BatchAnswer answer = begin_answer(batch);
  if (plan_.empty()) return answer;
  if (auto open = connection_.open(deadline); !open) return open.error();
  expected_.clear();
  columns_.queue(connection_, batch, plan_, careful(again), expected_);
  auto done = connection_.finish(deadline);
  if (!done) return refused(done.error());
  if (done->size() != expected_.size())
    return Error{Errc::kInternal, "the database answered out of step"};

  missing_.clear();
  for (std::size_t at = 0; at < expected_.size(); ++at) {
    const auto& [kind, of] = expected_[at];
    const Rows& rows = (*done)[at];
    if (kind == Expected::Answer::kAllTurns) {
      for (auto index : of) answer.appends[index] = AppendVerdict::kCommitted;
    }
    if (kind == Expected::Answer::kTurns) read_turns(batch, of, rows, answer);
    if (kind == Expected::Answer::kClaims) read_claims(batch, of, rows, again, answer);
    if (kind == Expected::Answer::kClaimed) read_claimed(batch, of, rows, answer);
  }
  if (careful_batches_ > 0) --careful_batches_;
  if (!missing_.empty()) {
    if (auto settled = settle_missing(batch, again, deadline, answer); !settled)
      return settled.error();
  }
  return answer;
}

void PostgresWriter::read_turns(const Batch& batch, std::span<const std::uint32_t> of,
                                const Rows& rows, BatchAnswer& answer) {
  // RETURNING keeps the order of insertion, which is the plan's: one walk pairs them.
  int row = 0;
  for (auto index : of) {
    if (row < rows.count() && holds(rows, row, batch.appends[index])) {
      answer.appends[index] = AppendVerdict::kCommitted;
      ++row;
    } else {
      missing_.push_back(index);
    }
  }
}

void PostgresWriter::read_claims(const Batch& batch, std::span<const std::uint32_t> of,
                                 const Rows& rows, bool again, BatchAnswer& answer) {
  // Nobody comes back whom the statement made as wished.
  for (auto index : of) {
    const Claim& claim = batch.claims[index];
    answer.claims[index] = {claim.fresh,  true, claim.wrapped_key, claim.details, 0, true, true,
                            std::nullopt, 0};
  }
  for (int row = 0; row < rows.count(); ++row) {
    const auto place = static_cast<std::size_t>(rows.int8(row, 0) - 1);
    if (place >= of.size()) continue;
    ClaimedContact claimed{ContactId{rows.uuid(row, 1)},
                           rows.boolean(row, 2),
                           rows.text(row, 6),
                           rows.text(row, 7),
                           static_cast<std::uint64_t>(rows.int8(row, 8)),
                           rows.boolean(row, 3),
                           rows.boolean(row, 4),
                           std::nullopt,
                           static_cast<std::uint8_t>(rows.int2(row, 9))};
    if (!rows.is_null(row, 5)) claimed.loser = ContactId{rows.uuid(row, 5)};
    // The id was random: who bears it after a lost answer was made by our own earlier attempt.
    claimed.created |= again && claimed.contact == batch.claims[of[place]].fresh;
    answer.claims[of[place]] = std::move(claimed);
  }
}

void PostgresWriter::read_claimed(const Batch& batch, std::span<const std::uint32_t> of,
                                  const Rows& rows, BatchAnswer& answer) {
  std::set<std::pair<Uuid16, OutboxRef>> moved;
  for (int row = 0; row < rows.count(); ++row) {
    const OutboxRef ref{ContactId{rows.uuid(row, 0)}, static_cast<std::uint64_t>(rows.int8(row, 1)),
                        static_cast<std::uint16_t>(rows.int2(row, 2))};
    moved.emplace(rows.uuid(row, 3), ref);
  }
  // Of two claims of one row the first has it.
  for (auto index : of) {
    const OutboxMark& mark = batch.marks[index];
    answer.claimed[index] = moved.erase({mark.tenant.bytes, *mark.ref}) > 0;
  }
}

Status PostgresWriter::settle_missing(const Batch& batch, bool again, Deadline deadline,
                                      BatchAnswer& answer) {
  columns_.queue_lookup(connection_, batch, missing_);
  auto done = connection_.finish(deadline);
  if (!done) return done.error();
  const Rows& rows = (*done)[1];
  std::map<std::pair<Uuid16, Uuid16>, int> held;
  for (int row = 0; row < rows.count(); ++row)
    held.emplace(std::pair(rows.uuid(row, 0), rows.uuid(row, 1)), row);
  for (auto index : missing_) {
    const Append& turn = batch.appends[index];
    auto found = held.find({turn.tenant.bytes, turn.message.bytes});
    if (found == held.end()) {
      // The message has no turn, so it was the place that was taken.
      answer.appends[index] = AppendVerdict::kFenced;
      continue;
    }
    const int row = found->second;
    // Sealed under a random nonce: equal bytes are this very turn, committed by an attempt whose
    // answer was lost.
    const bool ours = again && rows.uuid(row, 2) == turn.conversation.bytes &&
                      static_cast<std::uint64_t>(rows.int8(row, 3)) == turn.seq &&
                      rows.bytes(row, 4) == turn.body;
    answer.appends[index] = ours ? AppendVerdict::kCommitted : AppendVerdict::kDuplicate;
  }
  return Done{};
}

}  // namespace mitr::postgres
