// The provider's send API as it behaves on a bad day: refuses, fails, falls silent, answers late;
// and what it took reaches a phone, with statuses that come late, twice, out of order or never.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "actors/sender/courier.h"
#include "protocols/envelope.h"
#include "tools/simulate/world.h"

namespace mitr::simulate {

/// What arrives on a phone.
struct Shown {
  std::string number;  ///< The business it comes from.
  std::string to;
  std::string text;
  bool has_buttons = false;
};

class GraphModel {
 public:
  using Phone = std::function<void(const Shown&)>;
  using Report = std::function<void(DeliveryStatus)>;

  GraphModel(World& world, Phone phone, Report report);

  /// For one life of a node: its answers end with it.
  std::shared_ptr<Courier> courier();
  void hung_up() {
    ++life_;
    cut_ = true;
  }
  void post(const std::string& number, const Personal& body,
            std::function<void(whatsapp::SendAnswer)> ended);

 private:
  struct Sending;

  void take(const std::shared_ptr<Sending>& sending);
  void report(const Sending& sending, DeliveryState state, int error_code, Time least);
  void answer(const std::shared_ptr<Sending>& sending, Time after, whatsapp::SendVerdict verdict,
              int error_code);

  World& world_;
  Phone phone_;
  Report report_;
  Chance chance_;
  std::uint64_t life_ = 1;
  bool cut_ = false;  ///< The node is dead: what its actors still try while they go never leaves.
  std::uint64_t messages_ = 0;
};

}  // namespace mitr::simulate
