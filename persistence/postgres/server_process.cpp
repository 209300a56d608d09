// fork and exec. Between the two only async-signal-safe calls are made: other threads may hold any
// lock.
#include "persistence/postgres/server_process.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace mitr::postgres {
namespace {

constexpr int kNotStarted = 127;

/// Everything the child needs, laid out before the fork.
struct Child {
  std::vector<char*> arguments;
  std::vector<char*> environment;
  pid_t parent;
};

void replace(int fd, int target, int fallback) {
  if (fd < 0) fd = fallback;
  if (::dup2(fd, target) < 0) ::_exit(kNotStarted);
}

void take_identity(const ServerUser& user) {
  if (!user.dropped) return;
  // Dropped for good: if root could come back, stop here.
  if (::setgroups(0, nullptr) != 0 || ::setgid(user.gid) != 0 || ::setuid(user.uid) != 0 ||
      ::setuid(0) == 0) {
    ::_exit(kNotStarted);
  }
}

[[noreturn]] void become(const Launch& launch, Child& child) {
  ::setsid();  // A Ctrl-C in the terminal is for the node, which then stops the server itself.
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  replace(launch.input, STDIN_FILENO, nothing);
  replace(launch.output, STDOUT_FILENO, nothing);
  replace(STDOUT_FILENO, STDERR_FILENO, nothing);
  if (launch.folder >= 0) replace(launch.folder, kFolderFd, nothing);
  // Our listeners must not live on in the server.
  ::syscall(SYS_close_range, 3U, static_cast<unsigned>(kFolderFd - 1), 0U);
  if (launch.folder < 0) ::close(kFolderFd);
  ::syscall(SYS_close_range, static_cast<unsigned>(kFolderFd + 1), ~0U, 0U);
  if (::chdir("/") != 0) ::_exit(kNotStarted);
  take_identity(launch.user);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  // After the change of user, which clears it.
  if (launch.dies_with_thread) {
    ::prctl(PR_SET_PDEATHSIG, SIGINT, 0, 0, 0);
    if (::getppid() != child.parent) ::_exit(kNotStarted);
  }
  ::umask(0077);
  ::execve(child.arguments.front(), child.arguments.data(), child.environment.data());
  ::_exit(kNotStarted);
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}
Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor watch_process(pid_t pid) {
  return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

Result<ServerUser> find_server_user() {
  const bool root = ::geteuid() == 0;
  std::vector<char> buffer(16384);
  passwd entry{};
  passwd* found = nullptr;
  if (root) {
    ::getpwnam_r("postgres", &entry, buffer.data(), buffer.size(), &found);
  } else {
    ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
  }
  if (found == nullptr) {
    return Error{
        Errc::kRefused,
        root ? "PostgreSQL does not run as root and there is no user postgres; install "
               "the package postgresql-15"
             : "PostgreSQL needs a user with an entry in /etc/passwd; add one for this uid"};
  }
  return ServerUser{entry.pw_uid, entry.pw_gid, entry.pw_name, root};
}

Result<pid_t> launch(const Launch& launch) {
  std::vector<std::string> words = launch.command;
  std::vector<std::string> settings{"PATH=/usr/bin:/bin", "LC_ALL=C", "HOME=/"};
  Child child{{}, {}, ::getpid()};
  for (auto& word : words) child.arguments.push_back(word.data());
  for (auto& setting : settings) child.environment.push_back(setting.data());
  child.arguments.push_back(nullptr);
  child.environment.push_back(nullptr);
  // Duplicates above the folder's number, so that placing one does not overwrite another.
  Launch placed = launch;
  Descriptor folder(launch.folder < 0 ? -1
                                      : ::fcntl(launch.folder, F_DUPFD_CLOEXEC, kFolderFd + 1));
  Descriptor input(launch.input < 0 ? -1 : ::fcntl(launch.input, F_DUPFD_CLOEXEC, kFolderFd + 1));
  Descriptor output(launch.output < 0 ? -1
                                      : ::fcntl(launch.output, F_DUPFD_CLOEXEC, kFolderFd + 1));
  placed.folder = folder.get();
  placed.input = input.get();
  placed.output = output.get();
  const pid_t pid = ::fork();
  if (pid < 0)
    return Error{Errc::kUnavailable, std::string("cannot fork: ") + std::strerror(errno)};
  if (pid == 0) become(placed, child);
  return pid;
}

Status run_to_end(const Launch& wanted, std::chrono::seconds patience) {
  const std::string program = wanted.command.front();
  auto pid = launch(wanted);
  if (!pid) return pid.error();
  const Descriptor ended = watch_process(*pid);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  int ready = 0;
  do {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                          deadline - std::chrono::steady_clock::now())
                          .count();
    pollfd entry{ended.get(), POLLIN, 0};
    ready = ::poll(&entry, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
  } while (ready < 0 && errno == EINTR);
  if (ready <= 0) ::kill(*pid, SIGKILL);
  int status = 0;
  while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (ready <= 0) return Error{Errc::kUnavailable, program + " took too long"};
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return Done{};
  return Error{Errc::kUnavailable, program + " failed"};
}

}  // namespace mitr::postgres
