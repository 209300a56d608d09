// Posts signed webhooks, at least once, like Meta: again with growing pauses until the answer is
// 200, but not for ever. Everything runs on the loop's thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "actors/http/client.h"
#include "actors/http/io_loop.h"
#include "protocols/personal.h"
#include "protocols/whatsapp/signature.h"

namespace mitr::graph {

class WebhookCourier {
 public:
  struct Settings {
    std::string target;  ///< Path of the webhook.
    std::chrono::milliseconds retry_first;
    int attempts_max;
  };
  /// True: answered 200. False: given up.
  using Settled = std::function<void(bool delivered)>;
  /// Told after each attempt whether the webhook answered 200, and when it did not, how long the
  /// pause is.
  using Attempted = std::function<void(bool answered, std::chrono::milliseconds pause)>;

  WebhookCourier(IoLoop& loop, std::unique_ptr<HttpClient> client, whatsapp::Signer signer,
                 Settings settings, Attempted attempted);

  /// Bodies of one lane are posted one after the other (a phone's messages, a message's statuses);
  /// lanes are independent. False, and nothing kept, above kSimWebhooksMax.
  bool post(const std::string& lane, Personal body, Settled settled);
  std::size_t waiting() const { return waiting_; }

 private:
  struct Parcel {
    Personal body;
    std::string signature;
    Settled settled;
    int attempts = 0;
  };
  void send(const std::string& lane);
  void answered(const std::string& lane, const PostAnswer& answer);
  void settle(const std::string& lane, bool delivered);

  IoLoop& loop_;
  whatsapp::Signer signer_;
  Settings settings_;
  Attempted attempted_;
  std::unordered_map<std::string, std::deque<Parcel>> lanes_;
  std::size_t waiting_ = 0;
  std::unique_ptr<HttpClient> client_;  ///< Last: its pending answers point at all of the above.
};

}  // namespace mitr::graph
