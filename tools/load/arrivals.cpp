#include "tools/load/arrivals.h"

#include <algorithm>
#include <cmath>

#include "tools/load/person_values.h"

namespace mitr::load {
namespace {

constexpr double kFloor = 0.1;        // Someone always writes.
constexpr double kBurstSeconds = 10;  // From one burst to the next.
constexpr double kBurstDecay = 2;     // Seconds in which a burst falls to a third.

}  // namespace

double Arrivals::share_at(Shape shape, double moment_s, double lasts_s) {
  const double part = std::clamp(moment_s / lasts_s, 0.0, 1.0);
  switch (shape) {
    case Shape::kSteady:
      return 1;
    case Shape::kMorning:
      if (part < 0.4) return kFloor + (1 - kFloor) * part / 0.4;
      if (part < 0.7) return 1;
      return std::max(kFloor, 1 - (1 - kFloor) * (part - 0.7) / 0.3);
    case Shape::kBursts:
      return std::max(kFloor / 2, std::exp(-std::fmod(moment_s, kBurstSeconds) / kBurstDecay));
  }
  return 1;
}

std::chrono::nanoseconds Arrivals::next() {
  // Thinning: candidates come at the peak rate, and each stays with the share of its moment.
  const double lasts_s = std::chrono::duration<double>(lasts_).count();
  for (;;) {
    at_s_ -= std::log(1 - drawn_share(draws_, 1)) / peak_;
    if (drawn_share(draws_++, 2) < share_at(shape_, at_s_, lasts_s)) break;
  }
  return std::chrono::nanoseconds(static_cast<std::int64_t>(at_s_ * 1e9));
}

}  // namespace mitr::load
