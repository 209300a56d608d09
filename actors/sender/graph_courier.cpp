#include "actors/sender/graph_courier.h"

namespace mitr {
namespace {

whatsapp::SendAnswer read(const PostAnswer& answer) {
  switch (answer.end) {
    case PostEnd::kAnswered:
      return whatsapp::parse_send_answer(answer.status, answer.body);
    case PostEnd::kNotSent:
      return {whatsapp::SendVerdict::kRetryLater, Personal{}, 0};
    case PostEnd::kAnswerLost:
      break;
  }
  return {whatsapp::SendVerdict::kUnknown, Personal{}, 0};
}

}  // namespace

GraphCourier::GraphCourier(std::unique_ptr<HttpClient> client, std::string version,
                           const Personal& access_token)
    : client_(std::move(client)),
      version_(std::move(version)),
      headers_{{"Authorization", "Bearer " + access_token.reveal()}} {}

void GraphCourier::post(const std::string& number, Personal body,
                        std::function<void(whatsapp::SendAnswer)> ended) {
  client_->post("/" + version_ + "/" + number + "/messages", headers_, std::move(body),
                [ended = std::move(ended)](const PostAnswer& answer) { ended(read(answer)); });
}

}  // namespace mitr
