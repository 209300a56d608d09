// X-Hub-Signature-256. Meta, "Validate payloads": sha256=<hex HMAC-SHA256 of the raw body under the
// app secret>. Raw: before any parsing, since Meta escapes non-ASCII and a re-serialised body
// differs.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mitr::whatsapp {

/// Checks and makes signatures under a list of app secrets (the first signs; all are accepted, for
/// rotation). Holds the keyed hash states, so that a check costs one pass over the body. Safe to
/// share between threads.
class Signer {
 public:
  explicit Signer(const std::vector<std::string>& secrets);
  ~Signer();
  Signer(Signer&&) noexcept;
  Signer& operator=(Signer&&) noexcept;

  /// True if `header` ("sha256=<64 hex>") signs `body` under any secret. Constant time in the
  /// content.
  bool accepts(std::string_view header, std::string_view body) const;
  /// The header value that signs `body` under the first secret. Needs at least one secret.
  std::string sign(std::string_view body) const;

 private:
  struct Keys;
  std::unique_ptr<Keys> keys_;
};

}  // namespace mitr::whatsapp
