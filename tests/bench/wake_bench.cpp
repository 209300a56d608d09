// What it takes to wake a conversation, by its length: read it from the archive, open what was
// sealed, fold what happened. The ratios are to a conversation of a thousand turns in the same
// store, measured in turn with it: they must be about 1, for waking starts at the last snapshot.
// Each conversation stands where waking is dearest, one turn before its next snapshot.
//
// usage: wake_bench [--longest TURNS] [--rounds N]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "actors/conversation/decided_turn.h"
#include "actors/conversation/woken.h"
#include "tests/bench/school.h"

namespace mitr::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

struct Options {
  std::uint64_t longest = 1'000'000;
  std::size_t rounds = 2000;
};

/// One of the conversations that are compared, and what its wakings took.
struct Talk {
  std::uint64_t turns = 0;
  Parent parent{random_id<ContactId>(), SecretKey::random()};
  std::vector<Microseconds> reads, folds, wholes;
};

Microseconds share(std::vector<Microseconds> times, double part) {
  const auto at =
      times.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(times.size() - 1) * part);
  std::nth_element(times.begin(), at, times.end());
  return *at;
}

/// About as many turns as wished, with as many behind the last snapshot as there can be.
std::uint64_t dearest(std::uint64_t turns) {
  return turns / kSnapshotEvery * kSnapshotEvery + kSnapshotEvery - 1;
}

Status store_talks(BenchCluster& cluster, const TenantContext& school,
                   const std::vector<Talk>& talks) {
  auto turn = first_turn(
      school, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) +
                  std::chrono::hours(1));
  const auto with_snapshot = encode(turn);
  turn.snapshot.reset();
  const auto without = encode(turn);
  auto contacts = CopyIn::begin(cluster.dsn_superuser(), kContactColumns);
  if (!contacts) return contacts.error();
  for (const auto& talk : talks) add_contact(**contacts, school, talk.parent);
  if (auto done = (*contacts)->end(); !done) return done;
  auto journal = CopyIn::begin(cluster.dsn_superuser(), kJournalColumns);
  if (!journal) return journal.error();
  for (const auto& talk : talks) {
    for (std::uint64_t seq = 1; seq <= talk.turns; ++seq) {
      const bool snapshot = seq % kSnapshotEvery == 0;
      add_turn(**journal, school, talk.parent, seq, snapshot, snapshot ? with_snapshot : without);
    }
  }
  return (*journal)->end();
}

Status wake(Reader& reader, const TenantContext& school, Talk& talk) {
  const auto begun = Clock::now();
  auto stored = reader.conversation(school.id, talk.parent.id);
  const auto read = Clock::now();
  if (!stored) return stored.error();
  auto woken = woken_conversation(school, talk.parent.id, *stored);
  const auto ended = Clock::now();
  if (!woken) return woken.error();
  if (woken->last_seq != talk.turns || woken->state.at_rest())
    return Error{Errc::kInternal, "it woke as another"};
  talk.reads.emplace_back(read - begun);
  talk.folds.emplace_back(ended - read);
  talk.wholes.emplace_back(ended - begun);
  return Done{};
}

void print(const std::vector<Talk>& talks) {
  std::printf("%10s %10s %10s %10s %10s %8s\n", "turns", "read us", "fold us", "wake us", "p99 us",
              "ratio");
  const auto base = share(talks.front().wholes, 0.5);
  for (const auto& talk : talks) {
    const auto whole = share(talk.wholes, 0.5);
    std::printf("%10llu %10.0f %10.0f %10.0f %10.0f %8.2f\n",
                static_cast<unsigned long long>(talk.turns), share(talk.reads, 0.5).count(),
                share(talk.folds, 0.5).count(), whole.count(), share(talk.wholes, 0.99).count(),
                whole / base);
  }
}

Status run(const Options& options) {
  auto cluster = BenchCluster::start(false);
  if (!cluster) return cluster.error();
  auto tenants = open_school((*cluster)->store(), SecretKey::random());
  if (!tenants) return tenants.error();
  auto school = school_among(*tenants);
  if (!school) return school.error();
  std::vector<Talk> talks;
  for (const std::uint64_t turns : {std::uint64_t{1000}, std::uint64_t{32'000}, options.longest}) {
    talks.emplace_back();
    talks.back().turns = dearest(turns);
  }
  if (auto stored = store_talks(**cluster, **school, talks); !stored) return stored;
  // What the filling left to be written must not be waited for by those that wake.
  for (const char* settle : {"VACUUM ANALYZE mitr.journal", "CHECKPOINT"}) {
    if (auto done = (*cluster)->run(settle); !done) return done;
  }
  auto reader = (*cluster)->store().reader();
  for (std::size_t round = 0; round < options.rounds; ++round) {
    for (auto& talk : talks) {
      if (auto woken = wake(*reader, **school, talk); !woken) return woken;
    }
  }
  print(talks);
  return Done{};
}

}  // namespace
}  // namespace mitr::bench

int main(int argc, char** argv) {
  mitr::bench::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--longest") == 0)
      options.longest = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--rounds") == 0)
      options.rounds = std::strtoull(argv[i + 1], nullptr, 10);
  }
  const auto done = mitr::bench::run(options);
  if (!done) std::fprintf(stderr, "wake_bench: %s\n", done.error().what.c_str());
  return done ? 0 : 1;
}
