// The port to a provider: posts one finished message body. The real one speaks HTTP to Meta; tests
// hand in a fake.
#pragma once

#include <functional>
#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/send.h"

namespace mitr {

class Courier {
 public:
  virtual ~Courier() = default;
  /// Posts `body` by `number`. `ended` runs exactly once, on any thread, within kSendTimeout.
  virtual void post(const std::string& number, Personal body,
                    std::function<void(whatsapp::SendAnswer)> ended) = 0;
};

}  // namespace mitr
