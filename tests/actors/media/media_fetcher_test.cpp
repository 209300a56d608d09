// Goal: a file is stored whole, as it was named, and sealed, or it is known why not and when it is
// tried again. Method: the fetcher alone, over a provider and a store made of values.
#include "actors/media/media_fetcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "persistence/crypto/seal.h"
#include "persistence/crypto/sha256.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'800'000'000}};

/// One tenant's files.
class FakeMedia : public MediaStore {
 public:
  Result<std::vector<MediaRow>> due(const std::vector<TenantId>&, std::chrono::sys_seconds,
                                    std::chrono::sys_seconds now, std::size_t) override {
    std::vector<MediaRow> rows;
    if (row.state == MediaState::kDue && not_before <= now) rows.push_back(row);
    return rows;
  }
  Status begin(const MediaName&) override {
    pieces.clear();
    return Done{};
  }
  Status put_piece(const MediaName&, std::uint32_t place, const Sealed& piece) override {
    pieces[place] = piece;
    return Done{};
  }
  Status stored(const MediaName&, std::uint64_t bytes, std::uint32_t count) override {
    row.state = MediaState::kStored;
    row.bytes = bytes;
    row.pieces = count;
    return Done{};
  }
  Status failed(const MediaName&, int error,
                std::optional<std::chrono::sys_seconds> again) override {
    ++row.tries;
    row.error = error;
    if (!again) row.state = MediaState::kGone;
    not_before = again.value_or(std::chrono::sys_seconds{});
    return Done{};
  }
  Result<std::vector<MediaRow>> list(const TenantId&, std::size_t) override {
    return std::vector{row};
  }
  Result<MediaRow> find(const MediaName&) override { return row; }
  Result<Sealed> piece(const MediaName&, std::uint32_t place) override { return pieces[place]; }

  MediaRow row;
  std::map<std::uint32_t, Sealed> pieces;
  std::chrono::sys_seconds not_before{};
};

class MediaFetching : public ::testing::Test {
 protected:
  MediaFetching() {
    auto tenant = std::make_shared<TenantContext>(TenantContext{random_id<TenantId>(),
                                                                "school",
                                                                SecretKey::random(),
                                                                {},
                                                                *Zone::find("UTC"),
                                                                nullptr,
                                                                {},
                                                                {}});
    store_.row.name.tenant = tenant->id;
    store_.row.contact = random_id<ContactId>();
    store_.row.wrapped_key = wrap_key(tenant->key, key_, kContactKey, store_.row.contact.bytes);
    store_.row.at = kNow;
    tenant_ = tenant;
    send({AttachmentKind::kImage, Personal("1234567"), "image/jpeg", {}});
  }

  void send(const Attachment& attachment) {
    const auto filed = sealed_media_request(key_, tenant_->id, {attachment, "1065"});
    store_.row.name.id = filed.id;
    store_.row.body = filed.body;
  }

  std::size_t fetch() {
    MediaFetcher fetcher(store_, {{tenant_},
                                  "https://graph.example",
                                  "v23.0",
                                  Personal("secret"),
                                  {"files.example"},
                                  [this] { return now_; },
                                  [this](const DownloadRequest& request, const TakePiece& take) {
                                    return answer(request, take);
                                  }});
    return fetcher.fetch_due([] { return false; });
  }

  Result<int> answer(const DownloadRequest& request, const TakePiece& take) {
    asked_.push_back(request.url);
    EXPECT_EQ(request.headers.front().second, "Bearer secret");
    if (host_of_url(request.url) == "graph.example") {
      if (where_status_ == 200) take(where_);
      return where_status_;
    }
    if (file_.size() > request.bytes_max) return Error{Errc::kTooLarge, "too large"};
    std::string_view rest = file_;
    while (!rest.empty()) {
      const auto part = rest.substr(0, 16'000);
      if (!take(part)) return Error{Errc::kUnavailable, "broken off"};
      rest.remove_prefix(part.size());
    }
    return 200;
  }

  void put_file(const std::string& file, const std::string& url = "https://files.example/1") {
    file_ = file;
    Sha256 hash;
    hash.add(file);
    where_ = R"({"url":")" + url + R"(","mime_type":"image/jpeg","sha256":")" + hash.hex() +
             R"(","file_size":)" + std::to_string(file.size()) + "}";
  }

  std::string opened() {
    std::string plain;
    for (const auto& [place, piece] : store_.pieces) {
      const auto part = open_sealed(
          key_, {SealedColumn::kMediaPiece, tenant_->id, store_.row.name.id.bytes, place}, piece);
      if (part) plain += *part;
    }
    return plain;
  }

  SecretKey key_ = SecretKey::random();
  std::shared_ptr<const TenantContext> tenant_;
  FakeMedia store_;
  std::chrono::sys_seconds now_ = kNow;
  std::string file_, where_;
  int where_status_ = 200;
  std::vector<std::string> asked_;
};

