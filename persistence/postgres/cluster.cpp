// The supervisor of the private PostgreSQL. One thread starts the server and waits for its end: the
// kernel's parent-death signal follows the thread that forked, so that thread must be one that
// never ends early.
#include "persistence/postgres/cluster.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <fcntl.h>
#include <fstream>
#include <libpq-fe.h>
#include <mutex>
#include <optional>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "persistence/postgres/cluster_folder.h"
#include "persistence/postgres/dsn.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

using postgres::ClusterFolder;
using postgres::Descriptor;
using Clock = std::chrono::steady_clock;

/// How often a starting server is asked whether it is ready, and a foreign one whether it still
/// lives.
constexpr auto kAskReady = std::chrono::milliseconds(10);
constexpr auto kAskAlive = std::chrono::milliseconds(200);
/// The log keeps starts and faults only; beyond this it begins anew.
constexpr off_t kLogBytesMax = 4 << 20;
/// Ends in a row before it was ever ready that count as "it does not start".
constexpr int kFalseStartsMax = 7;

/// Throughput with every commit flushed, and a log that can hold no one's words.
constexpr const char* kSettings[] = {
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "port=5432",
    "cluster_name=mitr",
    "max_connections=64",
    "shared_buffers=256MB",
    "wal_buffers=16MB",
    "max_wal_size=4GB",
    "min_wal_size=256MB",
    "checkpoint_timeout=15min",
    "recovery_init_sync_method=syncfs",
    "deadlock_timeout=200ms",
    "jit=off",
    "update_process_title=off",
    "max_parallel_workers_per_gather=0",
    "max_logical_replication_workers=0",
    "restart_after_crash=on",
    "logging_collector=off",
    "log_checkpoints=off",
    // Errors quote values; our own log has their SQLSTATE.
    "log_min_messages=log",
    "log_statement=none",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_min_duration_statement=-1",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
};

pid_t postmaster_of(const std::filesystem::path& folder) {
  std::ifstream file(folder / "postmaster.pid");
  pid_t pid = 0;
  file >> pid;
  return file && pid > 0 ? pid : 0;
}

bool is_alive(pid_t pid) {
  return pid > 0 && (::kill(pid, 0) == 0 || errno == EPERM);
}

}  // namespace

struct Cluster::Watch {
  ClusterOptions options;
  ClusterFolder folder;
  Descriptor folder_fd;
  Descriptor wake;
  std::atomic<pid_t> pid{0};
  std::atomic<bool> stopping{false};
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
  std::optional<Error> failure;
  std::thread thread;

  std::string dsn(const char* role) const {
    return "host=" + postgres::dsn_value(folder.socket.string()) +
           " port=5432 dbname=mitr user=" + role;
  }
  std::filesystem::path log_file() const { return folder.folder / "server.log"; }

  void run();
  Result<pid_t> start();
  bool answers() const;
  /// True if `fd` (or nothing, when -1) became readable or the time passed; false when we are told
  /// to stop.
  bool pause(int fd, std::chrono::milliseconds time) const;
  void stay_attached();
  bool wait_ready(int ended, bool& was_ready);
  void stop(pid_t server, int ended);
  void tell(bool is_ready);
  void fail(Error error);
};

bool Cluster::Watch::answers() const {
  const std::string target = dsn("mitr_app") + " connect_timeout=2";
  const char* const keywords[] = {"dbname", nullptr};
  const char* const values[] = {target.c_str(), nullptr};
  return PQpingParams(keywords, values, 1) == PQPING_OK;
}

bool Cluster::Watch::pause(int fd, std::chrono::milliseconds time) const {
  pollfd entries[2] = {{wake.get(), POLLIN, 0}, {fd, POLLIN, 0}};
  const int seen = ::poll(entries, 2, static_cast<int>(time.count()));
  return !(seen > 0 && entries[0].revents != 0) && !stopping;
}

void Cluster::Watch::tell(bool is_ready) {
  const std::lock_guard lock(mutex);
  ready = is_ready;
  changed.notify_all();
}

void Cluster::Watch::fail(Error error) {
  const std::lock_guard lock(mutex);
  failure = std::move(error);
  changed.notify_all();
}

Result<pid_t> Cluster::Watch::start() {
  struct stat facts {};
  const bool full = ::stat(log_file().c_str(), &facts) == 0 && facts.st_size > kLogBytesMax;
  const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | (full ? O_TRUNC : 0);
  const Descriptor log(::open(log_file().c_str(), flags, 0600));
  postgres::Launch server;
  server.command = {folder.programs / "postgres", "-D", postgres::kFolderPath, "-c",
                    "unix_socket_directories=" + folder.server_socket};
  const auto add = [&](std::string setting) {
    server.command.emplace_back("-c");
    server.command.push_back(std::move(setting));
  };
  for (const char* setting : kSettings) add(setting);
  if (!options.durable) {
    // Commits still reach the kernel: a killed server loses nothing, only a killed machine would.
    for (const char* setting : {"fsync=off", "full_page_writes=off"}) add(setting);
  }
  for (const auto& setting : options.settings) add(setting);
  server.user = folder.user;
  server.folder = folder_fd.get();
  server.output = log.get();
  server.dies_with_thread = true;
  return postgres::launch(server);
}

