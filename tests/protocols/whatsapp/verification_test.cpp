// Goal: only the GET that knows our token gets its challenge back, decoded, and nothing else.
#include "protocols/whatsapp/verification.h"

#include <gtest/gtest.h>

namespace mitr::whatsapp {
namespace {

TEST(Verification, AnswersTheChallengeInAnyOrderOfParameters) {
  EXPECT_EQ(verification_challenge("hub.mode=subscribe&hub.challenge=115&hub.verify_token=to%2Bken",
                                   "to+ken"),
            "115");
  EXPECT_EQ(
      verification_challenge("hub.verify_token=t&x=1&hub.challenge=a+b&hub.mode=subscribe", "t"),
      "a b");
}

TEST(Verification, RefusesEverythingElse) {
  EXPECT_FALSE(
      verification_challenge("hub.mode=subscribe&hub.challenge=1&hub.verify_token=u", "t"));
  EXPECT_FALSE(
      verification_challenge("hub.mode=subscribe&hub.challenge=1&hub.verify_token=tt", "t"));
  EXPECT_FALSE(
      verification_challenge("hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=t", "t"));
  EXPECT_FALSE(verification_challenge("hub.mode=subscribe&hub.verify_token=t", "t"));
  EXPECT_FALSE(verification_challenge("hub.mode=subscribe&hub.challenge=1", "t"));
  EXPECT_FALSE(verification_challenge("", ""));
  EXPECT_FALSE(verification_challenge("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", ""))
      << "without a token of ours nobody is let in";
}

TEST(Verification, SurvivesBrokenEscapes) {
  for (const char* query :
       {"%", "%2", "%zz=%", "hub.challenge=%&hub.mode=%s", "&&&==", "hub.mode"}) {
    EXPECT_FALSE(verification_challenge(query, "t")) << query;
  }
}

}  // namespace
}  // namespace mitr::whatsapp
