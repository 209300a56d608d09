#include "tests/history/crash_run.h"

#include <fstream>
#include <iterator>
#include <numeric>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "persistence/rows.h"
#include "tests/history/database_clock.h"
#include "tests/support/becomes.h"

namespace mitr::history {
namespace {

constexpr int kAppenders = 3;
constexpr std::chrono::seconds kPatience{60};
/// A line of the history, about.
constexpr std::size_t kEventBytes = 90;
/// Room for a new cluster, 40 MB, and what a long run writes.
constexpr std::size_t kDiskBytes = 192U << 20;
constexpr std::size_t kLogDiskBytes = 16U << 20;

std::string_view word_of(Mode mode) {
  switch (mode) {
    case Mode::kClock:
      return "clock";
    case Mode::kHasty:
      return "hasty";
    case Mode::kFence:
      break;
  }
  return "fence";
}

std::string text_of(const std::filesystem::path& file, std::size_t from = 0) {
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(from));
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t count_of(const std::string& words, const std::string& text) {
  std::size_t count = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
  return count;
}

std::uint32_t as_epoch(std::int32_t stored) {
  return static_cast<std::uint32_t>(stored);
}

/// `dsn` with its host replaced.
std::string through(const std::string& dsn, const std::string& host, const std::string& folder) {
  std::string changed = dsn;
  const auto at = changed.find(host);
  if (at != std::string::npos) changed.replace(at, host.size(), folder);
  return changed;
}

/// The folder of the socket that a DSN names.
std::string host_of(const std::string& dsn) {
  const auto from = dsn.find("host=");
  if (from == std::string::npos) return {};
  auto host = dsn.substr(from + 5, dsn.find(' ', from) - from - 5);
  std::erase(host, '\'');
  return host;
}

}  // namespace

CrashRun::CrashRun(const CrashRunOptions& options) : options_(options) {
  place_cluster();
  dsn_ = cluster_->dsn_app();
  if (options.clock && !ask_script(kPlantClock)) contract::give_up({Errc::kInternal, "no clock"});
  if (options.cut_one_in > 0) {
    const auto host = host_of(dsn_);
    const auto proxied = folder_.path() / "proxy";
    std::filesystem::create_directory(proxied);
    proxy_ = std::make_unique<CuttingProxy>(proxied, host + "/.s.PGSQL.5432", options.seed,
                                            options.cut_one_in);
    dsn_ = through(dsn_, host, proxied.string());
  }
  pids_.assign(kAppenders, 0);
  for (int process = 0; process < kAppenders; ++process) start_appender(process);
}

CrashRun::~CrashRun() {
  end();
}

void CrashRun::place_cluster() {
  // Beside the histories, which must not run out of space.
  const auto data = folder_.path() / "data";
  std::filesystem::create_directory(data);
  auto cluster = contract::unflushed(data);
  if (options_.small == OnSmallDisk::kAll) disk_ = std::make_unique<SmallDisk>(data, kDiskBytes);
  contract::copy_cluster(data);
  if (options_.small == OnSmallDisk::kLog)
    disk_ = std::make_unique<SmallDisk>(data / "postgres/pg_wal", kLogDiskBytes);
  if (disk_) {
    // As a real one: torn pages are mended, and the log is kept within the disk. What a checkpoint
    // does not need any more goes, so that the log soon asks for space.
    cluster.settings = {"fsync=on", "full_page_writes=on", "min_wal_size=2MB", "max_wal_size=4MB",
                        "wal_recycle=off"};
  }
  auto started = Cluster::attach_or_start(cluster);
  if (!started) contract::give_up(started.error());
  cluster_ = std::move(*started);
}

std::string CrashRun::file_of(int process) const {
  return (folder_.path() / ("history." + std::to_string(process))).string();
}

void CrashRun::start_appender(int process) {
  const std::vector<std::string> words{MITR_APPENDER,
                                       dsn_,
                                       std::to_string(process),
                                       std::to_string(options_.seed),
                                       file_of(process),
                                       std::to_string(options_.lease.count()),
                                       std::to_string(options_.pause.count()),
                                       std::string(word_of(options_.mode))};
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const auto at = static_cast<std::size_t>(process);
  if (::posix_spawn(&pids_[at], MITR_APPENDER, nullptr, nullptr, argv.data(), environ) != 0)
    std::abort();
}

void CrashRun::kill_appender(int process) {
  auto& pid = pids_[static_cast<std::size_t>(process)];
  if (pid == 0) return;
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  pid = 0;
}

void CrashRun::stop_appender(int process) {
  ::kill(pids_[static_cast<std::size_t>(process)], SIGSTOP);
}

void CrashRun::continue_appender(int process) {
  ::kill(pids_[static_cast<std::size_t>(process)], SIGCONT);
}

std::vector<std::size_t> CrashRun::sizes() const {
  std::vector<std::size_t> sizes;
  for (int process = 0; process < appenders(); ++process) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(file_of(process), missing);
    sizes.push_back(missing ? 0 : size);
  }
  return sizes;
}

