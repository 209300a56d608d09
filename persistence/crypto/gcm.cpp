// AES-256-GCM through OpenSSL 3: the cipher is fetched once, each thread keeps one context.
#include "persistence/crypto/gcm.h"

#include <cstdio>
#include <cstdlib>
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace mitr::gcm {
namespace {

/// A library that cannot encrypt leaves nothing sensible to do: going on would store plain text or
/// lose it.
void require(bool done, const char* step) {
  if (done) return;
  std::fprintf(stderr, "mitr: the cipher failed at: %s\n", step);
  std::abort();
}

const EVP_CIPHER* cipher() {
  static const EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  require(fetched != nullptr, "fetch of AES-256-GCM");
  return fetched;
}

/// Allocating a context per message costs as much as sealing one.
struct Context {
  EVP_CIPHER_CTX* raw = EVP_CIPHER_CTX_new();
  Context() { require(raw != nullptr, "new context"); }
  ~Context() { EVP_CIPHER_CTX_free(raw); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
};

EVP_CIPHER_CTX* context() {
  thread_local Context held;
  return held.raw;
}

const unsigned char* in(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* out(std::string& bytes, std::size_t at) {
  return reinterpret_cast<unsigned char*>(bytes.data() + at);
}

}  // namespace

Sealed seal(const SecretKey& key, std::string_view associated, std::string_view plain) {
  Sealed sealed(kOverheadBytes + plain.size(), '\0');
  sealed[0] = static_cast<char>(kFormatVersion);
  random_bytes(out(sealed, 1), kNonceBytes);
  EVP_CIPHER_CTX* ctx = context();
  int length = 0;
  require(EVP_EncryptInit_ex2(ctx, cipher(), key.reveal().data(), out(sealed, 1), nullptr) == 1,
          "init");
  require(EVP_EncryptUpdate(ctx, nullptr, &length, in(associated),
                            static_cast<int>(associated.size())) == 1,
          "associated data");
  const std::size_t body = 1 + kNonceBytes;
  if (!plain.empty()) {
    require(EVP_EncryptUpdate(ctx, out(sealed, body), &length, in(plain),
                              static_cast<int>(plain.size())) == 1,
            "update");
  }
  const std::size_t tag = body + plain.size();
  require(EVP_EncryptFinal_ex(ctx, out(sealed, tag), &length) == 1, "final");
  require(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(kTagBytes),
                              out(sealed, tag)) == 1,
          "tag");
  return sealed;
}

std::optional<std::string> open(const SecretKey& key, std::string_view associated,
                                std::string_view sealed) {
  if (sealed.size() < kOverheadBytes) return std::nullopt;
  if (static_cast<std::uint8_t>(sealed[0]) != kFormatVersion) return std::nullopt;
  const std::size_t body = 1 + kNonceBytes;
  const std::size_t size = sealed.size() - kOverheadBytes;
  std::string plain(size, '\0');
  std::string tag(sealed.substr(body + size));
  EVP_CIPHER_CTX* ctx = context();
  int length = 0;
  require(EVP_DecryptInit_ex2(ctx, cipher(), key.reveal().data(), in(sealed) + 1, nullptr) == 1,
          "init");
  require(EVP_DecryptUpdate(ctx, nullptr, &length, in(associated),
                            static_cast<int>(associated.size())) == 1,
          "associated data");
  if (size != 0) {
    require(EVP_DecryptUpdate(ctx, out(plain, 0), &length, in(sealed) + body,
                              static_cast<int>(size)) == 1,
            "update");
  }
  require(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(kTagBytes),
                              out(tag, 0)) == 1,
          "tag");
  unsigned char rest = 0;
  if (EVP_DecryptFinal_ex(ctx, &rest, &length) != 1) {
    OPENSSL_cleanse(plain.data(), plain.size());
    return std::nullopt;
  }
  return plain;
}

}  // namespace mitr::gcm
