// HMAC-SHA256 from its two keyed hash states, which are made once per secret and copied for every
// body.
#include "protocols/whatsapp/signature.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <optional>

namespace mitr::whatsapp {
namespace {

constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kBlockBytes = 64;
constexpr std::string_view kPrefix = "sha256=";

using Digest = std::array<unsigned char, kDigestBytes>;

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

/// The hash states after the padded key, as RFC 2104 names them.
struct KeyedStates {
  Context inner;
  Context outer;
};

/// A hash state that has read one block: `key` (at most a block) xor `pad`.
Context state_after(const EVP_MD* sha256, std::string_view key, unsigned char pad) {
  std::array<unsigned char, kBlockBytes> block{};
  std::copy(key.begin(), key.end(), block.begin());
  for (auto& byte : block) byte ^= pad;
  Context context(EVP_MD_CTX_new());
  const bool done = context && EVP_DigestInit_ex2(context.get(), sha256, nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), block.data(), block.size()) == 1;
  OPENSSL_cleanse(block.data(), block.size());
  return done ? std::move(context) : nullptr;
}

KeyedStates keyed_states(const EVP_MD* sha256, std::string_view secret) {
  Digest hashed{};
  std::string_view key = secret;
  if (key.size() > kBlockBytes) {
    if (EVP_Digest(secret.data(), secret.size(), hashed.data(), nullptr, sha256, nullptr) != 1)
      return {};
    key = {reinterpret_cast<const char*>(hashed.data()), hashed.size()};
  }
  KeyedStates states{state_after(sha256, key, 0x36), state_after(sha256, key, 0x5C)};
  OPENSSL_cleanse(hashed.data(), hashed.size());
  return states;
}

/// `state` carried on over `bytes`, in this thread's scratch context: the keyed states are only
/// read.
bool finish(const Context& state, const void* bytes, std::size_t size, Digest& out) {
  static thread_local const Context scratch(EVP_MD_CTX_new());
  return scratch && EVP_MD_CTX_copy_ex(scratch.get(), state.get()) == 1 &&
         EVP_DigestUpdate(scratch.get(), bytes, size) == 1 &&
         EVP_DigestFinal_ex(scratch.get(), out.data(), nullptr) == 1;
}

std::optional<Digest> hmac(const KeyedStates& states, std::string_view body) {
  Digest inner;
  Digest outer;
  if (!finish(states.inner, body.data(), body.size(), inner) ||
      !finish(states.outer, inner.data(), inner.size(), outer))
    return std::nullopt;
  return outer;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<Digest> parse_header(std::string_view header) {
  if (header.size() != kPrefix.size() + 2 * kDigestBytes || !header.starts_with(kPrefix))
    return std::nullopt;
  header.remove_prefix(kPrefix.size());
  Digest digest;
  for (std::size_t i = 0; i < kDigestBytes; ++i) {
    const int high = hex_digit(header[2 * i]);
    const int low = hex_digit(header[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest[i] = static_cast<unsigned char>(high << 4 | low);
  }
  return digest;
}

}  // namespace

struct Signer::Keys {
  std::unique_ptr<EVP_MD, Free> sha256;
  std::vector<KeyedStates> states;
};

Signer::Signer(const std::vector<std::string>& secrets) : keys_(std::make_unique<Keys>()) {
  keys_->sha256.reset(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  if (!keys_->sha256) return;
  for (const auto& secret : secrets) {
    if (secret.empty()) continue;  // anybody can sign with an empty key
    auto states = keyed_states(keys_->sha256.get(), secret);
    if (states.inner && states.outer) keys_->states.push_back(std::move(states));
  }
}

Signer::~Signer() = default;
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;

bool Signer::accepts(std::string_view header, std::string_view body) const {
  const auto given = parse_header(header);
  if (!given || !keys_) return false;
  bool accepted = false;
  for (const auto& states : keys_->states) {
    const auto made = hmac(states, body);
    const bool same = made && CRYPTO_memcmp(made->data(), given->data(), kDigestBytes) == 0;
    accepted = accepted || same;  // no early end: which secret signed stays as quiet as the rest
  }
  return accepted;
}

std::string Signer::sign(std::string_view body) const {
  static constexpr char kDigits[] = "0123456789abcdef";
  if (!keys_ || keys_->states.empty()) return {};
  const auto made = hmac(keys_->states.front(), body);
  if (!made) return {};
  std::string header(kPrefix);
  header.reserve(kPrefix.size() + 2 * kDigestBytes);
  for (const auto byte : *made) {
    header += kDigits[byte >> 4];
    header += kDigits[byte & 15];
  }
  return header;
}

}  // namespace mitr::whatsapp
