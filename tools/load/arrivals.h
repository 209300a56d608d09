// When people come, in an open loop: at random around a rate that changes with the shape of the
// run. The moments are fixed by the plan, and do not wait for the target.
#pragma once

#include <chrono>
#include <cstdint>

#include "tools/load/plan.h"

namespace mitr::load {

class Arrivals {
 public:
  /// `peak`: people per second at the height of the shape, over `lasts`.
  Arrivals(Shape shape, double peak, std::chrono::nanoseconds lasts)
      : shape_(shape), peak_(peak), lasts_(lasts) {}
  /// The next arrival, from the run's start. They never end by themselves.
  std::chrono::nanoseconds next();
  /// Share of the peak at a moment of the run.
  static double share_at(Shape shape, double moment_s, double lasts_s);

 private:
  Shape shape_;
  double peak_;
  std::chrono::nanoseconds lasts_;
  double at_s_ = 0;
  std::uint64_t draws_ = 0;
};

}  // namespace mitr::load
