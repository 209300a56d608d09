// A million parents left a form half filled, and each is to be reminded at a moment of its own:
// how late the reminders are, whether each comes once though the node is killed in between, and
// what one costs. The cost is a ratio to the least that anybody could do with the same rows on the
// same machine: find the due ones by their index and delete them, a thousand a commit.
//
// usage: timer_bench [--timers N] [--rate DUE_PER_SECOND] [--kills N]
//
// Lateness is from the moment that is due to the commit of the turn: the reply leaves after it.
#include <algorithm>
#include <array>
#include <caf/all.hpp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "actors/engine.h"
#include "persistence/postgres/store.h"
#include "protocols/limits.h"
#include "tests/bench/school.h"

namespace mitr::bench {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::seconds;
using std::chrono::sys_seconds;

struct Options {
  std::int64_t timers = 1'000'000;
  std::int64_t rate = 2000;
  int kills = 3;
};

/// A benchmark lives by the clock.
void rest_until(sys_seconds moment) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(moment - std::chrono::system_clock::now());
  if (left.count() > 0) ::poll(nullptr, 0, static_cast<int>(left.count()));
}

// -- the node, a process of its own, so that it can be killed ----

/// Accepts whatever is posted.
class YesCourier : public Courier {
 public:
  void post(const std::string&, Personal,
            std::function<void(whatsapp::SendAnswer)> ended) override {
    ended({whatsapp::SendVerdict::kAccepted, Personal("wamid.out." + std::to_string(++count_)), 0});
  }

 private:
  std::atomic<std::uint64_t> count_{0};
};

int serve(const std::string& dsn, const std::filesystem::path& root_key) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  auto root = load_root_key(root_key, false);
  auto store = open_postgres(dsn);
  if (!root || !store) return 1;
  auto tenants = open_school(**store, *root);
  if (!tenants) return 1;
  constexpr std::size_t kWorkers = 2;
  EngineConfig config(kWorkers);
  caf::actor_system system(config);
  EngineParts parts;
  parts.tenants = *std::move(tenants);
  parts.store = store->get();
  parts.courier = std::make_shared<YesCourier>();
  parts.metrics = std::make_shared<Metrics>();
  parts.clock = system_wall_clock;
  parts.answer = [](std::uint64_t, int) {};
  parts.park_after = limits::kParkAfter;
  parts.lease_lasts = limits::kLeaseLasts;
  const Engine engine(system, std::move(parts));
  while (true) ::pause();
}

class Node {
 public:
  Node(std::string dsn, std::filesystem::path root_key)
      : words_{"/proc/self/exe", "--serve", std::move(dsn), root_key.string()} {}
  ~Node() { kill(); }

  void start() {
    std::vector<char*> argv;
    for (auto& word : words_) argv.push_back(word.data());
    argv.push_back(nullptr);
    if (::posix_spawn(&pid_, argv[0], nullptr, nullptr, argv.data(), environ) != 0) std::abort();
  }
  void kill() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    rusage usage{};
    ::wait4(pid_, nullptr, 0, &usage);
    pid_ = 0;
    for (const auto& time : {usage.ru_utime, usage.ru_stime})
      cpu_ += seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
  }
  /// Of those that were killed.
  std::chrono::microseconds cpu() const { return cpu_; }

 private:
  std::vector<std::string> words_;
  pid_t pid_ = 0;
  std::chrono::microseconds cpu_{0};
};

// -- the run ----

class TimerRun {
 public:
  TimerRun(const Options& options, BenchCluster& cluster)
      : options_(options),
        cluster_(cluster),
        db_(cluster.dsn_superuser(), postgres::Session::kOwner, {}) {}

  Status prepare() {
    const auto root_key = cluster_.folder() / "root.key";
    auto root = load_root_key(root_key, true);
    if (!root) return root.error();
    auto tenants = open_school(cluster_.store(), *root);
    if (!tenants) return tenants.error();
    auto school = school_among(*tenants);
    if (!school) return school.error();
    if (auto filled = fill(**school); !filled) return filled;
    if (auto made = cluster_.run(
            "CREATE SCHEMA bench; CREATE TABLE bench.due AS SELECT contact_id, at FROM mitr.timer;"
            "CREATE TABLE bench.timer (LIKE mitr.timer INCLUDING ALL);"
            "INSERT INTO bench.timer SELECT * FROM mitr.timer LIMIT 200000;");
        !made)
      return made;
    // Alone: it may not run inside a transaction.
    if (auto done = cluster_.run("VACUUM ANALYZE"); !done) return done;
    return cluster_.run("CHECKPOINT");
  }

