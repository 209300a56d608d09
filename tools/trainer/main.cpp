// The trainer: reads a lesson from descriptor 0 and writes a model to descriptor 1, and can do
// nothing else. It is started by run_sandboxed() (sandbox.h) with the id of its parent.
#include <cstdlib>
#include <string>
#include <string_view>
#include <unistd.h>

#include "tools/trainer/lesson.h"
#include "tools/trainer/lockdown.h"

namespace {

/// What the exit code says; see sandbox.cpp.
constexpr int kNotLocked = 3;
constexpr int kNoLesson = 4;
constexpr int kNotWritten = 5;

bool read_all(std::string& bytes) {
  constexpr std::size_t kStep = std::size_t{64} << 10;
  for (;;) {
    const std::size_t have = bytes.size();
    bytes.resize(have + kStep);
    const ssize_t got = ::read(STDIN_FILENO, bytes.data() + have, kStep);
    bytes.resize(have + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got <= 0) return got == 0;
  }
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const auto parent = static_cast<pid_t>(argc == 2 ? std::strtol(argv[1], nullptr, 10) : 0);
  if (!mitr::lock_down(parent)) return kNotLocked;
  std::string lesson;
  if (!read_all(lesson)) return kNoLesson;
  const auto model = mitr::train(lesson);
  if (!model) return kNoLesson;
  // No destructors: what is left would only be given back to an address space that goes anyway.
  ::_exit(write_all(*model) ? 0 : kNotWritten);
}
