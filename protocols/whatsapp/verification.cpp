#include "protocols/whatsapp/verification.h"

#include <charconv>
#include <openssl/crypto.h>

namespace mitr::whatsapp {
namespace {

std::string percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%' && i + 2 < text.size() &&
               std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr ==
                   text.data() + i + 3) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    auto equals = pair.find('=');
    if (equals != std::string_view::npos && percent_decoded(pair.substr(0, equals)) == name)
      return percent_decoded(pair.substr(equals + 1));
  }
  return {};
}

}  // namespace

std::optional<std::string> verification_challenge(std::string_view query,
                                                  std::string_view verify_token) {
  auto token = parameter(query, "hub.verify_token");
  auto challenge = parameter(query, "hub.challenge");
  if (verify_token.empty() || challenge.empty() || parameter(query, "hub.mode") != "subscribe")
    return std::nullopt;
  if (token.size() != verify_token.size() ||
      CRYPTO_memcmp(token.data(), verify_token.data(), token.size()) != 0)
    return std::nullopt;
  return challenge;
}

}  // namespace mitr::whatsapp
