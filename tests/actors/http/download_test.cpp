// Goal: a file comes piece by piece and whole, or is known not to have. Method: a server of our own
// on a free port of this machine.
#include "actors/http/download.h"

#include <gtest/gtest.h>
#include <mutex>

#include "tests/actors/http/listening.h"

namespace mitr {
namespace {

using namespace std::chrono_literals;

/// Answers every GET with the same; keeps the last request.
class FileServer {
 public:
  explicit FileServer(HttpAnswer answer)
      : listening_([this, answer](HttpServer& server, HttpRequest request) {
          const auto id = request.id;
          {
            const std::lock_guard lock(mutex_);
            asked_ = std::move(request);
          }
          server.answer(id, answer);
        }) {}
  std::string url(const std::string& path) const { return listening_.url() + path; }
  HttpRequest asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  std::mutex mutex_;
  HttpRequest asked_;
  Listening listening_;
};

DownloadRequest request_for(const std::string& url, std::size_t bytes_max = 1u << 20) {
  DownloadRequest request;
  request.url = url;
  request.headers = {{"Authorization", "Bearer secret"}};
  request.bytes_max = bytes_max;
  request.patience = 20s;
  return request;
}

TEST(Download, HandsOnAFilePieceByPiece) {
  const std::string file(300'000, 'x');
  FileServer server({200, file, "image/jpeg"});
  std::string got;
  std::size_t largest = 0;
  const auto status =
      download(request_for(server.url("/media/1?a=b")), [&](std::string_view piece) {
        got += piece;
        largest = std::max(largest, piece.size());
        return true;
      });
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(status->status, 200);
  EXPECT_TRUE(got == file);
  EXPECT_LE(largest, 16u << 10);
  EXPECT_EQ(server.asked().target, "/media/1?a=b");
  EXPECT_EQ(server.asked().authorization, "Bearer secret");
}

TEST(Download, HandsOnNothingOfAnotherAnswer) {
  FileServer server({404, "no such file", "text/plain"});
  const auto status = download(request_for(server.url("/x")), [](std::string_view) {
    ADD_FAILURE() << "a piece of an error page";
    return true;
  });
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(status->status, 404);
}

TEST(Download, EndsWithWhatIsTooLarge) {
  FileServer server({200, std::string(5000, 'x'), "image/jpeg"});
  const auto status =
      download(request_for(server.url("/x"), 4999), [](std::string_view) { return true; });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Errc::kTooLarge);
}

TEST(Download, EndsWhenTheTakerHasEnough) {
  FileServer server({200, std::string(500'000, 'x'), "image/jpeg"});
  const auto status =
      download(request_for(server.url("/x")), [](std::string_view) { return false; });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Errc::kUnavailable);
}

TEST(Download, AsksNobodyWithoutTlsButThisMachine) {
  for (const char* url : {"http://192.0.2.1/x", "ftp://127.0.0.1/x", "127.0.0.1/x", "",
                          "http://127.0.0.1:1/x y", "http://127.0.0.1:1/x\r\nHost: a"}) {
    const auto status = download(request_for(url), [](std::string_view) { return true; });
    ASSERT_FALSE(status.ok()) << url;
    EXPECT_EQ(status.error().code, Errc::kRefused) << url;
  }
}

TEST(Download, IsUnavailableWhereNobodyListens) {
  const auto status =
      download(request_for("http://127.0.0.1:1/x"), [](std::string_view) { return true; });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Errc::kUnavailable);
}

TEST(HostOfUrl, IsTheHostThatWouldBeAsked) {
  EXPECT_EQ(host_of_url("https://lookaside.fbsbx.com/whatsapp?mid=1"), "lookaside.fbsbx.com");
  EXPECT_EQ(host_of_url("https://lookaside.fbsbx.com.evil.example/"),
            "lookaside.fbsbx.com.evil.example");
  EXPECT_EQ(host_of_url("https://lookaside.fbsbx.com@evil.example/"), "");
  EXPECT_EQ(host_of_url("javascript:alert(1)"), "");
}

}  // namespace
}  // namespace mitr
