#include "tools/simulate/plan.h"

namespace mitr::simulate {

using namespace std::chrono_literals;

FaultRates rates_of(Faults faults) {
  FaultRates rates;
  if (faults == Faults::kNone) return rates;
  rates.commit_lost = 20;
  rates.answer_lost = 20;
  rates.commit_slow = 100;
  rates.slow = 400ms;
  rates.read_failed = 10;
  rates.renewal_failed = 50;
  rates.stall = 2;
  rates.stalled = 100ms;
  rates.crash_every = 12min;
  rates.post_lost = 50;
  rates.reply_lost = 50;
  rates.doubled = 100;
  rates.bundled = 1000;
  rates.jitter = 400ms;
  rates.refused_for_now = 100;
  rates.refused = 20;
  rates.failed_inside = 20;
  rates.silence = 20;
  rates.not_connected = 50;
  rates.slow_answer = 100;
  rates.status_lost = 100;
  rates.status_doubled = 200;
  rates.status_late = 300;
  if (faults == Faults::kMild) return rates;
  rates.commit_lost = 150;
  rates.answer_lost = 150;
  rates.commit_late = 80;
  rates.commit_slow = 300;
  rates.slow = 4s;
  rates.read_failed = 100;
  rates.renewal_failed = 500;
  rates.stall = 20;
  rates.stalled = 2s;
  rates.crash_every = 3min;
  rates.lease_lost_every = 8min;
  rates.post_lost = 400;
  rates.reply_lost = 400;
  rates.doubled = 600;
  rates.bundled = 2500;
  rates.jitter = 4s;
  rates.refused_for_now = 600;
  rates.refused = 100;
  rates.failed_inside = 200;
  rates.silence = 200;
  rates.not_connected = 300;
  rates.slow_answer = 600;
  rates.status_lost = 800;
  rates.status_doubled = 1000;
  rates.status_late = 1500;
  return rates;
}

}  // namespace mitr::simulate
