// Goal: chosen bytes reach every id, nonce and key of their thread, and nothing beyond their scope.
#include "persistence/crypto/chosen_randomness.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <thread>

#include "persistence/crypto/gcm.h"
#include "persistence/crypto/keys.h"

namespace mitr {
namespace {

ChosenRandomness::Source all(std::uint8_t byte) {
  return [byte](std::uint8_t* out, std::size_t count) { std::fill_n(out, count, byte); };
}

TEST(ChosenRandomness, DecidesIdsKeysAndNonces) {
  const ChosenRandomness chosen(all(7));
  EXPECT_EQ(random_id<ContactId>(), random_id<ContactId>());
  EXPECT_EQ(SecretKey::random().reveal()[31], 7);
  const auto key = SecretKey::random();
  EXPECT_EQ(gcm::seal(key, "place", "words"), gcm::seal(key, "place", "words"));
}

TEST(ChosenRandomness, EndsWithItsScope) {
  { const ChosenRandomness chosen(all(7)); }
  EXPECT_NE(random_id<ContactId>(), random_id<ContactId>());
  EXPECT_FALSE(SecretKey::random() == SecretKey::random());
}

TEST(ChosenRandomness, GivesWayToAnInnerOne) {
  const ChosenRandomness outer(all(7));
  {
    const ChosenRandomness inner(all(9));
    EXPECT_EQ(SecretKey::random().reveal()[0], 9);
  }
  EXPECT_EQ(SecretKey::random().reveal()[0], 7);
}

TEST(ChosenRandomness, DoesNotReachAnotherThread) {
  const ChosenRandomness chosen(all(7));
  bool reached = true;
  std::thread([&reached] {
    std::uint8_t byte = 0;
    reached = ChosenRandomness::take(&byte, 1);
  }).join();
  EXPECT_FALSE(reached);
}

}  // namespace
}  // namespace mitr
