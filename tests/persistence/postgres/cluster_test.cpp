// The private cluster: started, joined, killed, healed. Each test has a cluster of its own.
#include "persistence/postgres/cluster.h"

#include <array>
#include <atomic>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <optional>
#include <signal.h>
#include <sstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "persistence/crypto/keys.h"
#include "persistence/postgres/cluster_folder.h"
#include "tests/contract/test_cluster.h"
#include "tests/support/becomes.h"

namespace mitr::contract {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

KeyedHash random_hash() {
  KeyedHash hash;
  random_bytes(hash.bytes.data(), hash.bytes.size());
  return hash;
}

std::unique_ptr<Cluster> start(const fs::path& data) {
  auto started = Cluster::attach_or_start(unflushed(data));
  EXPECT_TRUE(started.ok()) << (started.ok() ? "" : started.error().what);
  return started.ok() ? std::move(*started) : nullptr;
}

/// The same, from a copy of a migrated one.
std::unique_ptr<Cluster> start_copy(const fs::path& data) {
  copy_cluster(data);
  return start(data);
}

std::unique_ptr<Store> open_migrated(const Cluster& cluster) {
  auto migrated = migrate(cluster.dsn_owner());
  EXPECT_TRUE(migrated.ok()) << (migrated.ok() ? "" : migrated.error().what);
  auto store = open_postgres(cluster.dsn_app());
  EXPECT_TRUE(store.ok()) << (store.ok() ? "" : store.error().what);
  return store.ok() ? std::move(*store) : nullptr;
}

bool soon(const std::function<bool()>& so) {
  return becomes(so, 20s);
}

Batch one_turn(const TenantId& tenant, const ContactId& conversation, std::uint64_t seq) {
  Batch batch;
  batch.appends.resize(1);
  Append& turn = batch.appends[0];
  turn.tenant = tenant;
  turn.conversation = conversation;
  turn.seq = seq;
  turn.message = random_hash();
  turn.body = "sealed " + to_string(random_id<RequestId>());
  turn.outbox.resize(1);
  turn.outbox[0].ref = {conversation, seq, 0};
  turn.outbox[0].body = "sealed";
  return batch;
}

std::string read_all(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST(ClusterStart, MakesAPrivateServerThatStartsAgain) {
  TestFolder data;
  const auto tenant = random_id<TenantId>();
  const auto who = random_id<ContactId>();
  {
    auto cluster = start(data.path());
    ASSERT_NE(cluster, nullptr);
    EXPECT_GT(cluster->server_pid(), 0);
    auto store = open_migrated(*cluster);
    ASSERT_NE(store, nullptr);
    EXPECT_TRUE(store->writer()->commit(one_turn(tenant, who, 1)).ok());
    struct stat facts {};
    for (const char* folder : {"postgres", "postgres/socket"}) {
      ASSERT_EQ(::stat((data.path() / folder).c_str(), &facts), 0);
      EXPECT_EQ(facts.st_mode & 0077, 0U) << folder;
    }
  }
  EXPECT_FALSE(fs::exists(data.path() / "postgres/postmaster.pid"));
  auto cluster = start(data.path());
  ASSERT_NE(cluster, nullptr);
  auto store = open_migrated(*cluster);
  EXPECT_EQ(store->reader()->turns(tenant, {}, 0, 10)->size(), 1U);
}

TEST(ClusterStart, LetsNoSuperuserInAndGivesTheServerNothingOfOurs) {
  TestFolder data;
  copy_cluster(data.path());
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);  // Without close-on-exec, as a careless library would.
  char mine[64];
  const auto name_of = [&](const std::string& link) {
    const auto size = ::readlink(link.c_str(), mine, sizeof mine);
    return size > 0 ? std::string(mine, static_cast<std::size_t>(size)) : std::string();
  };
  const auto pipe_name = name_of("/proc/self/fd/" + std::to_string(ends[0]));
  auto options = unflushed(data.path());
  options.superuser_login = false;
  auto cluster = Cluster::attach_or_start(options);
  ASSERT_TRUE(cluster.ok());
  EXPECT_EQ(open_postgres((*cluster)->dsn_superuser()).error().code, Errc::kUnavailable);
  for (const auto& entry :
       fs::directory_iterator("/proc/" + std::to_string((*cluster)->server_pid()) + "/fd")) {
    EXPECT_NE(name_of(entry.path()), pipe_name);
  }
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(ClusterStart, ReplacesAHalfMadeFolder) {
  TestFolder data;
  fs::create_directories(data.path() / "postgres.part/base");
  std::ofstream(data.path() / "postgres.part/PG_VERSION") << "15\n";
  EXPECT_NE(start(data.path()), nullptr);
  EXPECT_FALSE(fs::exists(data.path() / "postgres.part"));
}

TEST(ClusterStart, RefusesAFolderThatIsNoCluster) {
  TestFolder data;
  fs::create_directories(data.path() / "postgres/photos");
  EXPECT_EQ(Cluster::attach_or_start(unflushed(data.path())).error().code, Errc::kRefused);
  EXPECT_TRUE(fs::exists(data.path() / "postgres/photos"));
}

TEST(ClusterStart, PutsTheSocketElsewhereWhenThePathIsLong) {
  TestFolder data;
  const auto deep = data.path() / std::string(90, 'd');
  auto cluster = start(deep);
  ASSERT_NE(cluster, nullptr);
  EXPECT_NE(open_migrated(*cluster), nullptr);
  EXPECT_EQ(cluster->dsn_app().find(std::string(90, 'd')), std::string::npos);
}

TEST(ClusterStart, SaysWhyTheServerDoesNotStart) {
  TestFolder data;
  copy_cluster(data.path());
  auto options = unflushed(data.path());
  options.settings = {"shared_buffers=nonsense"};
  auto failed = Cluster::attach_or_start(options);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code, Errc::kUnavailable);
  EXPECT_NE(failed.error().what.find("server.log"), std::string::npos);
  EXPECT_NE(read_all(data.path() / "postgres/server.log").find("shared_buffers"),
            std::string::npos);
}

TEST(ClusterPrograms, AreTheNewestThatAreComplete) {
  TestFolder root;
  const auto install = [&](const char* version, const std::vector<const char*>& programs) {
    fs::create_directories(root.path() / version / "bin");
    for (const char* program : programs) {
      const auto file = root.path() / version / "bin" / program;
      std::ofstream(file) << "#!/bin/sh\n";
      ::chmod(file.c_str(), 0755);
    }
  };
  install("9.6", {"postgres", "initdb"});
  install("14", {"postgres", "initdb"});
  install("15", {"postgres", "initdb"});
  install("16", {"postgres", "initdb"});
  install("17", {"initdb"});
  install("common", {"postgres", "initdb"});
  const auto found = postgres::find_programs(root.path());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], root.path() / "16/bin");
  EXPECT_EQ(found[1], root.path() / "15/bin");
  EXPECT_TRUE(postgres::find_programs(root.path() / "nowhere").empty());
}