TEST_F(MediaFetching, StoresAFileSealedInPieces) {
  const std::string file(limits::kMediaPieceBytes * 2 + 100, 'x');
  put_file(file);
  EXPECT_EQ(fetch(), 1u);
  EXPECT_EQ(store_.row.state, MediaState::kStored);
  EXPECT_EQ(store_.row.bytes, file.size());
  EXPECT_THAT(store_.pieces, SizeIs(3));
  EXPECT_THAT(store_.pieces[0], Not(HasSubstr("xxxx")));
  EXPECT_TRUE(opened() == file);
  EXPECT_EQ(asked_.front(), "https://graph.example/v23.0/1234567?phone_number_id=1065");
}

TEST_F(MediaFetching, RefusesBytesThatWereNotNamed) {
  put_file("the file");
  file_ = "another";
  for (int tries = 0; tries < 5; ++tries) {
    fetch();
    now_ += std::chrono::hours(7);
  }
  EXPECT_EQ(store_.row.state, MediaState::kGone);
  EXPECT_EQ(store_.row.tries, 3);
  EXPECT_EQ(store_.row.error, static_cast<int>(MediaFault::kAltered));
}

TEST_F(MediaFetching, ShowsTheTokenToNoOtherHost) {
  put_file("the file", "https://files.example.evil.test/1");
  fetch();
  EXPECT_THAT(asked_, SizeIs(1));
  EXPECT_EQ(store_.row.state, MediaState::kGone);
  EXPECT_EQ(store_.row.error, static_cast<int>(MediaFault::kStrangeHost));
}

TEST_F(MediaFetching, TakesNoMoreThanItsKindMayHave) {
  put_file(std::string(limits::kImageBytesMax + 1, 'x'));
  fetch();
  EXPECT_THAT(asked_, SizeIs(1)) << "it is told how large the file is";
  EXPECT_EQ(store_.row.error, static_cast<int>(MediaFault::kTooLarge));
  send({AttachmentKind::kDocument, Personal("1234567"), "application/pdf", {}});
  store_.row.state = MediaState::kDue;
  fetch();
  EXPECT_EQ(store_.row.state, MediaState::kStored);
}

TEST_F(MediaFetching, TriesAgainLaterAndLessOften) {
  where_status_ = 500;
  fetch();
  EXPECT_EQ(store_.row.state, MediaState::kDue);
  EXPECT_EQ(store_.row.error, 500);
  const auto first = store_.not_before - now_;
  now_ = store_.not_before;
  fetch();
  EXPECT_EQ(store_.not_before - now_, first * 2);
  where_status_ = 200;
  put_file("the file");
  now_ = store_.not_before;
  fetch();
  EXPECT_EQ(store_.row.state, MediaState::kStored);
}

TEST_F(MediaFetching, GivesUpWhenTheProviderHasForgotten) {
  where_status_ = 404;
  now_ += limits::kMediaLife + std::chrono::hours(1);
  fetch();
  EXPECT_EQ(store_.row.state, MediaState::kGone);
  EXPECT_EQ(store_.row.error, static_cast<int>(MediaFault::kTooLate));
}

TEST_F(MediaFetching, AsksForNoIdThatIsAnAddress) {
  send({AttachmentKind::kImage, Personal("../../me"), "", {}});
  fetch();
  EXPECT_THAT(asked_, SizeIs(0));
  EXPECT_EQ(store_.row.error, static_cast<int>(MediaFault::kUnreadable));
}

}  // namespace
}  // namespace mitr
