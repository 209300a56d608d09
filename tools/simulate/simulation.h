// A whole node and the world around it, from one seed: the same plan gives the same events, byte
// for byte, in every process.
#pragma once

#include <optional>
#include <string>

#include "actors/tenant/tenant_context.h"
#include "tools/simulate/plan.h"
#include "tools/simulate/trace.h"
#include "tools/simulate/witness.h"

namespace mitr::simulate {

struct Report {
  std::optional<Breach> breach;
  std::string who;  ///< Whose conversation the breach is about; empty: nobody's alone.
  Counts counts;
  std::uint64_t fingerprint = 0;  ///< Of everything the witness saw.
  std::uint64_t steps = 0;        ///< Messages that actors took.
  std::uint64_t crashes = 0;
};

/// Ends at the first breach. `sink` gets every line of the trace; null: none is made. Not from two
/// threads at once: the log is silent meanwhile.
Report simulate(const Plan& plan, const Packs& packs, const Trace::Sink& sink = nullptr);

}  // namespace mitr::simulate
