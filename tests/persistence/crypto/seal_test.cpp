// Sealing: published vectors, tampering, swapping, and nonces that never repeat.
#include "persistence/crypto/seal.h"

#include <gtest/gtest.h>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "persistence/crypto/gcm.h"

namespace mitr {
namespace {

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

SecretKey key_of(std::string_view hex) {
  const std::string bytes = from_hex(hex);
  std::array<std::uint8_t, 32> raw{};
  for (std::size_t i = 0; i < raw.size(); ++i) raw[i] = static_cast<std::uint8_t>(bytes.at(i));
  return SecretKey(raw);
}

/// Two 16-byte fields that differ.
std::array<std::uint8_t, 16> sixteen(std::uint8_t value) {
  std::array<std::uint8_t, 16> bytes{};
  bytes.fill(value);
  return bytes;
}

RowIdentity identity() {
  return {SealedColumn::kJournalBody, TenantId{sixteen(1)}, sixteen(2), 3, 4};
}

std::string nonce_of(std::string_view sealed) {
  return std::string(sealed.substr(1, gcm::kNonceBytes));
}

// The Galois/Counter Mode specification (McGrew and Viega), test cases 13 to 16.
TEST(Gcm, OpensThePublishedVectors) {
  const SecretKey zero = key_of(std::string(64, '0'));
  const std::string header = from_hex("01") + std::string(12, '\0');
  auto empty = gcm::open(zero, "", header + from_hex("530f8afbc74536b9a963b4f1c4cb738b"));
  ASSERT_TRUE(empty.has_value());
  EXPECT_EQ(*empty, "");
  auto block = gcm::open(
      zero, "",
      header + from_hex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"));
  ASSERT_TRUE(block.has_value());
  EXPECT_EQ(*block, std::string(16, '\0'));

  const SecretKey key = key_of("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const std::string sealed = from_hex(
      "01cafebabefacedbaddecaf888"
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
      "76fc6ece0f4e1768cddf8853bb2d551b");
  const std::string associated = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  auto plain = gcm::open(key, associated, sealed);
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(*plain, from_hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                             "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
}

TEST(Seal, OpensWhatItSealed) {
  const auto key = SecretKey::random();
  for (const std::string& plain :
       {std::string(), std::string("x"), std::string(16, 'y'), std::string(5000, '\0')}) {
    const auto sealed = seal(key, identity(), plain);
    EXPECT_EQ(sealed.size(), plain.size() + gcm::kOverheadBytes);
    auto opened = open_sealed(key, identity(), sealed);
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(*opened, plain);
  }
}

TEST(Seal, HidesThePlainText) {
  const std::string plain = "sealed words are not found in what is stored";
  EXPECT_EQ(seal(SecretKey::random(), identity(), plain).find(plain.substr(0, 8)),
            std::string::npos);
}

TEST(Seal, RefusesAnyChangedBit) {
  const auto key = SecretKey::random();
  const auto sealed = seal(key, identity(), "a record of some length");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    auto changed = sealed;
    changed[bit / 8] =
        static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
    auto opened = open_sealed(key, identity(), changed);
    ASSERT_FALSE(opened.ok()) << "bit " << bit;
    EXPECT_EQ(opened.error().code, Errc::kTampered);
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(open_sealed(key, identity(), std::string_view(sealed).substr(0, size)).ok());
  }
  EXPECT_FALSE(open_sealed(key, identity(), sealed + '\0').ok());
  EXPECT_FALSE(open_sealed(SecretKey::random(), identity(), sealed).ok());
}

TEST(Seal, RefusesARecordInAnotherRowsPlace) {
  const auto key = SecretKey::random();
  std::vector<RowIdentity> rows;
  for (auto column :
       {SealedColumn::kJournalBody, SealedColumn::kOutboxBody, SealedColumn::kContactDetails,
        SealedColumn::kRequestBody, SealedColumn::kRosterBody, SealedColumn::kKeptWebhook}) {
    rows.push_back(identity());
    rows.back().column = column;
  }
  const auto add = [&](auto change) {
    rows.push_back(identity());
    change(rows.back());
  };
  add([](RowIdentity& row) { row.tenant.bytes[15] ^= 1; });
  add([](RowIdentity& row) { row.owner[0] ^= 1; });
  add([](RowIdentity& row) { row.seq = 4; });
  add([](RowIdentity& row) { row.seq = 3ULL << 32; });
  add([](RowIdentity& row) { row.ord = 5; });
  // The same bytes, cut differently between neighbours.
  add([](RowIdentity& row) { std::swap(row.tenant.bytes, row.owner); });
  add([](RowIdentity& row) { row.seq = 4, row.ord = 3; });
  for (std::size_t from = 0; from < rows.size(); ++from) {
    const auto sealed = seal(key, rows[from], "words");
    for (std::size_t to = 0; to < rows.size(); ++to) {
      EXPECT_EQ(open_sealed(key, rows[to], sealed).ok(), from == to)
          << from << " in place of " << to;
    }
  }
}

TEST(Seal, NeverRepeatsANonce) {
  constexpr std::size_t kEach = 50'000;
  const auto key = SecretKey::random();
  std::vector<std::string> nonces[2];
  std::vector<std::thread> threads;
  for (auto& mine : nonces) {
    threads.emplace_back([&] {
      mine.reserve(kEach);
      for (std::size_t i = 0; i < kEach; ++i) mine.push_back(nonce_of(seal(key, identity(), "")));
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<std::string> all(nonces[0].begin(), nonces[0].end());
  all.insert(nonces[1].begin(), nonces[1].end());
  EXPECT_EQ(all.size(), 2 * kEach);
}

TEST(RandomBytes, DifferAfterAFork) {
  std::uint8_t warm[8];
  random_bytes(warm, sizeof warm);  // The pool is full when the process divides.
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  std::array<std::uint8_t, 32> bytes{};
  random_bytes(bytes.data(), bytes.size());
  if (child == 0) {
    const auto wrote = ::write(ends[1], bytes.data(), bytes.size());
    ::_exit(wrote == static_cast<ssize_t>(bytes.size()) ? 0 : 1);
  }
  std::array<std::uint8_t, 32> theirs{};
  ASSERT_EQ(::read(ends[0], theirs.data(), theirs.size()), static_cast<ssize_t>(theirs.size()));
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  ::close(ends[0]);
  ::close(ends[1]);
  EXPECT_NE(bytes, theirs);
}

TEST(RandomBytes, FillAnyLength) {
  for (std::size_t count :
       {std::size_t{0}, std::size_t{1}, std::size_t{256}, std::size_t{257}, std::size_t{10'000}}) {
    std::vector<std::uint8_t> bytes(count + 1, 0);
    random_bytes(bytes.data(), count);
    EXPECT_EQ(bytes[count], 0);
    if (count >= 256) {
      EXPECT_GT(std::set<std::uint8_t>(bytes.begin(), bytes.end()).size(), 64U);
    }
  }
}

TEST(RandomId, IsAVersionFourUuid) {
  const auto text = to_string(random_id<ContactId>());
  EXPECT_EQ(text[14], '4');
  EXPECT_NE(std::string_view("89ab").find(text[19]), std::string_view::npos);
  EXPECT_NE(random_id<ContactId>(), random_id<ContactId>());
}

}  // namespace
}  // namespace mitr
