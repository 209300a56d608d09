// One run from first person to report: the driver is begun, watched and drained, the target's
// processes are read beside it. On the caller's thread.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <sys/types.h>

#include "tools/load/cast.h"
#include "tools/load/report.h"
#include "tools/load/target.h"

namespace mitr::load {

struct RunParts {
  Plan plan;
  Cast::Parts cast;
  LoadTarget target;
  Personal app_secret;
  std::uint16_t graph_port = 0;
  pid_t server_pid = 0;  ///< 0: CPU and memory are not read.
  /// Waits about this long; true to end the run early.
  std::function<bool(std::chrono::milliseconds)> wait;
  /// Called about once a second; `whole_s` is 0 if the run has no fixed length.
  std::function<void(const Sample&, double whole_s)> progress;
  /// Called once replies can be taken, before the first person.
  std::function<void(std::uint16_t graph_port)> listening;
};

/// kUnavailable if the Graph port is taken.
Result<LoadReport> run_load(RunParts parts);

}  // namespace mitr::load
