// The trainer: reads a lesson from descriptor 0 and, if it was given one, a table of word vectors
// from descriptor 2, writes a model to descriptor 1, and can do nothing else. It is started by
// run_sandboxed() (sandbox.h) with the id of its parent.
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

bool read_all(int from, std::string& bytes) {
  constexpr std::size_t kStep = std::size_t{64} << 10;
  for (;;) {
    const std::size_t have = bytes.size();
    bytes.resize(have + kStep);
    const ssize_t got = ::read(from, bytes.data() + have, kStep);
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
  const auto parent = static_cast<pid_t>(argc >= 2 ? std::strtol(argv[1], nullptr, 10) : 0);
  const bool vectors_given = argc == 3;
  if (!mitr::lock_down(parent, vectors_given)) return kNotLocked;
  std::string lesson;
  std::string vectors;
  if (!read_all(STDIN_FILENO, lesson)) return kNoLesson;
  if (vectors_given && !read_all(mitr::kSecondInput, vectors)) return kNoLesson;
  const auto model = mitr::train(lesson, vectors);
  if (!model) return kNoLesson;
  // No destructors: what is left would only be given back to an address space that goes anyway.
  ::_exit(write_all(*model) ? 0 : kNotWritten);
}
