// Goal: contact details come back as they went in, and foreign bytes are refused. Method: round
// trips and every prefix.
#include "protocols/contact_details.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

TEST(ContactDetails, RoundTrip) {
  ContactDetails details{Personal("919800000001"), Personal("IN.1"), Personal("आशा \"Asha\"")};
  EXPECT_EQ(*decode_details(encode(details)), details);
  EXPECT_EQ(*decode_details(encode(ContactDetails{})), ContactDetails{});
}

TEST(ContactDetails, CutFieldsThatAreTooLong) {
  auto read = decode_details(encode({Personal{}, Personal{}, Personal(std::string(70'000, 'x'))}));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->name.size_bytes(), 65'535u);
}

TEST(ContactDetails, RefuseWhatTheyDidNotWrite) {
  auto bytes = encode({Personal("1"), Personal("2"), Personal("3")});
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(decode_details(std::string_view(bytes).substr(0, length)).ok()) << length;
  }
  EXPECT_FALSE(decode_details(bytes + "x").ok());
  bytes[0] = 9;
  EXPECT_FALSE(decode_details(bytes).ok()) << "another version";
}

}  // namespace
}  // namespace mitr
