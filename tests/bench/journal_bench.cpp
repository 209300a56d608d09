// How near the journal's group commit comes to what the machine can do. Two limits, measured in the
// same run beside it: COPY for rows, and the disk's flush for commits. Starts a server of its own,
// never talks to another; about a minute.
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

#include "persistence/postgres/server_process.h"
#include "tests/bench/bench_cluster.h"
#include "tests/bench/copy_limit.h"
#include "tests/bench/journal_report.h"
#include "tests/bench/journal_rows.h"

namespace mitr::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr int kRoundsMax = 1000;
/// A sample ends with the first of both. Tables begin empty and end alike, so that no variant meets
/// deeper indexes than another, unless the machine is slow.
constexpr double kSampleRows = 65'536;
constexpr auto kSampleTime = std::chrono::milliseconds(1500);
constexpr auto kFlushEvery = std::chrono::milliseconds(20);
constexpr auto kLeaseTime = std::chrono::hours(12);
constexpr std::size_t kRowsBatch = 256;
constexpr std::size_t kTurnsTenants = 4;

struct Options {
  int rounds = kRounds;
  bool json = false;
  bool statements = false;
};

/// Writes one batch and answers how much that was.
using Step = std::function<Result<std::size_t>()>;
struct Variant {
  Series series;
  Step step;
};

// -- what is written ----

/// Every append must be stored: a batch of duplicates would be fast.
Result<std::size_t> stored(const Result<BatchAnswer>& answer) {
  if (!answer) return answer.error();
  for (auto verdict : answer->appends) {
    if (verdict != AppendVerdict::kCommitted)
      return Error{Errc::kInternal, "the journal did not store a turn"};
  }
  return answer->appends.size();
}

/// Seals the next batch while the last is written: in a node the conversations seal, and the
/// writer waits for the store.
class SealedAhead {
 public:
  explicit SealedAhead(std::function<Batch()> make) : make_(std::move(make)) { begin(); }
  Batch take() {
    Batch batch = next_.get();
    begin();
    return batch;
  }

 private:
  void begin() { next_ = std::async(std::launch::async, make_); }
  std::function<Batch()> make_;
  std::future<Batch> next_;
};

Step step_of(Writer& writer, std::function<Batch()> make) {
  auto ahead = std::make_shared<SealedAhead>(std::move(make));
  return [&writer, ahead] { return stored(writer.commit(ahead->take())); };
}

/// Journal rows alone.
Step rows_step(Writer& writer, std::shared_ptr<JournalRows> rows, std::size_t count) {
  return step_of(writer, [rows = std::move(rows), count] {
    Batch batch;
    for (std::size_t i = 0; i < count; ++i) {
      batch.appends.push_back(rows->draw());
      rows->seal_body(batch.appends.back());
    }
    return batch;
  });
}

/// Turns with their replies, and the news that those of the batch before have left.
Step turns_step(Writer& writer, std::shared_ptr<JournalRows> rows, std::size_t count) {
  return step_of(writer,
                 [rows = std::move(rows), count, left = std::vector<OutboxMark>()]() mutable {
                   Batch batch;
                   batch.marks = std::exchange(left, {});
                   for (std::size_t i = 0; i < count; ++i) {
                     batch.appends.push_back(rows->draw());
                     auto& turn = batch.appends.back();
                     rows->seal_body(turn);
                     rows->seal_reply(turn);
                     left.push_back(JournalRows::sent(turn));
                   }
                   return batch;
                 });
}

