// What every part of the simulated world shares: the plan, the hour, who is watching.
#pragma once

#include "tools/simulate/plan.h"
#include "tools/simulate/timeline.h"
#include "tools/simulate/trace.h"
#include "tools/simulate/witness.h"

namespace mitr::simulate {

struct World {
  Plan plan;
  FaultRates rates;  ///< None once the end is near: what is broken must mend by itself.
  Timeline timeline;
  Trace trace;
  Witness* witness = nullptr;

  template <class... Words>
  void say(std::string_view who, std::string_view what, const Words&... words) const {
    if (!trace.on()) return;
    std::string with;
    ((with += words), ...);
    trace.line(timeline.now(), who, what, with);
  }
};

}  // namespace mitr::simulate
