// Meta's Graph API over HTTPS: POST {base}/{version}/{phone_number_id}/messages with a bearer
// token.
#pragma once

#include <memory>
#include <string>

#include "actors/http/client.h"
#include "actors/sender/courier.h"

namespace mitr {

class GraphCourier : public Courier {
 public:
  GraphCourier(std::unique_ptr<HttpClient> client, std::string version,
               const Personal& access_token);
  void post(const std::string& number, Personal body,
            std::function<void(whatsapp::SendAnswer)> ended) override;

 private:
  std::unique_ptr<HttpClient> client_;
  std::string version_;
  HttpClient::Headers headers_;
};

}  // namespace mitr
