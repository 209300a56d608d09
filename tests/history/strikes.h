// What the tests of crash runs share: seeds, rounds, and how a holder is struck.
#pragma once

#include <string>
#include <vector>

#include "tests/history/checker.h"
#include "tests/history/crash_run.h"

namespace mitr::history {

/// MITR_SEED, or any; printed, so that a run can be played again.
unsigned a_seed();
/// MITR_SOAK_ROUNDS, or `otherwise`.
unsigned long rounds(unsigned long otherwise);
/// Each broken promise and how often; empty: none.
std::string told(const std::vector<Breach>& breaches);
/// Only the breaches of this promise.
std::vector<Breach> of_promise(std::vector<Breach> breaches, const std::string& promise);

/// Stops the holder until another has taken over and written, then lets it go on. False if nobody
/// takes over, or nobody goes on. The clock jumps by so many minutes while it is stopped.
bool stop_holder(CrashRun& run, int minutes = 0);
/// Kills it, and starts another when its place is taken.
bool kill_holder(CrashRun& run);

}  // namespace mitr::history