TEST(ClusterAttach, JoinsARunningServerAndTakesOverWhenItIsGone) {
  TestFolder data;
  auto first = start_copy(data.path());
  ASSERT_NE(first, nullptr);
  auto store = open_migrated(*first);
  auto second = start(data.path());
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->server_pid(), 0);
  EXPECT_EQ(second->dsn_app(), first->dsn_app());
  auto writer = store->writer();
  const auto tenant = random_id<TenantId>();
  const auto who = random_id<ContactId>();
  EXPECT_TRUE(writer->commit(one_turn(tenant, who, 1)).ok());
  first.reset();
  EXPECT_TRUE(writer->commit(one_turn(tenant, who, 2)).ok());
  EXPECT_TRUE(soon([&] { return second->server_pid() > 0; }));
  EXPECT_EQ(store->reader()->turns(tenant, {}, 0, 10)->size(), 2U);
}

TEST(ClusterCrash, HealsAWriterAndAReaderWhenTheServerIsKilled) {
  TestFolder data;
  auto cluster = start_copy(data.path());
  ASSERT_NE(cluster, nullptr);
  auto store = open_migrated(*cluster);
  auto writer = store->writer();
  auto reader = store->reader();
  const auto tenant = random_id<TenantId>();
  const auto who = random_id<ContactId>();
  ASSERT_TRUE(writer->commit(one_turn(tenant, who, 1)).ok());
  ASSERT_TRUE(reader->ping().ok());
  const pid_t before = cluster->server_pid();
  ASSERT_EQ(::kill(before, SIGKILL), 0);
  auto answer = writer->commit(one_turn(tenant, who, 2));
  ASSERT_TRUE(answer.ok()) << answer.error().what;
  EXPECT_EQ(answer->appends[0], AppendVerdict::kCommitted);
  // A server process may outlive its parent by a moment and still have committed that one.
  EXPECT_TRUE(soon([&] { return cluster->server_pid() > 0 && cluster->server_pid() != before; }));
  answer = writer->commit(one_turn(tenant, who, 3));
  ASSERT_TRUE(answer.ok()) << answer.error().what;
  EXPECT_EQ(answer->appends[0], AppendVerdict::kCommitted);
  EXPECT_TRUE(soon([&] { return reader->ping().ok(); }));
  auto turns = reader->turns(tenant, {}, 0, 10);
  ASSERT_TRUE(turns.ok());
  EXPECT_EQ(turns->size(), 3U);
}

