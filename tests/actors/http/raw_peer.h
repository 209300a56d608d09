// The other side of the wire, by hand: a blocking socket that sends exactly what a test says, and a
// listener that plays a script. Every wait ends after kPatience, with a failed assertion instead of
// a hang.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace mitr {

/// One connection, as a client or as accepted.
class RawPeer {
 public:
  explicit RawPeer(int fd);
  static RawPeer connect(std::uint16_t port);
  ~RawPeer();
  RawPeer(RawPeer&& other) noexcept;
  RawPeer& operator=(RawPeer&&) = delete;

  int fd() const { return fd_; }
  bool connected() const { return fd_ >= 0; }
  /// False if the other side is gone.
  bool send(std::string_view bytes);
  /// One message: head, and as much body as Content-Length says (none for `bodiless`). What came of
  /// it at a close.
  std::string read_message(bool bodiless = false);
  std::string read_bytes(std::size_t count);
  /// Everything until the other side closes.
  std::string read_to_end();
  /// True once the other side has closed; what it still sends is dropped.
  bool sees_close();
  void close();

 private:
  bool receive();

  int fd_;
  std::string held_;
};

/// Accepts on a port of the system's choice and runs the script once a connection, one after the
/// other or, `at_once`, each on its own thread.
class RawListener {
 public:
  using Script = std::function<void(RawPeer&)>;
  explicit RawListener(Script script, bool at_once = false);
  ~RawListener();

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int accepted() const { return accepted_; }

 private:
  void run();

  Script script_;
  const bool at_once_;
  int fd_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> accepted_ = 0;
  std::vector<std::thread> players_;
  std::thread thread_;
};

/// A port on which nobody listens.
std::uint16_t free_port();

}  // namespace mitr
