// Goal: whatever a trainer that was taken over tries, it dies and nothing comes of it. Method:
// tests/hostile/hostile_trainer, locked in as the real one is, is told what to try.
#include "tools/trainer/sandbox.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mitr {
namespace {

SandboxParts hostile() {
  SandboxParts parts;
  parts.program = MITR_HOSTILE_TRAINER;
  parts.limits.cpu = std::chrono::seconds{20};
  return parts;
}

class Forbidden : public ::testing::TestWithParam<const char*> {};

TEST_P(Forbidden, IsDeathByTheFilter) {
  const auto answer = run_sandboxed(hostile(), GetParam());
  ASSERT_FALSE(answer.ok()) << answer->bytes;
  EXPECT_EQ(answer.error().code, Errc::kRefused);
  EXPECT_EQ(answer.error().what, "the trainer made a forbidden system call");
}

INSTANTIATE_TEST_SUITE_P(
    Sandbox, Forbidden,
    ::testing::Values("open a file", "make a file", "list a folder", "remove a file",
                      "open a socket", "open a local socket", "fork", "start a thread", "exec",
                      "trace", "be traced", "read the parent's memory", "open the parent's memory",
                      "take the parent's descriptors", "signal the parent", "signal itself",
                      "read another descriptor", "write another descriptor", "write to its input",
                      "run code of its own", "make its data code", "share memory", "map its input",
                      "become root", "load a filter", "ask who it is", "wait", "catch a signal",
                      "raise its limits"),
    [](const auto& named) {
      std::string name;
      bool first = true;
      for (const char* c = named.param; *c != 0; ++c) {
        const bool letter = *c >= 'a' && *c <= 'z';
        if (letter) name += first ? static_cast<char>(*c - 'a' + 'A') : *c;
        first = !letter;
      }
      return name;
    });

/// The control: without it each death above could have another reason.
TEST(Sandbox, LetsWhoBehavesAnswer) {
  const auto answer = run_sandboxed(hostile(), "behave");
  ASSERT_TRUE(answer.ok()) << answer.error().what;
  EXPECT_EQ(answer->bytes, "escaped");
}

TEST(Sandbox, GivesNoMoreMemoryThanItsLimit) {
  auto parts = hostile();
  parts.limits.memory_bytes = std::size_t{256} << 20;
  const auto answer = run_sandboxed(parts, "take memory");
  ASSERT_FALSE(answer.ok());
  // malloc answered null, and the hostile trainer gave up.
  EXPECT_EQ(answer.error().code, Errc::kMalformed);
}

TEST(Sandbox, EndsWhoBurnsItsCpu) {
  auto parts = hostile();
  parts.limits.cpu = std::chrono::seconds{1};
  const auto answer = run_sandboxed(parts, "spin");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().what, "the trainer used more time than it may");
}

TEST(Sandbox, EndsWhoTakesTooLongByTheWall) {
  auto parts = hostile();
  parts.limits.wall = std::chrono::milliseconds{100};
  const auto answer = run_sandboxed(parts, "spin");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().what, "training took longer than it may");
}

TEST(Sandbox, EndsWhoWritesTooMuch) {
  auto parts = hostile();
  parts.limits.output_bytes = std::size_t{4} << 20;
  const auto answer = run_sandboxed(parts, "write much");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().what, "the trainer wrote more than a model");
}

TEST(Sandbox, SaysWhatIsNotThere) {
  auto parts = hostile();
  parts.program = "no/such/trainer";
  const auto answer = run_sandboxed(parts, "behave");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, Errc::kUnavailable);
}

/// A process between us and the trainer is killed; the trainer comes to us, dead.
TEST(Sandbox, DiesWithItsParent) {
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  // Whether the trainer is at work is seen through memory that the process between shares with us.
  const pid_t between = ::fork();
  ASSERT_GE(between, 0);
  if (between == 0) {
    auto parts = hostile();
    parts.limits.cpu = std::chrono::seconds{60};
    // After its first second of work: it is locked in by then, or its limits end it all the same.
    parts.working = [](auto) { ::kill(::getpid(), SIGKILL); };
    static_cast<void>(run_sandboxed(parts, "say and spin"));
    ::_exit(0);
  }
  std::array<int, 2> deaths{};
  for (int& status : deaths) ASSERT_GT(::wait(&status), 0);
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
  for (const int status : deaths) {
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), SIGKILL);
  }
}

/// The same holds for users who have nothing to give up. Only root can try it.
TEST(Sandbox, HoldsForAnOrdinaryUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "already one: the other tests show it";
  const pid_t ordinary = ::fork();
  ASSERT_GE(ordinary, 0);
  if (ordinary == 0) {
    constexpr uid_t kSomebody = 65534;
    if (::setresgid(kSomebody, kSomebody, kSomebody) != 0) ::_exit(1);
    if (::setresuid(kSomebody, kSomebody, kSomebody) != 0) ::_exit(1);
    const auto dead = run_sandboxed(hostile(), "open a file");
    const auto lives = run_sandboxed(hostile(), "behave");
    const bool holds = !dead.ok() && dead.error().code == Errc::kRefused && lives.ok();
    ::_exit(holds ? 0 : 2);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(ordinary, &status, 0), ordinary);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace mitr
