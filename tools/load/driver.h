// The two ends of a run on one loop: the provider that posts webhooks, and the Graph endpoint that
// takes the replies. One thread for everyone, so that latency is read from one clock and a person
// costs bytes, not a stack. Decides nothing about right and wrong: that is the ledger.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "actors/http/io_loop.h"
#include "protocols/personal.h"
#include "protocols/result.h"
#include "tools/load/cast.h"
#include "tools/load/histogram.h"
#include "tools/load/ledger.h"
#include "tools/load/plan.h"

namespace mitr::load {

/// A few percentiles of a histogram, in microseconds.
struct Percentiles {
  std::uint64_t total = 0;
  double p50 = 0, p90 = 0, p99 = 0, p999 = 0, p9999 = 0, max = 0, mean = 0;
};
Percentiles percentiles_of(const Histogram& histogram);

/// What the driver knows at one moment.
struct Reading {
  Counts counts;
  std::uint64_t in_flight = 0;    ///< Turns said and not yet replied to.
  std::uint64_t at_once = 0;      ///< People in a dialogue.
  std::uint64_t turned_away = 0;  ///< Arrivals beyond kLoadAtOnceMax.
  std::uint64_t notices = 0;      ///< Templates to others than the cast.
  std::uint64_t read_marks = 0;
  std::uint64_t statuses = 0;
  std::uint64_t statuses_left_out = 0;
  Percentiles recent_reply;  ///< Since the last reading.
  Percentiles recent_ack;
  Percentiles reply;  ///< While measuring.
  Percentiles ack;
  Percentiles lateness;  ///< From due to handed to the network: behind others, or a late driver.
  double loop_cpu_s = 0;
};

class Driver {
 public:
  struct Parts {
    IoLoop& loop;
    const Cast& cast;
    Plan plan;
    std::string origin;  ///< "http://127.0.0.1:18080"
    std::string path;    ///< "/webhook"
    Personal app_secret;
    std::uint16_t graph_port = 0;  ///< 0: the system chooses.
  };
  /// Listens for replies. kUnavailable if the port is taken, kInvalidConfig for an origin that is
  /// none.
  static Result<std::unique_ptr<Driver>> make(Parts parts);
  virtual ~Driver() = default;
  virtual std::uint16_t graph_port() const = 0;

  // -- from another thread than the loop's ----
  virtual void begin() = 0;
  /// Latencies count from here.
  virtual void start_measuring() = 0;
  virtual void stop_measuring() = 0;
  /// Nobody says anything more; what is open is waited for.
  virtual void drain() = 0;
  /// True once nothing is open and nobody will say anything more.
  virtual bool is_quiet() const = 0;
  virtual Reading read() = 0;
  /// The first faults, in words.
  virtual std::vector<std::string> faults() = 0;
};

}  // namespace mitr::load