std::size_t CrashRun::bytes_written() const {
  const auto all = sizes();
  return std::accumulate(all.begin(), all.end(), std::size_t{0});
}

bool CrashRun::goes_on(std::size_t events) {
  const auto before = bytes_written();
  return becomes([&] { return bytes_written() >= before + events * kEventBytes; }, kPatience);
}

Result<postgres::Rows> CrashRun::ask(const std::string& sql) {
  postgres::Connection connection(cluster_->dsn_superuser(), postgres::Session::kOwner, {});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  if (auto open = connection.open(deadline); !open) return open.error();
  connection.queue_sql(sql.c_str(), {});
  auto rows = connection.finish(deadline);
  if (!rows) return rows.error();
  return std::move(rows->front());
}

bool CrashRun::ask_script(const std::string& script) {
  postgres::Connection connection(cluster_->dsn_superuser(), postgres::Session::kOwner, {});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  return connection.open(deadline).ok() && connection.run_script(script).ok();
}

std::uint32_t CrashRun::epoch() {
  std::uint32_t epoch = 0;
  becomes(
      [&] {
        auto rows = ask("SELECT epoch FROM mitr.lease WHERE shard = 0");
        if (rows) epoch = static_cast<std::uint32_t>(rows->int4(0, 0));
        return rows.ok();
      },
      kPatience);
  return epoch;
}

bool CrashRun::taken_after(std::uint32_t before) {
  return becomes([&] { return epoch() > before; }, kPatience);
}

int CrashRun::holder() {
  // Whoever wrote last, by its own words, under the epoch that counts.
  int process = -1;
  becomes(
      [&] {
        const auto current = epoch();
        for (const auto& event : events()) {
          const bool of_shard_0 = event.conversation % static_cast<int>(kShards) == 0;
          const bool committed = event.kind == Event::Kind::kCommitted;
          if (of_shard_0 && committed && event.epoch == current) process = event.process;
        }
        return process >= 0;
      },
      kPatience);
  return process;
}

void CrashRun::kill_backend() {
  (void)ask(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'mitr_app' ORDER BY "
      "random() LIMIT 1");
}

void CrashRun::kill_postmaster() {
  if (const auto pid = cluster_->server_pid(); pid > 0) ::kill(pid, SIGKILL);
}

bool CrashRun::jump_clock(int minutes) {
  return becomes([&] { return ask_script(jump_by(minutes)); }, kPatience);
}

bool CrashRun::has_failed(const std::vector<std::size_t>& before) const {
  for (std::size_t process = 0; process < before.size(); ++process) {
    const auto text = text_of(file_of(static_cast<int>(process)), before[process]);
    if (text.find("\"failed\":true") != std::string::npos) return true;
  }
  return false;
}

bool CrashRun::fill_disk() {
  const auto before = sizes();
  // Again and again: a checkpoint gives space back. An appender tries for a while before it fails.
  const bool failed = becomes(
      [&] {
        disk_->fill();
        return has_failed(before);
      },
      kPatience);
  disk_->give_back();
  return failed;
}

std::size_t CrashRun::logged(const std::string& words) const {
  return count_of(words, text_of(cluster_->log_file()));
}

void CrashRun::end() {
  for (int process = 0; process < appenders(); ++process) kill_appender(process);
}

std::vector<Event> CrashRun::events() const {
  std::vector<Event> all;
  for (int process = 0; process < appenders(); ++process) {
    const auto events = read_events(text_of(file_of(process)));
    all.insert(all.end(), events.begin(), events.end());
  }
  return all;
}

std::vector<Row> CrashRun::rows() {
  std::vector<Row> rows;
  becomes(
      [&] {
        auto found = ask("SELECT seq, body, conversation_id, epoch FROM mitr.journal");
        if (!found) return false;
        for (int at = 0; at < found->count(); ++at) {
          Row row;
          // A body that says something else than its row is nobody's.
          const bool ours =
              read_body(found->bytes(at, 1), row) && row.conversation == found->uuid(at, 2)[0] &&
              (options_.mode != Mode::kFence || row.epoch == as_epoch(found->int4(at, 3)));
          if (!ours) row.message = -1;
          row.seq = static_cast<std::uint64_t>(found->int8(at, 0));
          rows.push_back(row);
        }
        return true;
      },
      kPatience);
  return rows;
}

}  // namespace mitr::history
