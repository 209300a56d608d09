// Goal: files in PostgreSQL: due with the turn that names them, begun anew after a broken try, and
// nobody else's. Method: turns by the writer, files by their own port.
#include <gtest/gtest.h>

#include "persistence/crypto/keys.h"
#include "persistence/postgres/media_store.h"
#include "tests/contract/test_cluster.h"

namespace mitr::contract {
namespace {

using namespace std::chrono_literals;

class Media : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(TestCluster::shared().empty().ok());
    auto store = open_postgres(TestCluster::shared().dsn_app());
    ASSERT_TRUE(store.ok());
    store_ = *std::move(store);
    media_ = postgres_media(TestCluster::shared().dsn_app());
  }

  /// A turn that names a file.
  MediaName file(const TenantId& tenant) {
    KeyedHash hash;
    random_bytes(hash.bytes.data(), hash.bytes.size());
    const auto contact = random_id<ContactId>();
    Batch batch;
    batch.claims = {{tenant, {{hash, AliasKind::kPhone}}, {}, {}, contact, "key", "details"}};
    Append turn;
    turn.tenant = tenant;
    turn.conversation = contact;
    turn.seq = 1;
    turn.message = hash;
    turn.body = "sealed turn";
    const auto id = random_id<RequestId>();
    turn.requests = {{id, kMediaRequest, "sealed file"}};
    batch.appends = {turn};
    EXPECT_TRUE(store_->writer()->commit(batch).ok());
    return {tenant, id};
  }

  std::vector<MediaRow> due(const std::vector<TenantId>& tenants) {
    auto rows = media_->due(tenants, now_ - 1h, now_ + 1h, 10);
    EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.error().what);
    return rows ? *rows : std::vector<MediaRow>{};
  }

  std::unique_ptr<Store> store_;
  std::unique_ptr<MediaStore> media_;
  const TenantId tenant_ = random_id<TenantId>(), other_ = random_id<TenantId>();
  const std::chrono::sys_seconds now_{
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
};

TEST_F(Media, IsDueWithItsTurnAndNoRequestForTheOffice) {
  const auto name = file(tenant_);
  const auto rows = due({tenant_, other_});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].name, name);
  EXPECT_EQ(rows[0].body, "sealed file");
  EXPECT_EQ(rows[0].wrapped_key, "key");
  EXPECT_TRUE(store_->reader()->requests(tenant_, 10)->empty());
}

TEST_F(Media, OfAnotherTenantIsNotSeen) {
  const auto name = file(tenant_);
  EXPECT_TRUE(due({other_}).empty());
  EXPECT_FALSE(media_->find({other_, name.id}).ok());
}

TEST_F(Media, IsBegunAnewAfterABrokenTry) {
  const auto name = file(tenant_);
  ASSERT_TRUE(media_->begin(name).ok());
  ASSERT_TRUE(media_->put_piece(name, 0, "half").ok());
  ASSERT_TRUE(media_->failed(name, 500, now_ - 1s).ok());
  ASSERT_EQ(due({tenant_}).size(), 1U);
  EXPECT_EQ(due({tenant_})[0].tries, 1);
  ASSERT_TRUE(media_->begin(name).ok());
  ASSERT_TRUE(media_->put_piece(name, 0, "first").ok());
  ASSERT_TRUE(media_->put_piece(name, 1, "second").ok());
  ASSERT_TRUE(media_->stored(name, 11, 2).ok());
  EXPECT_TRUE(due({tenant_}).empty());
  const auto row = media_->find(name);
  ASSERT_TRUE(row.ok());
  EXPECT_EQ(row->state, MediaState::kStored);
  EXPECT_EQ(row->bytes, 11U);
  EXPECT_EQ(*media_->piece(name, 1), "second");
  EXPECT_EQ(media_->list(tenant_, 10)->size(), 1U);
}

TEST_F(Media, WaitsForItsNextTryAndEnds) {
  const auto name = file(tenant_);
  ASSERT_TRUE(media_->failed(name, 500, now_ + 2h).ok());
  EXPECT_TRUE(due({tenant_}).empty());
  ASSERT_TRUE(media_->failed(name, 404, std::nullopt).ok());
  EXPECT_EQ(media_->find(name)->state, MediaState::kGone);
  EXPECT_EQ(media_->find(name)->error, 404);
}

TEST_F(Media, GoesWithWhoSentIt) {
  const auto name = file(tenant_), other = file(tenant_);
  for (const auto& each : {name, other}) {
    ASSERT_TRUE(media_->begin(each).ok());
    ASSERT_TRUE(media_->put_piece(each, 0, "first").ok());
  }
  const auto contact = media_->find(name)->contact;
  ASSERT_TRUE(store_->erase_contact(tenant_, {contact, 1, 0}).ok());
  EXPECT_EQ(media_->find(name).error().code, Errc::kNotFound);
  EXPECT_FALSE(media_->piece(name, 0).ok());
  // Whoever fetches it still has come too late.
  EXPECT_FALSE(media_->put_piece(name, 1, "second").ok());
  EXPECT_FALSE(media_->stored(name, 11, 2).ok());
  EXPECT_TRUE(media_->put_piece(other, 1, "second").ok());
  EXPECT_EQ(*media_->piece(other, 0), "first");
}

}  // namespace
}  // namespace mitr::contract