  /// CPU of the server for one row of the least that could be done.
  Result<double> least() {
    const auto before = cluster_.cpu();
    std::int64_t rows = 0;
    while (true) {
      auto gone =
          ask("WITH gone AS (DELETE FROM bench.timer WHERE (tenant_id, contact_id) IN"
              " (SELECT tenant_id, contact_id FROM bench.timer WHERE shard = " +
              std::to_string(rows / 1000 % 16) +
              " ORDER BY at LIMIT 1000) RETURNING 1) SELECT count(*) FROM gone");
      if (!gone) return gone.error();
      rows += gone->int8(0, 0);
      if (gone->int8(0, 0) < 1000) break;
    }
    return static_cast<double>((cluster_.cpu() - before).count()) / static_cast<double>(rows);
  }

  Status run() {
    const auto late = std::chrono::floor<seconds>(std::chrono::system_clock::now()) - begin_;
    if (late > seconds(0))
      std::printf("filled %lld s too late: the first ones wait that long\n",
                  static_cast<long long>(late.count()));
    rest_until(begin_ - seconds(3));
    Node node(cluster_.dsn_app(), cluster_.folder() / "root.key");
    const auto before = cluster_.cpu();
    node.start();
    for (int kill = 1; kill <= options_.kills; ++kill) {
      rest_until(begin_ + window() * kill / (options_.kills + 1));
      node.kill();
      kills_.push_back(std::chrono::floor<seconds>(std::chrono::system_clock::now()));
      node.start();
    }
    rest_until(begin_ + window());
    const auto patience = Steady::now() + window() * 4 + seconds(60);
    while (Steady::now() < patience) {
      auto left = ask("SELECT count(*) FROM mitr.timer WHERE at <= " + moment(begin_ + window()));
      if (!left) return left.error();
      if (left->int8(0, 0) == 0) break;
      ::poll(nullptr, 0, 1000);
    }
    ended_ = std::chrono::system_clock::now();
    node.kill();
    server_cpu_ = cluster_.cpu() - before;
    node_cpu_ = node.cpu();
    return Done{};
  }

  Status report(double least_cpu) {
    auto counts =
        ask("SELECT count(*), count(DISTINCT conversation_id) FROM mitr.journal WHERE seq > 1");
    auto left = ask("SELECT count(*) FROM mitr.timer WHERE at <= " + moment(begin_ + window()));
    if (!counts || !left) return Error{Errc::kInternal, "cannot count"};
    const auto turns = counts->int8(0, 0), reminded = counts->int8(0, 1);
    std::printf(
        "%lld timers due over %lld s, %d kills: %lld reminded, %lld lost, %lld doubled, %lld rows "
        "left\n",
        static_cast<long long>(options_.timers), static_cast<long long>(window().count()),
        options_.kills, static_cast<long long>(reminded),
        static_cast<long long>(options_.timers - reminded),
        static_cast<long long>(turns - reminded), static_cast<long long>(left->int8(0, 0)));
    if (auto done = lateness("all", "true"); !done) return done;
    std::string calm = "true";
    for (const auto& kill : kills_)
      calm += " AND t.at NOT BETWEEN " + moment(kill - seconds(1)) + " AND " +
              moment(kill + seconds(10));
    if (auto done = lateness("but 11 s around each kill", calm); !done) return done;
    const auto each = [&](std::chrono::microseconds cpu) {
      return static_cast<double>(cpu.count()) /
             static_cast<double>(std::max<std::int64_t>(turns, 1));
    };
    const double whole = each(server_cpu_ + node_cpu_);
    std::printf("cpu a timer: node %.0f us, database %.0f us; least %.1f us: ratio %.1f\n",
                each(node_cpu_), each(server_cpu_), least_cpu, whole / least_cpu);
    return turns == reminded && reminded == options_.timers
               ? Status{Done{}}
               : Status{Error{Errc::kInternal, "not once each"}};
  }

 private:
  seconds window() const { return seconds(options_.timers / options_.rate); }

  static std::string moment(sys_seconds at) {
    return "to_timestamp(" + std::to_string(at.time_since_epoch().count()) + ")";
  }

