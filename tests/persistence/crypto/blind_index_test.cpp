// Keyed hashes: stable for a tenant, unlinkable between tenants and fields.
#include "persistence/crypto/blind_index.h"

#include <gtest/gtest.h>
#include <openssl/hmac.h>
#include <set>

namespace mitr {
namespace {

constexpr std::string_view kPhone = "919800000001";

TEST(BlindIndex, FindsTheSameValueAgain) {
  const auto key = SecretKey::random();
  const BlindIndex index(key);
  const auto first = index.hash(IndexedField::kPhone, kPhone);
  index.hash(IndexedField::kBsuid, "something between");
  EXPECT_EQ(index.hash(IndexedField::kPhone, kPhone), first);
  EXPECT_EQ(BlindIndex(key).hash(IndexedField::kPhone, kPhone), first);
}

TEST(BlindIndex, IsHmacUnderAKeyDerivedForIt) {
  // HKDF (RFC 5869) by hand: extract under a zero salt, then one block of expansion.
  const auto key = SecretKey::random();
  const auto mac = [](const std::string& under, const std::string& text) {
    unsigned char out[32];
    unsigned int size = 0;
    HMAC(EVP_sha256(), under.data(), static_cast<int>(under.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), out, &size);
    return std::string(reinterpret_cast<char*>(out), size);
  };
  const std::string material(reinterpret_cast<const char*>(key.reveal().data()),
                             key.reveal().size());
  const std::string derived =
      mac(mac(std::string(32, '\0'), material), std::string("mitr index\x01"));
  const std::string expected =
      mac(derived, std::string("\x01") + std::string(kPhone)).substr(0, 16);
  const auto hash = BlindIndex(key).hash(IndexedField::kPhone, kPhone);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()),
            expected);
}

TEST(BlindIndex, DiffersByTenantFieldAndValue) {
  const auto key = SecretKey::random();
  const BlindIndex index(key);
  std::set<KeyedHash> seen;
  for (auto field : {IndexedField::kPhone, IndexedField::kBsuid, IndexedField::kInboundMessage,
                     IndexedField::kOutboundMessage}) {
    seen.insert(index.hash(field, kPhone));
  }
  seen.insert(BlindIndex(SecretKey::random()).hash(IndexedField::kPhone, kPhone));
  seen.insert(index.hash(IndexedField::kPhone, "919800000002"));
  seen.insert(index.hash(IndexedField::kPhone, ""));
  EXPECT_EQ(seen.size(), 7U);
}

TEST(BlindIndex, TellsPortfoliosApart) {
  const BlindIndex index(SecretKey::random());
  const auto of_main = index.hash(IndexedField::kBsuid, "", "IN.1001");
  EXPECT_EQ(of_main, index.hash(IndexedField::kBsuid, "IN.1001")) << "as before there were others";
  const auto of_north = index.hash(IndexedField::kBsuid, "north", "IN.1001");
  EXPECT_NE(of_north, of_main);
  EXPECT_NE(of_north, index.hash(IndexedField::kBsuid, "south", "IN.1001"));
  EXPECT_NE(of_north, index.hash(IndexedField::kBsuid, "northIN", ".1001"));
}

TEST(BlindIndex, MovesWithItsState) {
  const auto key = SecretKey::random();
  BlindIndex first(key);
  const auto hash = first.hash(IndexedField::kPhone, kPhone);
  BlindIndex second(std::move(first));
  EXPECT_EQ(second.hash(IndexedField::kPhone, kPhone), hash);
  BlindIndex third(SecretKey::random());
  third = std::move(second);
  EXPECT_EQ(third.hash(IndexedField::kPhone, kPhone), hash);
}

}  // namespace
}  // namespace mitr
