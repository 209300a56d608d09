// Stands between a process and PostgreSQL's socket and cuts connections at the worst moment: after
// the client has said "commit" (Sync), before it hears the answer. Half of the cuts come before the
// server heard it either.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace mitr::history {

class CuttingProxy {
 public:
  /// Listens in `folder` as PostgreSQL would; forwards to `server`, a socket's path. One in
  /// `one_in` commits is cut.
  CuttingProxy(const std::filesystem::path& folder, std::string server, unsigned seed,
               unsigned one_in);
  ~CuttingProxy();
  std::size_t cuts() const { return cuts_; }

 private:
  void accept_all();
  void forward(int client);
  /// True if the connection goes on.
  bool pass_on(int client, int server);
  bool strikes();

  std::string server_;
  unsigned one_in_;
  int listener_ = -1;
  std::atomic<bool> ending_{false};
  std::atomic<std::size_t> cuts_{0};
  std::mutex mutex_;
  std::mt19937 random_;
  std::vector<std::thread> forwarders_;  ///< Of the acceptor alone, until it has ended.
  std::thread acceptor_;
};

}  // namespace mitr::history
