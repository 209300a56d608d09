#include "tools/load/plan.h"

#include <algorithm>

namespace mitr::load {
namespace {

using namespace std::chrono_literals;

Error invalid(std::string what) {
  return Error{Errc::kInvalidConfig, std::move(what)};
}

bool is_share(double share) {
  return share >= 0 && share <= 1;
}

}  // namespace

const std::vector<Profile>& profiles() {
  static const std::vector<Profile> all{
      {"closed", "a fixed number of people at once, each as fast as the replies come"},
      {"open", "people come at a steady rate, whatever the target does"},
      {"school-morning", "arrivals rise to a peak and ebb, people take time to type"},
      {"campaign-burst", "many answer at once, again and again"},
      {"redelivery-storm", "webhooks are posted again, at the same time and after their answer"},
      {"tampered", "badly signed webhooks go beside the good ones"},
      {"slow-graph", "the Graph endpoint answers late"},
      {"ahead", "people send several messages before the replies come"},
  };
  return all;
}

Result<Plan> plan_of(std::string_view profile) {
  Plan plan;
  plan.profile = std::string(profile);
  if (profile == "closed") return plan;
  if (profile == "open") {
    plan.rate = 200;
  } else if (profile == "school-morning") {
    plan.rate = 500;
    plan.shape = Shape::kMorning;
    plan.think = 1500ms;
    plan.lasts = 60s;
  } else if (profile == "campaign-burst") {
    plan.rate = 1500;
    plan.shape = Shape::kBursts;
    plan.think = 500ms;
    plan.lasts = 30s;
  } else if (profile == "redelivery-storm") {
    plan.repeats = 0.5;
  } else if (profile == "tampered") {
    plan.forgeries = 0.2;
  } else if (profile == "slow-graph") {
    plan.graph_delay = 400ms;
  } else if (profile == "ahead") {
    plan.ahead = 3;
  } else {
    std::string known;
    for (const auto& each : profiles())
      known += (known.empty() ? "" : ", ") + std::string(each.name);
    return invalid("no profile `" + plan.profile + "`; there are " + known);
  }
  return plan;
}

Status check_plan(const Plan& plan) {
  const auto over = [](std::string_view what, auto most) {
    return invalid(std::string(what) + " must be from 1 to " + std::to_string(most));
  };
  if (plan.people < 1 || plan.people > limits::kLoadPeopleMax)
    return over("--people", limits::kLoadPeopleMax);
  if (plan.at_once < 1 || plan.at_once > limits::kLoadAtOnceMax) {
    return over("--at-once", limits::kLoadAtOnceMax);
  }
  if (plan.ahead < 1 || plan.ahead > limits::kLoadAheadMax)
    return over("--ahead", limits::kLoadAheadMax);
  if (plan.connections < 1 || plan.connections > limits::kLoadConnectionsMax) {
    return over("--connections", limits::kLoadConnectionsMax);
  }
  if (!(plan.rate >= 0 && plan.rate <= limits::kLoadRateMax)) {
    return invalid("--rate must be from 0 (closed loop) to " +
                   std::to_string(static_cast<int>(limits::kLoadRateMax)));
  }
  if (!is_share(plan.repeats) || !is_share(plan.forgeries)) {
    return invalid("--repeats and --forgeries are shares: from 0 to 1");
  }
  constexpr auto kDay = std::chrono::seconds(limits::kLoadLastsMax);
  if (plan.lasts < 1s || plan.lasts > kDay || plan.warmup < 0s || plan.warmup > kDay ||
      plan.settle < 0s || plan.settle > kDay) {
    return invalid("--duration, --warmup and --settle are seconds, at most a day");
  }
  if (plan.reply_patience < 1s || plan.reply_patience > limits::kLoadReplyPatienceMax) {
    return over("--reply-timeout", limits::kLoadReplyPatienceMax.count());
  }
  if (plan.graph_delay < 0ms || plan.graph_delay > limits::kLoadGraphDelayMax || plan.think < 0ms ||
      plan.think > limits::kLoadReplyPatienceMax) {
    return invalid(
        "--graph-delay-ms and --think-ms must not be negative, nor above 30 s and 600 s");
  }
  for (const auto& state : plan.statuses) {
    if (state != "sent" && state != "delivered" && state != "read") {
      return invalid("--statuses knows sent, delivered and read, not `" + state + "`");
    }
  }
  return Done{};
}

}  // namespace mitr::load
