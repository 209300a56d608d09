#include "persistence/crypto/sha256.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <openssl/evp.h>

namespace mitr {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kBase64Chars = 44;

/// Without its hash the process can vouch for no file: nothing sensible is left to do.
void require(bool done) {
  if (done) return;
  std::fprintf(stderr, "mitr: SHA-256 failed\n");
  std::abort();
}

std::string hex_of(const unsigned char* bytes, std::size_t count) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

}  // namespace

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() = default;
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  require(state_->context != nullptr &&
          EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  require(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1);
}

std::string Sha256::hex() {
  std::array<unsigned char, kHashBytes> digest{};
  unsigned int size = 0;
  require(EVP_DigestFinal_ex(state_->context, digest.data(), &size) == 1);
  return hex_of(digest.data(), size);
}

std::string sha256_hex(std::string_view written) {
  const auto is_hex = [](unsigned char c) { return std::isxdigit(c) != 0; };
  if (written.size() == 2 * kHashBytes && std::all_of(written.begin(), written.end(), is_hex)) {
    std::string hex(written);
    for (char& c : hex) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return hex;
  }
  if (written.size() != kBase64Chars || written.back() != '=') return {};
  std::array<unsigned char, kHashBytes + 3> bytes{};
  const int size =
      EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(written.data()),
                      static_cast<int>(written.size()));
  return size < static_cast<int>(kHashBytes) ? std::string() : hex_of(bytes.data(), kHashBytes);
}

}  // namespace mitr
