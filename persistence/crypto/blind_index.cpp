// Keyed hashes over HMAC-SHA256. The derived key exists only inside the kept HMAC state.
#include "persistence/crypto/blind_index.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <string>

namespace mitr {
namespace {

constexpr std::size_t kDigestBytes = 32;

/// Without its hash the process can find nobody: nothing sensible is left to do.
void require(bool done, const char* step) {
  if (done) return;
  std::fprintf(stderr, "mitr: the keyed hash failed at: %s\n", step);
  std::abort();
}

std::array<std::uint8_t, kDigestBytes> derive(const SecretKey& tenant_key) {
  static EVP_KDF* const hkdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  require(hkdf != nullptr, "fetch of HKDF");
  EVP_KDF_CTX* ctx = EVP_KDF_CTX_new(hkdf);
  require(ctx != nullptr, "new HKDF context");
  char digest[] = "SHA256";
  char info[] = "mitr index";
  auto key = tenant_key.reveal();
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info, std::strlen(info)),
      OSSL_PARAM_construct_end(),
  };
  std::array<std::uint8_t, kDigestBytes> derived{};
  require(EVP_KDF_derive(ctx, derived.data(), derived.size(), params) == 1, "HKDF");
  EVP_KDF_CTX_free(ctx);
  OPENSSL_cleanse(key.data(), key.size());
  return derived;
}

}  // namespace

struct BlindIndex::State {
  EVP_MAC_CTX* hmac = nullptr;
  State() = default;
  ~State() { EVP_MAC_CTX_free(hmac); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

BlindIndex::BlindIndex(const SecretKey& tenant_key) : state_(std::make_unique<State>()) {
  static EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  require(mac != nullptr, "fetch of HMAC");
  state_->hmac = EVP_MAC_CTX_new(mac);
  require(state_->hmac != nullptr, "new HMAC context");
  auto key = derive(tenant_key);
  char digest[] = "SHA256";
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end(),
  };
  require(EVP_MAC_init(state_->hmac, key.data(), key.size(), params) == 1, "HMAC key");
  OPENSSL_cleanse(key.data(), key.size());
}

BlindIndex::~BlindIndex() = default;
BlindIndex::BlindIndex(BlindIndex&&) noexcept = default;
BlindIndex& BlindIndex::operator=(BlindIndex&&) noexcept = default;

KeyedHash BlindIndex::hash(IndexedField field, std::string_view value) const {
  EVP_MAC_CTX* hmac = state_->hmac;
  const auto prefix = static_cast<unsigned char>(field);
  std::array<std::uint8_t, kDigestBytes> digest{};
  std::size_t length = 0;
  // Without a key the context starts over under the one it has: a quarter of the price of a new
  // one.
  require(EVP_MAC_init(hmac, nullptr, 0, nullptr) == 1, "restart");
  require(EVP_MAC_update(hmac, &prefix, 1) == 1, "field");
  require(
      EVP_MAC_update(hmac, reinterpret_cast<const unsigned char*>(value.data()), value.size()) == 1,
      "value");
  require(EVP_MAC_final(hmac, digest.data(), &length, digest.size()) == 1, "final");
  KeyedHash hash;
  std::memcpy(hash.bytes.data(), digest.data(), hash.bytes.size());
  return hash;
}

KeyedHash BlindIndex::hash(IndexedField field, std::string_view portfolio,
                           std::string_view name) const {
  if (portfolio.empty()) return hash(field, name);
  std::string within(portfolio);
  within += '\n';  // In no name of either.
  within += name;
  auto hashed = hash(field, within);
  OPENSSL_cleanse(within.data(), within.size());
  return hashed;
}

}  // namespace mitr
