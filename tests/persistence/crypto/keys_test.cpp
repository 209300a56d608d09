// Key files and wrapping.
#include "persistence/crypto/keys.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include "tests/contract/test_folder.h"

namespace mitr {
namespace {

namespace fs = std::filesystem;

class RootKeyFile : public ::testing::Test {
 protected:
  contract::TestFolder folder_;
  const fs::path file_ = folder_.path() / "root.key";
};

TEST_F(RootKeyFile, IsMadeForItsOwnerAloneAndKept) {
  EXPECT_EQ(load_root_key(file_, false).error().code, Errc::kNotFound);
  EXPECT_FALSE(fs::exists(file_));
  auto made = load_root_key(file_, true);
  ASSERT_TRUE(made.ok());
  struct stat facts {};
  ASSERT_EQ(::stat(file_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777, 0600U);
  EXPECT_EQ(facts.st_size, 32);
  auto again = load_root_key(file_, true);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*made, *again);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
}

TEST_F(RootKeyFile, IsRefusedWhenOthersMayReadIt) {
  ASSERT_TRUE(load_root_key(file_, true).ok());
  for (mode_t mode : {0640U, 0604U, 0620U, 0601U}) {
    ASSERT_EQ(::chmod(file_.c_str(), mode), 0);
    auto refused = load_root_key(file_, true);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Errc::kRefused);
    EXPECT_NE(refused.error().what.find("chmod 600"), std::string::npos);
  }
  ASSERT_EQ(::chmod(file_.c_str(), 0400), 0);
  EXPECT_TRUE(load_root_key(file_, true).ok());
}

TEST_F(RootKeyFile, IsRefusedWhenItsSizeIsWrong) {
  for (std::size_t size : {0U, 31U, 33U, 4096U}) {
    std::ofstream(file_, std::ios::trunc) << std::string(size, 'k');
    ASSERT_EQ(::chmod(file_.c_str(), 0600), 0);
    EXPECT_EQ(load_root_key(file_, true).error().code, Errc::kRefused);
  }
  fs::remove(file_);
  fs::create_directory(file_);
  ASSERT_EQ(::chmod(file_.c_str(), 0700), 0);
  EXPECT_EQ(load_root_key(file_, true).error().code, Errc::kRefused);
}

TEST_F(RootKeyFile, IsTheSameForAllWhoMakeItAtOnce) {
  std::vector<SecretKey> keys(6);
  std::vector<std::thread> threads;
  threads.reserve(keys.size());
  for (auto& key : keys) {
    threads.emplace_back([&] {
      auto loaded = load_root_key(file_, true);
      ASSERT_TRUE(loaded.ok());
      key = *loaded;
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& key : keys) EXPECT_EQ(key, keys[0]);
  EXPECT_FALSE(keys[0] == SecretKey());
}

TEST(SecretKey, IsRandom) {
  EXPECT_FALSE(SecretKey::random() == SecretKey::random());
  const auto key = SecretKey::random();
  EXPECT_TRUE(key == SecretKey(key.reveal()));
}

TEST(WrappedKey, OpensOnlyWhereItBelongs) {
  const auto parent = SecretKey::random();
  const auto key = SecretKey::random();
  const auto owner = random_id<ContactId>().bytes;
  const auto wrapped = wrap_key(parent, key, kContactKey, owner);
  auto opened = unwrap_key(parent, wrapped, kContactKey, owner);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(*opened, key);
  EXPECT_EQ(unwrap_key(SecretKey::random(), wrapped, kContactKey, owner).error().code,
            Errc::kTampered);
  EXPECT_FALSE(unwrap_key(parent, wrapped, kTenantKey, owner).ok());
  EXPECT_FALSE(unwrap_key(parent, wrapped, kContactKey, random_id<ContactId>().bytes).ok());
  EXPECT_FALSE(unwrap_key(parent, wrapped.substr(1), kContactKey, owner).ok());
  EXPECT_FALSE(unwrap_key(parent, "", kContactKey, owner).ok());
  for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit) {
    auto changed = wrapped;
    changed[bit / 8] =
        static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
    EXPECT_FALSE(unwrap_key(parent, changed, kContactKey, owner).ok()) << "bit " << bit;
  }
}

}  // namespace
}  // namespace mitr
