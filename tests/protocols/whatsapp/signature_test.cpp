// Signatures against values computed by other programs, and against every small change.
#include "protocols/whatsapp/signature.h"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

namespace mitr::whatsapp {
namespace {

// Computed with Python's hmac module: hmac.new(secret, body, "sha256").hexdigest().
constexpr auto kBody = R"({"object":"whatsapp_business_account","entry":[]})";
constexpr auto kHeader = "sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f";
constexpr auto kHeaderOfLongSecret =
    "sha256=68aaff01bb0cb580938259c3f942c82db6226dc5380f825d29690d697375db6f";
constexpr auto kHeaderOfBlockSecret =
    "sha256=83026a325aaee70e36cfe607536aa1054104ad1077c36134810d4ccded1ccd3b";

const Signer& signer() {
  static const Signer made({"app-secret"});
  return made;
}

TEST(Signer, MakesTheKnownSignature) {
  EXPECT_EQ(signer().sign(kBody), kHeader);
  EXPECT_EQ(Signer({std::string(131, 'k')}).sign(kBody), kHeaderOfLongSecret);
  EXPECT_EQ(Signer({std::string(64, 'k')}).sign(""), kHeaderOfBlockSecret);
}

// RFC 4231, test case 2.
TEST(Signer, AgreesWithTheStandard) {
  EXPECT_EQ(Signer({"Jefe"}).sign("what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Signer, AcceptsWhatItSigns) {
  for (std::size_t size : {0u, 1u, 55u, 56u, 63u, 64u, 65u, 600u, 70'000u}) {
    const std::string body(size, 'b');
    EXPECT_TRUE(signer().accepts(signer().sign(body), body)) << size;
  }
}

TEST(Signer, AcceptsHexOfBothCases) {
  std::string header = kHeader;
  std::transform(header.begin() + 7, header.end(), header.begin() + 7,
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  EXPECT_TRUE(signer().accepts(header, kBody));
}

TEST(Signer, RefusesEveryBodyWithOneBitChanged) {
  std::string body = kBody;
  for (std::size_t i = 0; i < body.size() * 8; ++i) {
    body[i / 8] = static_cast<char>(body[i / 8] ^ (1 << (i % 8)));
    EXPECT_FALSE(signer().accepts(kHeader, body)) << i;
    body[i / 8] = static_cast<char>(body[i / 8] ^ (1 << (i % 8)));
  }
  EXPECT_TRUE(signer().accepts(kHeader, body));
}

TEST(Signer, RefusesEverySignatureWithOneDigitChanged) {
  for (std::size_t i = 7; i < std::string_view(kHeader).size(); ++i) {
    std::string header = kHeader;
    header[i] = header[i] == '0' ? '1' : '0';
    EXPECT_FALSE(signer().accepts(header, kBody)) << i;
  }
}

TEST(Signer, RefusesAHeaderOfAnotherForm) {
  const std::string good = kHeader;
  const std::string hex = good.substr(7);
  for (const auto& header :
       {std::string(), std::string("sha256="), hex, "sha1=" + hex, "SHA256=" + hex, " " + good,
        good + " ", good + "0", good.substr(0, good.size() - 1), "sha256:" + hex,
        "sha256= " + hex.substr(1), "sha256=" + hex.substr(1) + "g", "sha256=0x" + hex.substr(2),
        "sha256=" + std::string(64, '\0')}) {
    EXPECT_FALSE(signer().accepts(header, kBody)) << header;
  }
}

TEST(Signer, AcceptsEverySecretOfTheListAndSignsWithTheFirst) {
  const Signer rotating({"new-secret", "app-secret"});
  EXPECT_TRUE(rotating.accepts(kHeader, kBody));
  EXPECT_TRUE(rotating.accepts(Signer({"new-secret"}).sign(kBody), kBody));
  EXPECT_EQ(rotating.sign(kBody), Signer({"new-secret"}).sign(kBody));
  EXPECT_FALSE(rotating.accepts(Signer({"old-secret"}).sign(kBody), kBody));
}

TEST(Signer, WithoutASecretAcceptsNothing) {
  const Signer none({});
  EXPECT_FALSE(none.accepts(kHeader, kBody));
  EXPECT_EQ(none.sign(kBody), "");
}

// HMAC-SHA256 of "" under "": a secret left empty in a settings file must not open the door to
// everyone.
TEST(Signer, LeavesOutAnEmptySecret) {
  const Signer empty({""});
  EXPECT_FALSE(
      empty.accepts("sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad", ""));
  EXPECT_EQ(Signer({"", "app-secret"}).sign(kBody), kHeader);
}

TEST(Signer, MovesWithItsSecrets) {
  Signer first({"app-secret"});
  const Signer second(std::move(first));
  EXPECT_TRUE(second.accepts(kHeader, kBody));
}

TEST(Signer, ChecksOnManyThreadsAtOnce) {
  std::atomic<int> wrong = 0;
  constexpr int kThreads = 4;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&wrong, t] {
      const std::string body(static_cast<std::size_t>(100 * t), 'b');
      for (int i = 0; i < 500; ++i) {
        if (!signer().accepts(kHeader, kBody) || signer().accepts(kHeader, body)) ++wrong;
        if (!signer().accepts(signer().sign(body), body)) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace mitr::whatsapp
