// A lane exists while something is in it; its front is the parcel under way or waiting for its next
// attempt.
#include "tools/graph/courier.h"

#include <algorithm>
#include <utility>

#include "protocols/limits.h"
#include "tools/graph/later.h"

namespace mitr::graph {

WebhookCourier::WebhookCourier(IoLoop& loop, std::unique_ptr<HttpClient> client,
                               whatsapp::Signer signer, Settings settings, Attempted attempted)
    : loop_(loop),
      signer_(std::move(signer)),
      settings_(std::move(settings)),
      attempted_(std::move(attempted)),
      client_(std::move(client)) {}

bool WebhookCourier::post(const std::string& lane, Personal body, Settled settled) {
  if (waiting_ >= limits::kSimWebhooksMax) return false;
  ++waiting_;
  auto signature = signer_.sign(body.reveal());
  auto& parcels = lanes_[lane];
  parcels.push_back(Parcel{std::move(body), std::move(signature), std::move(settled)});
  if (parcels.size() == 1) send(lane);
  return true;
}

void WebhookCourier::send(const std::string& lane) {
  const auto found = lanes_.find(lane);
  if (found == lanes_.end()) return;
  auto& parcel = found->second.front();
  ++parcel.attempts;
  client_->post(settings_.target, {{"X-Hub-Signature-256", parcel.signature}}, parcel.body,
                [this, lane](const PostAnswer& answer) { answered(lane, answer); });
}

void WebhookCourier::answered(const std::string& lane, const PostAnswer& answer) {
  const auto found = lanes_.find(lane);
  if (found == lanes_.end()) return;
  const bool ok = answer.end == PostEnd::kAnswered && answer.status == 200;
  if (ok) {
    attempted_(true, {});
    return settle(lane, true);
  }
  const int attempts = found->second.front().attempts;
  const auto growth = 1LL << std::min(attempts - 1, 20);
  const auto pause =
      std::min<std::chrono::milliseconds>(settings_.retry_first * growth, limits::kSimRetryMax);
  attempted_(false, pause);
  if (attempts >= settings_.attempts_max) return settle(lane, false);
  later(loop_, pause, [this, lane] { send(lane); });
}

void WebhookCourier::settle(const std::string& lane, bool delivered) {
  const auto found = lanes_.find(lane);
  auto settled = std::move(found->second.front().settled);
  found->second.pop_front();
  --waiting_;
  const bool more = !found->second.empty();
  if (!more) lanes_.erase(found);
  // Off this stack: `settled` may post, and so may the client before it returns.
  if (more) loop_.post([this, lane] { send(lane); });
  settled(delivered);
}

}  // namespace mitr::graph
