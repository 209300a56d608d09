// Goal: a file is stored whole, as it was named, and sealed, or it is known why not and when it is
// tried again. Method: the fetcher alone, over a provider and a store made of values.
#include "actors/media/media_fetcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <utility>

#include "protocols/limits.h"
#include "tests/actors/media/fake_media.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'800'000'000}};

class MediaFetching : public ::testing::Test {
 protected:
  MediaFetching() { send({AttachmentKind::kImage, Personal("1234567"), "image/jpeg", {}}); }

  MediaName send(const Attachment& attachment) {
    const auto row = sender_.row(attachment);
    store_.add(row);
    return row.name;
  }

  std::size_t fetch() {
    MediaFetcher fetcher(store_, {{sender_.tenant()},
                                  "https://graph.example",
                                  "v23.0",
                                  Personal("secret"),
                                  {"files.example"},
                                  [this] { return now_; },
                                  [this](const DownloadRequest& request, const TakePiece& take) {
                                    return answer(request, take);
                                  },
                                  {}});
    return fetcher.fetch_due([] { return false; });
  }

  Result<DownloadAnswer> answer(const DownloadRequest& request, const TakePiece& take) {
    asked_.push_back(request.url);
    EXPECT_EQ(request.headers.front().second, "Bearer secret");
    if (host_of_url(request.url) == "graph.example") {
      now_ += std::exchange(pause_, std::chrono::seconds{0});
      if (where_status_ == 200) take(where_);
      return DownloadAnswer{where_status_, {}};
    }
    if (file_status_ != 200) return DownloadAnswer{std::exchange(file_status_, 200), {}};
    if (file_.size() > request.bytes_max) return Error{Errc::kTooLarge, "too large"};
    std::string_view rest = file_;
    while (!rest.empty()) {
      const auto part = rest.substr(0, 16'000);
      if (!take(part)) return Error{Errc::kUnavailable, "broken off"};
      rest.remove_prefix(part.size());
    }
    return DownloadAnswer{200, {}};
  }

  void put_file(const std::string& file, const std::string& url = "https://files.example/1") {
    file_ = file;
    where_ = address_of(url, file, file.size());
  }
  MediaRow row() { return store_.file().row; }

  MediaSender sender_{kNow};
  FakeMedia store_;
  std::chrono::sys_seconds now_ = kNow;
  std::chrono::seconds pause_{0};  ///< That the provider takes to say where a file is, once.
  std::string file_, where_;
  int where_status_ = 200;
  int file_status_ = 200;  ///< Of the first answer where the file is.
  std::vector<std::string> asked_;
};

TEST_F(MediaFetching, StoresAFileSealedInPieces) {
  const std::string file(limits::kMediaPieceBytes * 2 + 100, 'x');
  put_file(file);
  EXPECT_EQ(fetch(), 1u);
  EXPECT_EQ(row().state, MediaState::kStored);
  EXPECT_EQ(row().bytes, file.size());
  EXPECT_THAT(store_.file().pieces, SizeIs(3));
  EXPECT_THAT(store_.file().pieces[0], Not(HasSubstr("xxxx")));
  EXPECT_TRUE(sender_.opened(store_.file()) == file);
  EXPECT_EQ(asked_.front(), "https://graph.example/v23.0/1234567?phone_number_id=1065");
}

TEST_F(MediaFetching, RefusesBytesThatWereNotNamed) {
  put_file("the file");
  file_ = "another";
  for (int tries = 0; tries < 5; ++tries) {
    fetch();
    now_ += std::chrono::hours(7);
  }
  EXPECT_EQ(row().state, MediaState::kGone);
  EXPECT_EQ(row().tries, 3);
  EXPECT_EQ(row().error, static_cast<int>(MediaFault::kAltered));
}

TEST_F(MediaFetching, ShowsTheTokenToNoOtherHost) {
  put_file("the file", "https://files.example.evil.test/1");
  fetch();
  EXPECT_THAT(asked_, SizeIs(1));
  EXPECT_EQ(row().state, MediaState::kGone);
  EXPECT_EQ(row().error, static_cast<int>(MediaFault::kStrangeHost));
}

TEST_F(MediaFetching, TakesNoMoreThanItsKindMayHave) {
  put_file(std::string(limits::kImageBytesMax + 1, 'x'));
  fetch();
  EXPECT_THAT(asked_, SizeIs(1)) << "it is told how large the file is";
  EXPECT_EQ(row().error, static_cast<int>(MediaFault::kTooLarge));
  const auto document =
      send({AttachmentKind::kDocument, Personal("1234567"), "application/pdf", {}});
  fetch();
  EXPECT_EQ(store_.file(document).row.state, MediaState::kStored);
}

TEST_F(MediaFetching, TriesAgainLaterAndLessOften) {
  where_status_ = 500;
  fetch();
  EXPECT_EQ(row().state, MediaState::kDue);
  EXPECT_EQ(row().error, 500);
  const auto first = store_.file().not_before - now_;
  now_ = store_.file().not_before;
  fetch();
  EXPECT_EQ(store_.file().not_before - now_, first * 2);
  where_status_ = 200;
  put_file("the file");
  now_ = store_.file().not_before;
  fetch();
  EXPECT_EQ(row().state, MediaState::kStored);
}

TEST_F(MediaFetching, GivesUpWhenTheProviderHasForgotten) {
  where_status_ = 404;
  now_ += limits::kMediaLife + std::chrono::hours(1);
  fetch();
  EXPECT_EQ(row().state, MediaState::kGone);
  EXPECT_EQ(row().error, static_cast<int>(MediaFault::kTooLate));
}

TEST_F(MediaFetching, AsksForNoIdThatIsAnAddress) {
  const auto forged = send({AttachmentKind::kImage, Personal("../../me"), "", {}});
  where_status_ = 404;
  fetch();
  EXPECT_THAT(asked_, SizeIs(1)) << "only where the honest one is";
  EXPECT_EQ(store_.file(forged).row.error, static_cast<int>(MediaFault::kUnreadable));
}

TEST_F(MediaFetching, AsksOnceMoreWhereAFileIsThatIsNotThereAnyMore) {
  put_file("the file");
  file_status_ = 404;
  fetch();
  EXPECT_EQ(row().state, MediaState::kStored);
  EXPECT_THAT(asked_, SizeIs(4));
  EXPECT_EQ(row().tries, 0);
}

TEST_F(MediaFetching, AsksAnewForAnAddressThatIsOlderThanItsLife) {
  put_file("the file");
  pause_ = std::chrono::minutes(5);
  fetch();
  EXPECT_EQ(row().state, MediaState::kStored);
  EXPECT_THAT(asked_, SizeIs(3)) << "the old address was not used";
}

}  // namespace
}  // namespace mitr
