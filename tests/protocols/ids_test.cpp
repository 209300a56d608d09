// The text forms of identities, there and back.
#include "protocols/ids.h"

#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <type_traits>
#include <unordered_set>

namespace mitr {
namespace {

constexpr auto kText = "00112233-4455-6677-8899-aabbccddeeff";

ContactId some_contact() {
  return *parse_id<ContactId>(kText);
}

TEST(Uuid, ComesBackFromItsText) {
  auto id = parse_id<ContactId>(kText);
  ASSERT_TRUE(id);
  EXPECT_EQ(id->bytes[0], 0x00);
  EXPECT_EQ(id->bytes[1], 0x11);
  EXPECT_EQ(id->bytes[15], 0xFF);
  EXPECT_EQ(to_string(*id), kText);
}

TEST(Uuid, ReadsUpperCaseAndWritesLowerCase) {
  auto id = parse_id<TenantId>("00112233-4455-6677-8899-AABBCCDDEEFF");
  ASSERT_TRUE(id);
  EXPECT_EQ(to_string(*id), kText);
}

TEST(Uuid, RefusesTextThatIsNone) {
  for (std::string text :
       {"", "0", "00112233-4455-6677-8899-aabbccddeef", "00112233-4455-6677-8899-aabbccddeeff0",
        "0011223344556677-8899-aabbccddeeff--", "g0112233-4455-6677-8899-aabbccddeeff",
        "00112233_4455_6677_8899_aabbccddeeff", "{0112233-4455-6677-8899-aabbccddeef}"}) {
    EXPECT_FALSE(parse_id<RequestId>(text)) << text;
  }
}

TEST(Uuid, RefusesEveryTextWithOneForeignCharacter) {
  for (std::size_t i = 0; i < 36; ++i) {
    std::string text = kText;
    text[i] = '%';
    EXPECT_FALSE(parse_uuid(text)) << text;
  }
}

TEST(Uuid, IsNilUntilGiven) {
  EXPECT_TRUE(TenantId{}.is_nil());
  EXPECT_FALSE(some_contact().is_nil());
}

TEST(Uuid, OfOneNameIsNotOfAnother) {
  static_assert(!std::is_convertible_v<ContactId, TenantId>);
  static_assert(!std::is_constructible_v<TenantId, ContactId>);
  static_assert(!std::is_same_v<ContactId, RequestId>);
}

TEST(Uuid, HashesApart) {
  std::unordered_set<ContactId> seen;
  for (std::uint8_t i = 0; i < 200; ++i) {
    ContactId id;
    id.bytes[0] = i;
    seen.insert(id);
    seen.insert(id);
  }
  EXPECT_EQ(seen.size(), 200u);
}

TEST(KeyedHash, ComparesByItsBytes) {
  KeyedHash one;
  KeyedHash other;
  other.bytes[15] = 1;
  EXPECT_EQ(one, KeyedHash{});
  EXPECT_LT(one, other);
}

TEST(OutboxRef, ComesBackFromItsText) {
  for (const auto& ref : {OutboxRef{some_contact(), 0, 0}, OutboxRef{some_contact(), 17, 3},
                          OutboxRef{some_contact(), std::numeric_limits<std::uint64_t>::max(),
                                    std::numeric_limits<std::uint16_t>::max()}}) {
    auto back = parse_outbox_ref(to_string(ref));
    ASSERT_TRUE(back) << to_string(ref);
    EXPECT_EQ(*back, ref);
  }
}

TEST(OutboxRef, WritesContactSeqAndOrd) {
  EXPECT_EQ(to_string(OutboxRef{some_contact(), 17, 3}), std::string(kText) + ".17.3");
}

TEST(OutboxRef, RefusesTextThatIsNone) {
  for (std::string tail : {"", ".", ".1", ".1.", "..1", ".1.2.3", ".-1.2", ".1.-2", ".1.65536",
                           ".x.1", ".1.x", ". 1.2", ".1.2 ", ".18446744073709551616.1", ".+1.2"}) {
    EXPECT_FALSE(parse_outbox_ref(kText + tail)) << tail;
  }
  EXPECT_FALSE(parse_outbox_ref(""));
  EXPECT_FALSE(parse_outbox_ref("callback data of another program, long enough to be one"));
}

TEST(OutboxRef, HashesPlacesOfOneTurnApart) {
  std::unordered_set<OutboxRef> seen;
  for (std::uint16_t ord = 0; ord < 4; ++ord)
    for (std::uint64_t seq = 0; seq < 50; ++seq) seen.insert({some_contact(), seq, ord});
  EXPECT_EQ(seen.size(), 200u);
}

}  // namespace
}  // namespace mitr
