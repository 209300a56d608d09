#include "tools/trainer/lockdown.h"

#include <csignal>
#include <grp.h>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace mitr {
namespace {

Error failed(const char* step) {
  return Error{Errc::kUnavailable, std::string("the sandbox cannot ") + step};
}

/// Root's rights would outlive a limit on processes, and reach further if the filter had a hole.
bool become_nobody() {
  constexpr uid_t kNobody = 65534;
  if (::geteuid() != 0) return true;
  return ::setgroups(0, nullptr) == 0 && ::setresgid(kNobody, kNobody, kNobody) == 0 &&
         ::setresuid(kNobody, kNobody, kNobody) == 0;
}

bool filter_calls(bool second_input) {
  const std::unique_ptr<void, void (*)(void*)> filter(seccomp_init(SCMP_ACT_KILL_PROCESS),
                                                      seccomp_release);
  if (!filter) return false;
  const auto allow = [&filter](int call, auto... conditions) {
    return seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, sizeof...(conditions),
                            conditions...) == 0;
  };
  // Memory of its own, never to be executed. Nothing else may map: not a file, not shared.
  const auto anonymous = SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS | MAP_SHARED, MAP_ANONYMOUS);
  const auto not_run = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  return allow(SCMP_SYS(read), SCMP_A0(SCMP_CMP_EQ, STDIN_FILENO)) &&
         (!second_input || allow(SCMP_SYS(read), SCMP_A0(SCMP_CMP_EQ, kSecondInput))) &&
         allow(SCMP_SYS(write), SCMP_A0(SCMP_CMP_EQ, STDOUT_FILENO)) &&
         allow(SCMP_SYS(mmap), not_run, anonymous) && allow(SCMP_SYS(munmap)) &&
         allow(SCMP_SYS(mremap)) && allow(SCMP_SYS(brk)) && allow(SCMP_SYS(exit_group)) &&
         seccomp_load(filter.get()) == 0;
}

}  // namespace

Status lock_down(pid_t parent, bool second_input) {
  static_assert(kSecondInput == STDERR_FILENO);
  const unsigned first_closed = STDERR_FILENO + (second_input ? 1U : 0U);
  if (::close_range(first_closed, ~0U, 0) != 0) return failed("close descriptors");
  if (!become_nobody()) return failed("give up root");
  // After the change of user, which undoes it.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return failed("be tied to its parent");
  if (::getppid() != parent) return failed("find its parent");
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) return failed("hide its memory");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("give up new privileges");
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_NPROC, &none) != 0) return failed("give up processes");
  if (!filter_calls(second_input)) return failed("filter system calls");
  return Done{};
}

}  // namespace mitr