/// What a commit cannot do without, on the same disk: 8 KiB written over, and flushed.
class Disk {
 public:
  explicit Disk(const std::filesystem::path& folder)
      : file_(::open((folder / "flushed").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    for (off_t at = 0; at < kFileBytes; at += kPageBytes) write(at);
    if (::fsync(file_.get()) != 0) broken_ = true;
  }
  Status flush() {
    write(at_);
    at_ = (at_ + kPageBytes) % kFileBytes;
    if (::fdatasync(file_.get()) != 0) broken_ = true;
    if (broken_) return Error{Errc::kUnavailable, "the disk does not flush"};
    return Done{};
  }

 private:
  static constexpr off_t kPageBytes = 8192;
  static constexpr off_t kFileBytes = 16 << 20;
  void write(off_t at) {
    if (::pwrite(file_.get(), page_.data(), page_.size(), at) != kPageBytes) broken_ = true;
  }
  postgres::Descriptor file_;
  std::array<char, kPageBytes> page_{};
  off_t at_ = 0;
  bool broken_ = false;
};

// -- measuring ----

/// Of all our threads; the server is a process of its own.
double client_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double seconds_of(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

/// Writes for the sample's time, and now and then flushes the disk between two batches, off the
/// clock: its speed may change tenfold within seconds.
Status write_for_a_while(const Step& step, Disk& disk, Sample& sample) {
  Clock::duration spent{}, flushing{}, since_flush = kFlushEvery;
  int flushes = 0;
  while (sample.count < kSampleRows && spent < kSampleTime) {
    const auto begun = Clock::now();
    const double client = client_seconds();
    const auto count = step();
    sample.client_seconds += client_seconds() - client;
    const auto ended = Clock::now();
    if (!count) return count.error();
    sample.count += static_cast<double>(*count);
    spent += ended - begun;
    since_flush += ended - begun;
    if (since_flush < kFlushEvery) continue;
    if (auto done = disk.flush(); !done) return done;
    flushing += Clock::now() - ended;
    since_flush = {};
    ++flushes;
  }
  sample.seconds = seconds_of(spent);
  sample.flush_seconds = seconds_of(flushing) / flushes;
  return Done{};
}

Result<Sample> measure(BenchCluster& cluster, CopyLimit& limit, Disk& disk, const Step& step) {
  if (auto done = cluster.empty(); !done) return done.error();
  if (auto done = limit.empty(); !done) return done.error();
  const auto wal = cluster.wal_bytes();
  if (!wal) return wal.error();
  const auto server = cluster.cpu();
  Sample sample;
  if (auto done = write_for_a_while(step, disk, sample); !done) return done.error();
  sample.server_seconds = seconds_of(cluster.cpu() - server);
  const auto wal_after = cluster.wal_bytes();
  if (!wal_after) return wal_after.error();
  sample.wal_bytes = static_cast<double>(*wal_after - *wal);
  auto statements = cluster.statements();
  if (!statements) return statements.error();
  sample.statements = std::move(*statements);
  return sample;
}

Status run_rounds(BenchCluster& cluster, CopyLimit& limit, std::vector<Variant>& variants,
                  int rounds) {
  Disk disk(cluster.folder());
  for (int round = 0; round < rounds; ++round) {
    for (auto& variant : variants) {
      auto sample = measure(cluster, limit, disk, variant.step);
      if (!sample) return sample.error();
      variant.series.samples.push_back(std::move(*sample));
    }
    std::fprintf(stderr, "journal_bench: round %d of %d\n", round + 1, rounds);
  }
  return Done{};
}

Status run(const Options& options) {
  auto started = BenchCluster::start(options.statements);
  if (!started) return started.error();
  BenchCluster& cluster = **started;
  auto limit = CopyLimit::open(cluster);
  if (!limit) return limit.error();
  const auto leases = cluster.store().leases();
  const auto held = leases->hold(kLeaseTime, {});
  if (!held) return held.error();
  const auto writer = cluster.store().writer();
  // Of its own for each, for one draws ahead.
  const auto rows_of = [&](std::size_t tenants) {
    return std::make_shared<JournalRows>(tenants, *held);
  };

  std::vector<Variant> variants;
  variants.push_back({{"COPY by 8192", "limit", 8, kCopyRows, 0, {}},
                      [&, rows = rows_of(8)]() -> Result<std::size_t> {
                        if (auto done = (*limit)->copy(*rows); !done) return done.error();
                        return kCopyRows;
                      }});
  variants.push_back(
      {{"8 tenants", "rows", 8, kRowsBatch, 0.75, {}}, rows_step(*writer, rows_of(8), kRowsBatch)});
  variants.push_back({{"50 tenants", "rows", 50, kRowsBatch, 0.40, {}},
                      rows_step(*writer, rows_of(50), kRowsBatch)});
  for (const std::size_t batch : {1U, 16U, 64U, 256U}) {
    variants.push_back(
        {{"batches of " + std::to_string(batch), "turns", kTurnsTenants, batch, 0, {}},
         turns_step(*writer, rows_of(kTurnsTenants), batch)});
  }
  if (auto done = run_rounds(cluster, **limit, variants, options.rounds); !done) return done;
  std::vector<Series> all;
  all.reserve(variants.size());
  for (auto& variant : variants) all.push_back(std::move(variant.series));
  (options.json ? print_json : print_table)(all);
  return Done{};
}

/// Nothing if an argument is not understood. Those of the other benchmarks are let pass, for
/// `./dev bench` hands the same to all.
std::optional<Options> read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json") {
      options.json = true;
    } else if (word == "--statements") {
      options.statements = true;
    } else if (word == "--rounds" && i + 1 < argc) {
      options.rounds = std::atoi(argv[++i]);
    } else if (!word.starts_with("--benchmark_")) {
      return std::nullopt;
    }
  }
  if (options.rounds < 1 || options.rounds > kRoundsMax) return std::nullopt;
  return options;
}

}  // namespace
}  // namespace mitr::bench

int main(int argc, char** argv) {
  const auto options = mitr::bench::read_options(argc, argv);
  if (!options) {
    std::fprintf(
        stderr,
        "usage: journal_bench [--rounds N] [--json] [--statements]\n"
        "  --statements  also what each statement takes; the counting slows all a little\n");
    return 2;
  }
  if (auto done = mitr::bench::run(*options); !done) {
    std::fprintf(stderr, "journal_bench: %s\n", done.error().what.c_str());
    return 1;
  }
  return 0;
}
