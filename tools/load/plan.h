// How a run goes: how many people, how fast they come, what they do to the target, and for how
// long. A profile is a plan with a name; every part of it can be changed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/limits.h"
#include "protocols/result.h"

namespace mitr::load {

/// How arrivals of an open loop are spread over the run.
enum class Shape : std::uint8_t {
  kSteady = 1,
  kMorning,  ///< Rises from a tenth to the peak, holds it, and ebbs.
  kBursts,   ///< Again and again a sharp rise that dies away, as after a campaign.
};

struct Plan {
  std::string profile = "closed";
  /// People begun at most; the run is over when they are through.
  std::uint64_t people = limits::kLoadPeopleMax;
  bool to_the_end = false;    ///< `people` was asked for: no time ends the run before them.
  std::size_t at_once = 256;  ///< Closed loop: people in a dialogue at any time.
  double rate = 0;            ///< Open loop: turns per second at the peak. 0: closed.
  Shape shape = Shape::kSteady;
  std::chrono::milliseconds think{0};  ///< Mean pause between a reply and the next words.
  std::size_t ahead = 1;               ///< Messages a person sends before the replies come.
  double repeats = 0;                  ///< Share of webhooks that are posted again.
  double forgeries = 0;                ///< Share of turns beside which a badly signed webhook goes.
  std::chrono::milliseconds graph_delay{0};  ///< The Graph endpoint answers this late.
  std::vector<std::string> statuses;         ///< Posted for each reply: sent, delivered, read.
  std::chrono::seconds warmup{2};
  std::chrono::seconds lasts{10};  ///< Measured, after the warm-up.
  std::chrono::seconds reply_patience{30};
  std::chrono::seconds settle{3};  ///< Listens on after the last reply, for second ones.
  std::size_t connections = 64;
};

struct Profile {
  std::string_view name;
  std::string_view about;
};
const std::vector<Profile>& profiles();
/// kInvalidConfig naming the profiles there are.
Result<Plan> plan_of(std::string_view profile);
/// kInvalidConfig naming the first part beyond its bound.
Status check_plan(const Plan& plan);

}  // namespace mitr::load