  Result<postgres::Rows> ask(const std::string& sql) {
    const auto deadline = Steady::now() + seconds(120);
    if (auto open = db_.open(deadline); !open) return open.error();
    db_.queue_sql(sql.c_str(), {});
    auto rows = db_.finish(deadline);
    if (!rows) return rows.error();
    return std::move(rows->front());
  }

  Status fill(const TenantContext& school) {
    // A guess with room to spare: nobody has measured how fast the tables fill.
    constexpr std::int64_t kFilledPerSecond = 6000;
    begin_ = std::chrono::floor<seconds>(std::chrono::system_clock::now()) +
             seconds(20 + options_.timers / kFilledPerSecond);
    auto contacts = CopyIn::begin(cluster_.dsn_superuser(), kContactColumns);
    auto journal = CopyIn::begin(cluster_.dsn_superuser(), kJournalColumns);
    auto timers = CopyIn::begin(cluster_.dsn_superuser(),
                                "mitr.timer (tenant_id, contact_id, shard, at, number)");
    if (!contacts || !journal || !timers) return Error{Errc::kInternal, "COPY does not begin"};
    sys_seconds at{};
    std::string plain;
    for (std::int64_t i = 0; i < options_.timers; ++i) {
      const Parent parent{random_id<ContactId>(), SecretKey::random()};
      const auto due = begin_ + seconds(i / options_.rate);
      if (std::exchange(at, due) != due) plain = encode(first_turn(school, due));
      add_contact(**contacts, school, parent);
      add_turn(**journal, school, parent, 1, true, plain);
      (*timers)
          ->uuid(school.id.bytes)
          .uuid(parent.id.bytes)
          .number(shard_of(parent.id))
          .time(due)
          .text(kSchoolNumber)
          .end_row();
    }
    for (auto* copy : {&*contacts, &*journal, &*timers}) {
      if (auto done = (*copy)->end(); !done) return done;
    }
    return Done{};
  }

  Status lateness(const char* of, const std::string& where) {
    auto found =
        ask("SELECT count, (p[1] * 1000)::int8, (p[2] * 1000)::int8, (p[3] * 1000)::int8,"
            " (p[4] * 1000)::int8 FROM (SELECT count(*) AS count,"
            " percentile_disc(ARRAY[0.5, 0.99, 0.999, 1.0]) WITHIN GROUP"
            " (ORDER BY extract(epoch FROM j.created_at - t.at)::float8) AS p FROM bench.due t"
            " JOIN mitr.journal j ON j.conversation_id = t.contact_id AND j.seq = 2 WHERE " +
            where + ") AS f");
    if (!found) return found.error();
    if (found->int8(0, 0) == 0) return Done{};
    std::printf(
        "late, %s: p50 %lld ms, p99 %lld ms, p99.9 %lld ms, most %lld ms (%lld timers)\n", of,
        static_cast<long long>(found->int8(0, 1)), static_cast<long long>(found->int8(0, 2)),
        static_cast<long long>(found->int8(0, 3)), static_cast<long long>(found->int8(0, 4)),
        static_cast<long long>(found->int8(0, 0)));
    return Done{};
  }

  Options options_;
  BenchCluster& cluster_;
  postgres::Connection db_;
  sys_seconds begin_{};
  std::vector<sys_seconds> kills_;
  std::chrono::system_clock::time_point ended_{};
  std::chrono::microseconds server_cpu_{0}, node_cpu_{0};
};

Status bench(const Options& options) {
  auto cluster = BenchCluster::start(false);
  if (!cluster) return cluster.error();
  TimerRun run(options, **cluster);
  if (auto done = run.prepare(); !done) return done;
  auto least = run.least();
  if (!least) return least.error();
  if (auto done = run.run(); !done) return done;
  return run.report(*least);
}

}  // namespace
}  // namespace mitr::bench

int main(int argc, char** argv) {
  if (argc == 4 && std::strcmp(argv[1], "--serve") == 0)
    return mitr::bench::serve(argv[2], argv[3]);
  mitr::bench::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const long long value = std::atoll(argv[i + 1]);
    if (std::strcmp(argv[i], "--timers") == 0) options.timers = value;
    if (std::strcmp(argv[i], "--rate") == 0) options.rate = value;
    if (std::strcmp(argv[i], "--kills") == 0) options.kills = static_cast<int>(value);
  }
  const auto done = mitr::bench::bench(options);
  if (!done) std::fprintf(stderr, "timer_bench: %s\n", done.error().what.c_str());
  return done ? 0 : 1;
}
