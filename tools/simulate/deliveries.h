// The provider's side of the webhook: posts what people wrote and what became of our messages, in
// bundles, late, twice and out of order, and posts again until it hears 200.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "actors/messages.h"
#include "tools/simulate/world.h"

namespace mitr::simulate {

class Deliveries {
 public:
  using Item = std::variant<Envelope, DeliveryStatus, whatsapp::IdentityChange>;
  /// To the node; false: nobody listens.
  using Door = std::function<bool(WebhookArrived)>;
  /// Where the store has the message that a status is about.
  using Row = std::function<OutboxState(const DeliveryStatus&)>;

  Deliveries(World& world, Door door, Row row);

  /// Something for the node. `line`: its items keep their order in a kind world.
  void send(Item item, const std::string& line);
  /// The node answered a request.
  void answered(std::uint64_t request, int status);
  /// The node died: nobody will answer what it had.
  void hung_up();
  /// Not yet heard a 200.
  std::size_t open() const { return undone_; }

 private:
  struct Delivery {
    std::uint64_t number = 0;
    std::vector<Item> items;
    int tries = 0;
    bool done = false;
  };
  using Kept = std::shared_ptr<Delivery>;

  void post(const Kept& delivery);
  void post_later(const Kept& delivery, Time least);
  void settle(const Kept& delivery);
  void flush();
  std::string content(const Delivery& delivery) const;

  World& world_;
  Door door_;
  Row row_;
  Chance chance_;
  std::map<std::uint64_t, Kept> waiting_;  ///< By request: posted, and not answered yet.
  std::map<std::string, Time> last_;       ///< When a line's last item is first posted.
  std::vector<Item> bundle_;
  std::uint64_t requests_ = 0;
  std::uint64_t deliveries_ = 0;
  std::size_t undone_ = 0;
};

}  // namespace mitr::simulate
