// A trainer that was taken over: it locks itself in as the real one does, and then tries what its
// lesson names. Where the sandbox holds it never writes "escaped".
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <iterator>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tools/trainer/lockdown.h"

namespace {

pid_t parent = 0;
volatile std::uint64_t spun = 0;
/// In the parent there may be anything here; it is only to be an address.
char here[16];

void say(std::string_view words) {
  if (::write(STDOUT_FILENO, words.data(), words.size()) < 0) ::_exit(9);
}

void read_parent() {
  iovec own{here, sizeof here};
  iovec theirs{here, sizeof here};
  ::process_vm_readv(parent, &own, 1, &theirs, 1, 0);
}

void exec() {
  char shell[] = "/bin/sh";
  char* arguments[] = {shell, nullptr};
  ::execve(shell, arguments, nullptr);
}

/// A page that is writable, and code: what an attacker would bring along.
void run_own_code() {
  static_cast<void>(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

void take_memory() {
  constexpr std::size_t kPiece = std::size_t{16} << 20;
  for (;;) {
    auto* piece = static_cast<char*>(std::malloc(kPiece));
    if (piece == nullptr) ::_exit(7);
    std::memset(piece, 1, kPiece);
  }
}

void write_much() {
  const std::string piece(std::size_t{1} << 20, 'x');
  for (;;) say(piece);
}

[[noreturn]] void spin() {
  for (;;) spun = spun + 1;
}

struct Attack {
  std::string_view name;
  void (*attempt)();
};
const Attack kAttacks[] = {
    {"open a file", [] { ::open("/etc/passwd", O_RDONLY); }},
    {"make a file", [] { ::open("/tmp/hostile", O_WRONLY | O_CREAT, 0600); }},
    {"list a folder", [] { ::syscall(SYS_getdents64, 0, here, sizeof here); }},
    {"remove a file", [] { ::unlink("/tmp/hostile"); }},
    {"open a socket", [] { ::socket(AF_INET, SOCK_STREAM, 0); }},
    {"open a local socket", [] { ::socket(AF_UNIX, SOCK_STREAM, 0); }},
    {"fork", [] { ::fork(); }},
    {"start a thread", [] { ::syscall(SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND, 0); }},
    {"exec", exec},
    {"trace", [] { ::ptrace(PTRACE_ATTACH, parent, nullptr, nullptr); }},
    {"be traced", [] { ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr); }},
    {"read the parent's memory", read_parent},
    {"open the parent's memory",
     [] { ::open(("/proc/" + std::to_string(parent) + "/mem").c_str(), O_RDWR); }},
    {"take the parent's descriptors", [] { ::syscall(SYS_pidfd_open, parent, 0); }},
    {"signal the parent", [] { ::kill(parent, SIGTERM); }},
    {"signal itself", [] { ::raise(SIGTERM); }},
    {"read another descriptor", [] { static_cast<void>(::read(5, here, 1)); }},
    {"write another descriptor", [] { static_cast<void>(::write(2, here, 1)); }},
    {"write to its input", [] { static_cast<void>(::write(0, here, 1)); }},
    {"run code of its own", run_own_code},
    {"make its data code", [] { ::mprotect(here, 1, PROT_EXEC); }},
    {"share memory",
     [] {
       static_cast<void>(::mmap(nullptr, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
     }},
    {"map its input",
     [] { static_cast<void>(::mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE, 0, 0)); }},
    {"become root", [] { ::syscall(SYS_setuid, 0); }},
    {"load a filter", [] { ::syscall(SYS_seccomp, 1, 0, nullptr); }},
    {"ask who it is", [] { ::syscall(SYS_getuid); }},
    {"wait", [] { ::pause(); }},
    {"catch a signal", [] { std::signal(SIGXCPU, SIG_IGN); }},
    {"raise its limits", [] { ::syscall(SYS_prlimit64, 0, 0, nullptr, nullptr); }},
    {"take memory", take_memory},
    {"write much", write_much},
    {"spin", spin},
    {"say and spin",
     [] {
       say("locked");
       spin();
     }},
    {"behave", [] {}},
};

}  // namespace

int main(int argc, char** argv) {
  parent = static_cast<pid_t>(argc == 2 ? std::strtol(argv[1], nullptr, 10) : 0);
  if (!mitr::lock_down(parent)) return 3;
  char name[64];
  const ssize_t size = ::read(STDIN_FILENO, name, sizeof name);
  const std::string_view wanted(name, static_cast<std::size_t>(size > 0 ? size : 0));
  for (const Attack& attack : kAttacks) {
    if (attack.name != wanted) continue;
    attack.attempt();
    say("escaped");
    ::_exit(0);
  }
  ::_exit(4);
}
