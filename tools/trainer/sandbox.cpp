// Starting, feeding, bounding and reaping the child; see sandbox.h.
#include "tools/trainer/sandbox.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/trainer/lockdown.h"

namespace mitr {
namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { shut(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int fd() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void shut() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

Error unavailable(const char* what) {
  return Error{Errc::kUnavailable, std::string("the sandbox cannot ") + what};
}

/// In memory, sealed: the child can read it at its own pace and nobody can change it.
int sealed_file(std::string_view bytes) {
  Descriptor file(::memfd_create("lesson", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  while (file.is_open() && !bytes.empty()) {
    const ssize_t put = ::write(file.fd(), bytes.data(), bytes.size());
    if (put <= 0) return -1;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  constexpr int kSeals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  if (!file.is_open() || ::lseek(file.fd(), 0, SEEK_SET) != 0 ||
      ::fcntl(file.fd(), F_ADD_SEALS, kSeals) != 0) {
    return -1;
  }
  return ::fcntl(file.fd(), F_DUPFD_CLOEXEC, 0);
}

/// What the child needs, made before the fork: behind it only bare system calls are safe.
struct Start {
  std::string program;
  std::string parent;
  int in = -1;
  int out = -1;
  int second = -1;  ///< None.
  rlim_t memory = 0;
  rlim_t cpu = 0;
};

constexpr int kNotStarted = 127;

[[noreturn]] void become_child(const Start& start) {
  const auto bound = [](__rlimit_resource_t what, rlim_t soft, rlim_t hard) {
    const rlimit limit{soft, hard};
    return ::setrlimit(what, &limit) == 0;
  };
  // Both may be 0, 1 or 2 if the caller had closed its own: moved out of the way first.
  const int in = ::fcntl(start.in, F_DUPFD, 3);
  const int out = ::fcntl(start.out, F_DUPFD, 3);
  const bool two = start.second >= 0;
  const int second = two ? ::fcntl(start.second, F_DUPFD, 3) : -1;
  const bool ready =
      ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::dup2(in, 0) == 0 && ::dup2(out, 1) == 1 &&
      (!two || ::dup2(second, kSecondInput) == kSecondInput) &&
      ::close_range(two ? 3 : 2, ~0U, 0) == 0 && ::chdir("/") == 0 &&
      bound(RLIMIT_AS, start.memory, start.memory) && bound(RLIMIT_CPU, start.cpu, start.cpu + 1) &&
      bound(RLIMIT_FSIZE, 0, 0) && bound(RLIMIT_CORE, 0, 0) && bound(RLIMIT_MEMLOCK, 0, 0);
  if (ready) {
    char told[] = "vectors";
    std::array<char*, 4> arguments{const_cast<char*>(start.program.c_str()),
                                   const_cast<char*>(start.parent.c_str()), two ? told : nullptr,
                                   nullptr};
    std::array<char*, 1> environment{nullptr};
    ::execve(start.program.c_str(), arguments.data(), environment.data());
  }
  ::_exit(kNotStarted);
}

/// A child that is killed and reaped, whatever happens.
class Child {
 public:
  explicit Child(pid_t pid)
      : pid_(pid), watch_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))) {}
  ~Child() {
    if (pid_ > 0) reap();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int watch() const { return watch_.fd(); }
  struct End {
    int status = 0;
    std::chrono::milliseconds cpu{0};
  };
  /// Kills it unless it has ended.
  End reap() {
    ::kill(pid_, SIGKILL);
    return wait();
  }
  /// Waits for it; it is about to end, or has.
  End wait() {
    End end;
    rusage used{};
    while (::wait4(pid_, &end.status, 0, &used) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    const auto milliseconds = [](const timeval& time) {
      return std::chrono::milliseconds{time.tv_sec * 1000 + time.tv_usec / 1000};
    };
    end.cpu = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
    return end;
  }

 private:
  pid_t pid_;
  Descriptor watch_;
};

/// Reads until the child has ended and all it wrote is here.
Status follow(const SandboxParts& parts, const Child& child, int from, std::string& bytes) {
  const auto began = Clock::now();
  constexpr std::chrono::milliseconds kLookEvery{1000};
  for (bool open = true;;) {
    const auto worked = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
    const auto left = parts.limits.wall - worked;
    if (left.count() <= 0) return Error{Errc::kTooLarge, "training took longer than it may"};
    std::array<pollfd, 2> ends{pollfd{open ? from : -1, POLLIN, 0},
                               pollfd{child.watch(), POLLIN, 0}};
    const int news =
        ::poll(ends.data(), ends.size(), static_cast<int>(std::min(left, kLookEvery).count()));
    if (news < 0 && errno != EINTR) return unavailable("wait");
    if (news == 0 && parts.working) parts.working(worked);
    if (news <= 0) continue;
    if (ends[0].revents == 0) return Done{};
    std::array<char, std::size_t{64} << 10> piece;
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got < 0) return unavailable("read");
    open = got > 0;
    bytes.append(piece.data(), static_cast<std::size_t>(got));
    if (bytes.size() > parts.limits.output_bytes)
      return Error{Errc::kTooLarge, "the trainer wrote more than a model"};
  }
}

Status judged(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return Done{};
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGSYS) return Error{Errc::kRefused, "the trainer made a forbidden system call"};
    if (signal == SIGXCPU || signal == SIGKILL)
      return Error{Errc::kTooLarge, "the trainer used more time than it may"};
    return Error{Errc::kRefused, "the trainer was ended by signal " + std::to_string(signal)};
  }
  const int code = WEXITSTATUS(status);
  if (code == kNotStarted) return unavailable("start the trainer: is mitr-trainer beside mitr?");
  if (code == 3) return unavailable("be locked: does this kernel have seccomp?");
  return Error{Errc::kMalformed, "the trainer could not work with this (" + std::to_string(code) +
                                     "): are there examples of two matters?"};
}

}  // namespace

Result<SandboxAnswer> run_sandboxed(const SandboxParts& parts, std::string_view input,
                                    std::string_view second) {
  if (input.size() > limits::kLessonBytesMax)
    return Error{Errc::kTooLarge, "a lesson larger than any we give"};
  if (second.size() > limits::kApceVectorsBytesMax)
    return Error{Errc::kTooLarge, "a table larger than any we give"};
  Descriptor lesson(sealed_file(input));
  Descriptor table(second.empty() ? -1 : sealed_file(second));
  if (!second.empty() && !table.is_open()) return unavailable("open its ends");
  std::array<int, 2> ends{-1, -1};
  if (!lesson.is_open() || ::pipe2(ends.data(), O_CLOEXEC) != 0)
    return unavailable("open its ends");
  Descriptor from(ends[0]);
  Descriptor to(ends[1]);
  const Start start{parts.program.string(),
                    std::to_string(::getpid()),
                    lesson.fd(),
                    to.fd(),
                    table.fd(),
                    parts.limits.memory_bytes,
                    static_cast<rlim_t>(parts.limits.cpu.count())};
  const pid_t pid = ::fork();
  if (pid < 0) return unavailable("fork");
  if (pid == 0) become_child(start);
  Child child(pid);
  to.shut();
  SandboxAnswer answer;
  if (child.watch() < 0) return unavailable("watch the trainer");
  if (auto followed = follow(parts, child, from.fd(), answer.bytes); !followed)
    return followed.error();
  const auto end = child.wait();
  if (auto sound = judged(end.status); !sound) return sound.error();
  answer.cpu = end.cpu;
  return answer;
}

std::filesystem::path trainer_program() {
  std::error_code failed;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
  return self.parent_path() / "mitr-trainer";
}

}  // namespace mitr
