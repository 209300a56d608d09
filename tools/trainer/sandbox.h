// Runs a program that may be taken over by what it reads: bytes in through one or two descriptors,
// bytes out through another, and nothing else. The limits hold for root and for ordinary users; no
// namespaces are needed. What comes out is as hostile as what went in: parse it with a bound.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "protocols/limits.h"
#include "protocols/result.h"

namespace mitr {

struct SandboxLimits {
  std::size_t memory_bytes = limits::kTrainerMemoryBytesMax;
  std::chrono::seconds cpu = limits::kTrainerCpuMax;
  std::chrono::milliseconds wall = limits::kTrainerWallMax;
  std::size_t output_bytes = limits::kApceModelBytesMax;
};

struct SandboxParts {
  /// Calls lock_down() (lockdown.h) first.
  std::filesystem::path program;
  SandboxLimits limits;
  /// Told about every second how long it has been at work; may be empty.
  std::function<void(std::chrono::milliseconds)> working;
};

struct SandboxAnswer {
  std::string bytes;
  std::chrono::milliseconds cpu{0};
};

/// kRefused: it did what is forbidden, and was killed. kTooLarge: more memory, time or output than
/// it may have. kMalformed: it said that it cannot work with what it was given. kUnavailable: it
/// could not be started, or could not lock itself in. `second`: more to read, by a descriptor of
/// its own; empty: the program is given none, and told of none.
Result<SandboxAnswer> run_sandboxed(const SandboxParts& parts, std::string_view input,
                                    std::string_view second = {});

/// The trainer that was built with this program: `mitr-trainer`, in the same folder.
std::filesystem::path trainer_program();

}  // namespace mitr
