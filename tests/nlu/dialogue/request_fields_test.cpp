// Goal: a filed request's fields come back as they went in, in order; foreign bytes are refused.
#include "nlu/dialogue/request_fields.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

TEST(RequestFields, RoundTrip) {
  RequestFields fields{{"student", Personal("Aisha Khan")},
                       {"reason", Personal("")},
                       {"from", Personal("2026-12-01")}};
  EXPECT_EQ(*decode_fields(encode_fields(fields)), fields);
  EXPECT_EQ(*decode_fields(encode_fields({})), RequestFields{});
}

TEST(RequestFields, RefuseWhatTheyDidNotWrite) {
  auto bytes = encode_fields({{"class", Personal("5B")}});
  for (std::size_t length = 2; length < bytes.size(); ++length) {
    EXPECT_FALSE(decode_fields(std::string_view(bytes).substr(0, length)).ok()) << length;
  }
  EXPECT_FALSE(decode_fields("").ok());
  bytes[0] = 7;
  EXPECT_FALSE(decode_fields(bytes).ok());
}

}  // namespace
}  // namespace mitr
