// A `mitr serve` of our own: its settings in a temporary folder, its process, its port; a Graph API
// stub beside it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <vector>

#include "actors/http/client.h"
#include "actors/http/server.h"
#include "protocols/whatsapp/signature.h"

namespace mitr {

inline constexpr const char* kAppSecret = "test-app-secret";
inline constexpr const char* kVerifyToken = "test-verify";
inline constexpr const char* kSchoolNumber = "200300400";
/// The school's too, in the portfolio "north".
inline constexpr const char* kNorthNumber = "200300401";

/// Folder under the system's temporary one, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Takes the node's sends, gives out message ids, remembers texts by recipient; has every file that
/// is asked for.
class GraphStub {
 public:
  explicit GraphStub(IoLoop& loop);
  std::string base_url() const;
  /// How many messages to `phone` contain `words`.
  std::size_t count(const std::string& phone, const std::string& words) const;
  /// Waits until a message to `phone` contains `words`; false after `patience`.
  bool wait_for(const std::string& phone, const std::string& words,
                std::chrono::seconds patience) const;
  std::size_t total() const;

 private:
  void take(const HttpRequest& request);

  mutable std::mutex mutex_;
  mutable std::condition_variable arrived_;
  std::map<std::string, std::vector<std::string>> texts_;
  std::size_t total_ = 0;
  std::atomic<HttpServer*> listener_{nullptr};
  std::unique_ptr<HttpServer> server_;
};

class NodeProcess {
 public:
  NodeProcess(const std::filesystem::path& folder, const std::string& graph_url);
  ~NodeProcess();  ///< Kills it if it runs.

  /// Starts and waits until it is ready; false if it ended instead.
  bool start();
  /// Starts as the standby of `leader`: on its database, under its root key. Waits until it
  /// listens; it is not ready while the other leads.
  bool start_beside(const NodeProcess& leader);
  void stop();               ///< SIGSTOP.
  void go_on();              ///< SIGCONT.
  void kill_hard();          ///< SIGKILL, and waits.
  int terminate();           ///< SIGTERM, and waits; its exit status.
  pid_t postmaster() const;  ///< 0 if there is none.
  bool ready();

  std::filesystem::path data() const { return folder_ / "data"; }
  std::filesystem::path log() const { return folder_ / "node.log"; }
  std::filesystem::path settings() const { return folder_ / "node.yaml"; }
  std::string base_url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  void spawn_node(const std::vector<std::string>& more);

  std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  pid_t pid_ = 0;
};

/// Runs the program with these words; its exit status, and what it printed on standard output.
std::pair<int, std::string> run_mitr(const std::vector<std::string>& words);

/// A plain blocking request; status 0 if there was no answer.
struct PlainAnswer {
  int status = 0;
  std::string body;
};
PlainAnswer request(std::uint16_t port, const std::string& raw);
std::uint16_t port_of(const std::string& base_url);
/// A port nobody has right now.
std::uint16_t free_port();

/// A webhook body with one text message.
std::string text_webhook(const std::string& phone, const std::string& name,
                         const std::string& message_id, const std::string& text);
/// The same as a whole signed HTTP request.
std::string signed_post(const std::string& body);

}  // namespace mitr
