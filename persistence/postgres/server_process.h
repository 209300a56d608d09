// Runs PostgreSQL's programs as a child: as another user when we are root, without our files and
// sockets, and never longer than the thread that started it.
#pragma once

#include <chrono>
#include <string>
#include <sys/types.h>
#include <vector>

#include "protocols/result.h"

namespace mitr::postgres {

/// Who the server runs as. PostgreSQL refuses root, so root becomes `postgres`.
struct ServerUser {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name;      ///< Of the user who runs the server.
  bool dropped = false;  ///< True when we are root and the server is not.
};
Result<ServerUser> find_server_user();

/// The number under which a child finds the database's folder: `/proc/self/fd/9`. So the server
/// reaches its folder even where its user may not walk the path to it, as below /root.
inline constexpr int kFolderFd = 9;
inline constexpr const char* kFolderPath = "/proc/self/fd/9";

struct Launch {
  std::vector<std::string> command;  ///< Program first, by its full path.
  ServerUser user;
  int folder = -1;                ///< Open folder, given to the child as kFolderFd.
  int input = -1;                 ///< Becomes standard input; else nothing.
  int output = -1;                ///< Becomes standard output and error; else nothing.
  bool dies_with_thread = false;  ///< SIGINT (a fast shutdown) when the calling thread ends.
};

/// Starts the child; the caller reaps it.
Result<pid_t> launch(const Launch& launch);
/// Starts it and waits; kUnavailable unless it ends with 0 within `patience`.
Status run_to_end(const Launch& launch, std::chrono::seconds patience);

/// Descriptor that is closed with its scope.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// Readable when the process has ended.
Descriptor watch_process(pid_t pid);

}  // namespace mitr::postgres
