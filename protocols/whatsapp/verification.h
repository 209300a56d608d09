// The GET Meta makes when a callback URL is saved. Meta, "Create a webhook endpoint": compare
// hub.verify_token and answer 200 with hub.challenge as the whole body. It carries no signature.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mitr::whatsapp {

/// `query` is what stands after '?', still percent-encoded. Answers the challenge to send back, or
/// nothing if the request is not a verification with this token. Constant time in the token.
std::optional<std::string> verification_challenge(std::string_view query,
                                                  std::string_view verify_token);

}  // namespace mitr::whatsapp
