// Several appenders on one private PostgreSQL, and what can be done to them.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "persistence/postgres/cluster.h"
#include "tests/contract/test_cluster.h"
#include "tests/history/cutting_proxy.h"
#include "tests/history/history.h"
#include "tests/history/small_disk.h"

namespace mitr::history {

/// How an appender works: as the product does, or wrong on purpose. See appender.cpp.
enum class Mode { kFence, kClock, kHasty };
/// What of the cluster lies on a disk that can run out.
enum class OnSmallDisk { kNothing, kAll, kLog };

struct CrashRunOptions {
  unsigned seed = 0;
  Mode mode = Mode::kFence;
  std::chrono::milliseconds lease{400};
  std::chrono::milliseconds pause{0};
  /// One commit in so many loses its connection; 0: none.
  unsigned cut_one_in = 0;
  OnSmallDisk small = OnSmallDisk::kNothing;
  /// The database's clock can be made to jump.
  bool clock = false;
};

class CrashRun {
 public:
  explicit CrashRun(const CrashRunOptions& options);
  ~CrashRun();

  /// Waits until so many more events are written; false if they are not.
  bool goes_on(std::size_t events);
  /// The appender that holds shard 0 now, -1: nobody's lease counts.
  int holder();
  void kill_appender(int process);   ///< SIGKILL.
  void start_appender(int process);  ///< As a new process under the old number.
  void stop_appender(int process);   ///< SIGSTOP.
  void continue_appender(int process);
  /// Waits until shard 0 has a later epoch than `epoch`.
  bool taken_after(std::uint32_t epoch);
  std::uint32_t epoch();
  void kill_backend();
  void kill_postmaster();
  /// Sets the database's clock forward, or back if negative.
  bool jump_clock(int minutes);
  /// Lets the disk be full until a commit has failed, then gives the space back; false if none
  /// fails.
  bool fill_disk();
  /// How often the server's log has these words.
  std::size_t logged(const std::string& words) const;

  /// Ends the appenders; then the events and the rows are final.
  void end();
  std::vector<Event> events() const;
  std::vector<Row> rows();
  std::size_t cuts() const { return proxy_ ? proxy_->cuts() : 0; }
  int appenders() const { return static_cast<int>(pids_.size()); }

 private:
  std::string file_of(int process) const;
  std::size_t bytes_written() const;
  std::vector<std::size_t> sizes() const;
  /// A commit has failed, by what is written behind `before` bytes of each history.
  bool has_failed(const std::vector<std::size_t>& before) const;
  void place_cluster();
  Result<postgres::Rows> ask(const std::string& sql);
  bool ask_script(const std::string& script);

  CrashRunOptions options_;
  contract::TestFolder folder_;
  std::unique_ptr<SmallDisk> disk_;
  std::unique_ptr<Cluster> cluster_;
  std::unique_ptr<CuttingProxy> proxy_;
  std::string dsn_;
  std::vector<pid_t> pids_;
};

}  // namespace mitr::history