/// Another process runs the server: look on, and take over when it is gone.
void Cluster::Watch::stay_attached() {
  tell(true);
  const pid_t other = postmaster_of(folder.folder);
  while (is_alive(other) && pause(-1, kAskAlive)) {
  }
  tell(false);
}

/// Asks until the server answers. False when it ended or we are told to stop.
bool Cluster::Watch::wait_ready(int ended, bool& was_ready) {
  while (true) {
    pollfd entry{ended, POLLIN, 0};
    if (::poll(&entry, 1, 0) > 0) return false;
    // An answer may come from another's server whose lock ours just ran into; then ours ends in a
    // moment.
    if (postmaster_of(folder.folder) == pid && answers()) {
      was_ready = true;
      tell(true);
      return true;
    }
    if (!pause(ended, kAskReady)) return false;
  }
}

void Cluster::Watch::stop(pid_t server, int ended) {
  const auto wait = [&](std::chrono::milliseconds time) {
    pollfd entry{ended, POLLIN, 0};
    int seen = 0;
    do {
      seen = ::poll(&entry, 1, static_cast<int>(time.count()));
    } while (seen < 0 && errno == EINTR);
    return seen > 0;
  };
  ::kill(server, SIGINT);
  if (wait(limits::kClusterStopPatience)) return;
  ::kill(server, SIGQUIT);
  if (wait(std::chrono::seconds(5))) return;
  ::kill(server, SIGKILL);
  wait(std::chrono::seconds(5));
}

void Cluster::Watch::run() {
  auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(limits::kStoreRetryMin);
  int false_starts = 0;
  while (!stopping) {
    if (is_alive(postmaster_of(folder.folder)) && answers()) {
      stay_attached();
      continue;
    }
    auto started = start();
    if (!started) return fail(started.error());
    pid = *started;
    const Descriptor ended = postgres::watch_process(*started);
    bool was_ready = false;
    if (wait_ready(ended.get(), was_ready)) {
      while (pause(ended.get(), std::chrono::hours(1))) {
        pollfd entry{ended.get(), POLLIN, 0};
        if (::poll(&entry, 1, 0) > 0) break;
      }
    }
    if (stopping) stop(*started, ended.get());
    int status = 0;
    while (::waitpid(*started, &status, 0) < 0 && errno == EINTR) {
    }
    pid = 0;
    tell(false);
    if (was_ready) {
      rest = limits::kStoreRetryMin;
      false_starts = 0;
    } else if (!is_alive(postmaster_of(folder.folder)) && ++false_starts == kFalseStartsMax) {
      fail(Error{Errc::kUnavailable,
                 "the private database does not start; its reason is in " + log_file().string()});
    }
    if (!pause(-1, rest)) return;
    rest = std::min<std::chrono::milliseconds>(rest * 2, limits::kStoreRetryMax);
  }
}

Cluster::Cluster(std::unique_ptr<Watch> watch) : watch_(std::move(watch)) {
  watch_->thread = std::thread([watch = watch_.get()] { watch->run(); });
}

Cluster::~Cluster() {
  watch_->stopping = true;
  const std::uint64_t one = 1;
  // Cannot fail: an eventfd takes far more than one.
  if (::write(watch_->wake.get(), &one, sizeof one) < 0) std::terminate();
  watch_->thread.join();
}

Result<std::unique_ptr<Cluster>> Cluster::attach_or_start(const ClusterOptions& options) {
  auto folder =
      postgres::prepare_cluster_folder(options.data, options.durable, options.superuser_login);
  if (!folder) return folder.error();
  auto watch = std::make_unique<Watch>();
  watch->options = options;
  watch->folder = *folder;
  watch->folder_fd = Descriptor(::open(folder->folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  watch->wake = Descriptor(::eventfd(0, EFD_CLOEXEC));
  if (!watch->folder_fd.is_open() || !watch->wake.is_open()) {
    return Error{Errc::kUnavailable, "private database: cannot open " + folder->folder.string()};
  }
  Watch& watched = *watch;
  std::unique_ptr<Cluster> cluster(new Cluster(std::move(watch)));
  std::unique_lock lock(watched.mutex);
  watched.changed.wait_for(lock, limits::kClusterStartPatience,
                           [&] { return watched.ready || watched.failure.has_value(); });
  if (watched.ready) {
    lock.unlock();
    return cluster;
  }
  Error error = watched.failure.value_or(Error{
      Errc::kUnavailable,
      "the private database takes too long; its reason is in " + watched.log_file().string()});
  lock.unlock();
  return error;
}

std::string Cluster::dsn_app() const {
  return watch_->dsn("mitr_app");
}
std::string Cluster::dsn_owner() const {
  return watch_->dsn("mitr_owner");
}
std::string Cluster::dsn_superuser() const {
  return watch_->dsn("postgres");
}
pid_t Cluster::server_pid() const {
  return watch_->pid;
}
std::filesystem::path Cluster::log_file() const {
  return watch_->log_file();
}

}  // namespace mitr
