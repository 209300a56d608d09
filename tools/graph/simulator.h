// The Graph simulator: Meta's Graph API for WhatsApp as far as this engine uses it, on loopback,
// with a web page of phones in front. A stand-in: it speaks the true protocol, and keeps everything
// in memory.
#pragma once

#include <cstdint>
#include <memory>

#include "protocols/result.h"
#include "tools/graph/settings.h"

namespace mitr::graph {

class Simulator {
 public:
  /// Listens. kInvalidConfig for settings that cannot work, kUnavailable if the port is taken.
  static Result<std::unique_ptr<Simulator>> start(GraphSettings settings);
  virtual ~Simulator() = default;  ///< Stops.
  virtual std::uint16_t port() const = 0;
};

}  // namespace mitr::graph
