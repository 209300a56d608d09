// Result and the codes of failures.
#include "protocols/result.h"

#include <array>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>

namespace mitr {
namespace {

constexpr std::array kCodes = {Errc::kMalformed,  Errc::kRefused,       Errc::kTooLarge,
                               Errc::kNotFound,   Errc::kInvalidConfig, Errc::kFenced,
                               Errc::kTampered,   Errc::kUnavailable,   Errc::kAmbiguous,
                               Errc::kOverloaded, Errc::kInternal};

Result<int> half(int number) {
  if (number % 2 != 0) return Error{Errc::kRefused, "odd"};
  return number / 2;
}

TEST(Result, HoldsAValue) {
  auto four = half(8);
  ASSERT_TRUE(four.ok());
  EXPECT_TRUE(static_cast<bool>(four));
  EXPECT_EQ(*four, 4);
  EXPECT_EQ(four.value(), 4);
}

TEST(Result, HoldsAnError) {
  auto refused = half(7);
  ASSERT_FALSE(refused.ok());
  EXPECT_FALSE(static_cast<bool>(refused));
  EXPECT_EQ(refused.error().code, Errc::kRefused);
  EXPECT_EQ(refused.error().what, "odd");
}

TEST(Result, MovesOutAValueThatCannotBeCopied) {
  Result<std::unique_ptr<int>> made(std::make_unique<int>(5));
  ASSERT_TRUE(made.ok());
  std::unique_ptr<int> taken = *std::move(made);
  EXPECT_EQ(*taken, 5);
}

TEST(Result, ReachesIntoTheValue) {
  Result<std::string> text(std::string("twelve bytes"));
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->size(), 12u);
}

TEST(Status, IsDoneOrAnError) {
  Status done = Done{};
  EXPECT_TRUE(done.ok());
  Status failed = Error{Errc::kUnavailable, "store"};
  EXPECT_FALSE(failed.ok());
}

TEST(Errc, HasOneNameForEachCode) {
  std::set<std::string_view> names;
  for (auto code : kCodes) {
    const auto name = to_string(code);
    EXPECT_FALSE(name.empty());
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos)
        << name;
  }
}

TEST(Errc, MayRetryOnlyWhatTheWorldMayMend) {
  const std::set<Errc> retried = {Errc::kFenced, Errc::kUnavailable, Errc::kOverloaded};
  for (auto code : kCodes) EXPECT_EQ(may_retry(code), retried.contains(code)) << to_string(code);
}

}  // namespace
}  // namespace mitr
