// Goal: a parked record comes back as it was, and broken bytes are refused.
#include "actors/tenant/parked_record.h"

#include <gtest/gtest.h>
#include <limits>

namespace mitr {
namespace {

TEST(ParkedRecord, ComesBackAsItWas) {
  const ParkedRecord rest{1, 0, "", "details"};
  const ParkedRecord full{std::numeric_limits<std::uint64_t>::max(),
                          std::numeric_limits<std::int64_t>::max(), std::string(300, 's'),
                          std::string(20'000, 'd')};
  const ParkedRecord odd{0, -1, std::string("\0\x80", 2), ""};
  for (const auto& record : {rest, full, odd}) {
    EXPECT_TRUE(*decode_parked(encode(record)) == record);
    EXPECT_TRUE(*decode_parked(encode(record) + std::string(27, '\0')) == record) << "filled up";
  }
}

TEST(ParkedRecord, AtRestTakesFourBytesBesidesItsDetails) {
  EXPECT_EQ(encode(ParkedRecord{1, 0, "", "details"}).size(), 4u + 7u);
}

TEST(ParkedRecord, RefusesCutBytes) {
  const auto bytes = encode(ParkedRecord{500, 1'790'000'000, "state", "details"});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto cut = decode_parked(std::string_view(bytes).substr(0, size));
    ASSERT_FALSE(cut.ok()) << size;
    EXPECT_EQ(cut.error().code, Errc::kMalformed);
  }
}

TEST(ParkedRecord, RefusesANumberWithoutEnd) {
  EXPECT_FALSE(decode_parked(std::string(12, '\x80')).ok());
}

}  // namespace
}  // namespace mitr
