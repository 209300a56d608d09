// The private PostgreSQL in the node's data folder: started, watched, started again when it dies,
// stopped with us. Reached only through a socket in a folder of its own; who calls is told by the
// kernel, no password exists.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "protocols/result.h"

namespace mitr {

struct ClusterOptions {
  std::filesystem::path data;         ///< The cluster lives in `data`/postgres.
  std::vector<std::string> settings;  ///< "name=value", after ours, so they win.
  bool durable = true;                ///< False: no flush to disk at all. For tests.
  bool superuser_login = false;       ///< Lets this user in as superuser. For tests.
};

class Cluster {
 public:
  /// Makes the cluster at first, then starts its server; or joins one that runs there already
  /// (`serve` beside a tool). Returns when it takes connections. kRefused: nothing to run it with,
  /// or as; kUnavailable: it does not start.
  static Result<std::unique_ptr<Cluster>> attach_or_start(const ClusterOptions& options);
  /// Stops the server if this object started it: a fast shutdown, a clean folder.
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  /// For open_postgres.
  std::string dsn_app() const;
  /// For migrate.
  std::string dsn_owner() const;
  /// Only with `superuser_login`.
  std::string dsn_superuser() const;
  /// The server process, 0 while there is none or it is another's.
  pid_t server_pid() const;
  /// What the server says: starts, stops and faults; no statement, no value.
  std::filesystem::path log_file() const;

 private:
  struct Watch;
  explicit Cluster(std::unique_ptr<Watch> watch);
  std::unique_ptr<Watch> watch_;
};

}  // namespace mitr