/// Turns of one contact, which must be 1, 2, 3 ….
std::uint64_t turns_in_order(Reader& reader, const TenantId& tenant, const ContactId& contact) {
  std::uint64_t last = 0;
  for (std::uint64_t after = 0;; after = last) {
    auto turns = reader.turns(tenant, contact, after, 1000);
    EXPECT_TRUE(turns.ok());
    if (!turns) return last;
    std::erase_if(*turns, [&](const StoredTurn& turn) { return turn.row.conversation != contact; });
    if (turns->empty()) return last;
    for (const auto& turn : *turns) EXPECT_EQ(turn.row.seq, ++last);
  }
}

TEST(ClusterCrash, LosesNothingThatWasAcknowledged) {
  TestFolder data;
  auto cluster = start_copy(data.path());
  ASSERT_NE(cluster, nullptr);
  auto store = open_migrated(*cluster);
  const auto tenant = random_id<TenantId>();
  constexpr std::size_t kWriters = 2;
  std::atomic<bool> stop{false};
  std::array<std::atomic<std::uint64_t>, kWriters> acknowledged{};
  std::array<ContactId, kWriters> people{random_id<ContactId>(), random_id<ContactId>()};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (std::size_t w = 0; w < kWriters; ++w) {
    threads.emplace_back([&, w] {
      auto writer = store->writer();
      for (std::uint64_t seq = 1; !stop && seq < 1'000'000; ++seq) {
        auto answer = writer->commit(one_turn(tenant, people[w], seq));
        // A lost answer is settled inside commit: neither a duplicate nor a fence may surface.
        if (!answer.ok() || answer->appends[0] != AppendVerdict::kCommitted) {
          ++wrong;
          return;
        }
        acknowledged[w] = seq;
      }
    });
  }
  const auto progress = [&](std::uint64_t more) {
    const std::uint64_t from[] = {acknowledged[0], acknowledged[1]};
    return soon([&, more] {
      return wrong > 0 || (acknowledged[0] >= from[0] + more && acknowledged[1] >= from[1] + more);
    });
  };
  for (int round = 0; round < 12; ++round) {
    EXPECT_TRUE(progress(20));
    if (round % 4 == 3) {
      EXPECT_EQ(::kill(cluster->server_pid(), SIGKILL), 0);
    } else {
      postgres::Connection super(cluster->dsn_superuser(), postgres::Session::kOwner, {});
      // The server may still be on its way back from the last kill.
      EXPECT_TRUE(soon([&] { return super.open(std::chrono::steady_clock::now() + 10s).ok(); }));
      EXPECT_TRUE(super
                      .run_script("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                  " WHERE usename = 'mitr_app'")
                      .ok());
    }
  }
  EXPECT_TRUE(progress(20));
  stop = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  auto reader = store->reader();
  // Server processes that outlived their killed parent may have carried the writers this far.
  EXPECT_TRUE(soon([&] { return reader->ping().ok(); }));
  for (std::size_t w = 0; w < kWriters; ++w) {
    // Nobody claimed these contacts; their turns are there all the same.
    auto stored = reader->conversation(tenant, people[w]);
    ASSERT_FALSE(stored.ok());
    EXPECT_EQ(stored.error().code, Errc::kNotFound);
    EXPECT_EQ(turns_in_order(*reader, tenant, people[w]), acknowledged[w]);
  }
  auto due =
      reader->due(tenant, std::chrono::sys_seconds(std::chrono::seconds(4'000'000'000)), 1'000'000);
  EXPECT_EQ(due->size(), acknowledged[0] + acknowledged[1]);
}

TEST(ClusterCrash, SaysUnavailableWhenPatienceEnds) {
  auto writer_of_nobody = [&] {
    TestFolder data;
    auto cluster = start_copy(data.path());
    return open_migrated(*cluster)->writer();
  }();
  const auto from = std::chrono::steady_clock::now();
  auto answer =
      writer_of_nobody->commit(one_turn(random_id<TenantId>(), random_id<ContactId>(), 1));
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, Errc::kUnavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - from, 10s);
}

constexpr const char* kDataVariable = "MITR_TEST_CLUSTER_DATA";

TEST(ClusterCrash, RecoversWhenTheNodeItselfIsKilled) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  // The dying process is this binary run again: it learns the folder from its environment.
  const char* given = std::getenv(kDataVariable);
  std::optional<TestFolder> folder;
  if (given == nullptr) folder.emplace();
  const fs::path data = given != nullptr ? fs::path(given) : folder->path();
  ::setenv(kDataVariable, data.c_str(), 1);
  EXPECT_EXIT(
      {
        auto cluster = start(data);
        auto store = open_migrated(*cluster);
        const TenantId tenant{};
        auto answer = store->writer()->commit(one_turn(tenant, ContactId{}, 1));
        ::kill(::getpid(), answer.ok() ? SIGKILL : SIGTERM);
      },
      ::testing::KilledBySignal(SIGKILL), "");
  ::unsetenv(kDataVariable);
  auto cluster = start(data);
  ASSERT_NE(cluster, nullptr);
  auto store = open_migrated(*cluster);
  ASSERT_NE(store, nullptr);
  auto reader = store->reader();
  EXPECT_TRUE(soon([&] {
    auto turns = reader->turns(TenantId{}, ContactId{}, 0, 10);
    return turns.ok() && turns->size() == 1;
  }));
}

TEST(ClusterLog, HoldsNothingThatWasWritten) {
  TestFolder data;
  auto cluster = start_copy(data.path());
  ASSERT_NE(cluster, nullptr);
  auto store = open_migrated(*cluster);
  postgres::Connection app(cluster->dsn_app(), postgres::Session::kOwner, {});
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  ASSERT_TRUE(app.open(deadline).ok());
  const std::string canary = "canary-919800000001";
  app.queue_sql("INSERT INTO mitr.tenant VALUES (gen_random_uuid(), $1::text, $1::text, '{}', 'k')",
                std::array<postgres::Param, 1>{canary});
  ASSERT_TRUE(app.finish(deadline).ok());
  // A unique key that is taken, and a value that does not parse: both would quote it.
  for (const char* sql :
       {"INSERT INTO mitr.tenant VALUES (gen_random_uuid(), $1::text, $1::text, '{}', 'k')",
        "SELECT ($1::text)::integer"}) {
    app.queue_sql(sql, std::array<postgres::Param, 1>{canary});
    auto refused = app.finish(deadline);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().what.find(canary), std::string::npos);
  }
  EXPECT_EQ(read_all(cluster->log_file()).find(canary), std::string::npos);
}

}  // namespace
}  // namespace mitr::contract
