// SHA-256 against the published vector, whole and in parts, and in both spellings.
#include "persistence/crypto/sha256.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

// FIPS 180-4, "abc".
constexpr const char* kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, OfPartsIsThatOfTheWhole) {
  Sha256 hash;
  hash.add("a");
  hash.add("");
  hash.add("bc");
  EXPECT_EQ(hash.hex(), kAbc);
}

TEST(Sha256, IsReadInBothSpellings) {
  EXPECT_EQ(sha256_hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"), kAbc);
  EXPECT_EQ(sha256_hex("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="), kAbc);
  EXPECT_EQ(sha256_hex("abc"), "");
  EXPECT_EQ(sha256_hex(""), "");
}

}  // namespace
}  // namespace mitr
