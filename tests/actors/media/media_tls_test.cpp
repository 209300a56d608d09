// Goal: a file comes over TLS, from whom it should, whole and as announced, or not at all; and the
// token is shown to nobody else. Method: the real download against servers on loopback that say
// exactly what a test tells them; authorities and certificates are made afresh.
#include <csignal>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "actors/media/media_fetcher.h"
#include "protocols/limits.h"
#include "tests/actors/http/raw_peer.h"
#include "tests/actors/media/fake_media.h"
#include "tests/support/tls_files.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'800'000'000}};

/// A TLS server whose answers are bytes.
class TlsOrigin {
 public:
  using Answer = std::function<std::string(const std::string& request)>;

  TlsOrigin(const TlsFiles& files, Answer answer)
      : answer_(std::move(answer)), context_(SSL_CTX_new(TLS_server_method())) {
    std::signal(SIGPIPE, SIG_IGN);  // A client that has heard enough is no fault.
    SSL_CTX_use_certificate_chain_file(context_, files.certificate.c_str());
    SSL_CTX_use_PrivateKey_file(context_, files.private_key.c_str(), SSL_FILETYPE_PEM);
    listener_ = std::make_unique<RawListener>([this](RawPeer& peer) { serve(peer); });
  }
  ~TlsOrigin() {
    listener_.reset();
    SSL_CTX_free(context_);
  }
  TlsOrigin(const TlsOrigin&) = delete;
  TlsOrigin& operator=(const TlsOrigin&) = delete;

  std::string at(const std::string& host) const {
    return "https://" + host + ":" + std::to_string(listener_->port());
  }
  /// What was asked, after a handshake.
  std::vector<std::string> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  int accepted() const { return listener_->accepted(); }

 private:
  void serve(RawPeer& peer) {
    SSL* ssl = SSL_new(context_);
    SSL_set_fd(ssl, peer.fd());
    if (SSL_accept(ssl) == 1) {
      const auto request = read_head(ssl);
      std::string answer;
      {
        const std::lock_guard lock(mutex_);
        asked_.push_back(request);
        answer = answer_(request);
      }
      SSL_write(ssl, answer.data(), static_cast<int>(answer.size()));
      SSL_shutdown(ssl);
    }
    ERR_clear_error();
    SSL_free(ssl);
  }

  static std::string read_head(SSL* ssl) {
    std::string head(4096, '\0');
    std::size_t size = 0;
    while (head.find("\r\n\r\n") == std::string::npos && size < head.size()) {
      const int got = SSL_read(ssl, head.data() + size, static_cast<int>(head.size() - size));
      if (got <= 0) break;
      size += static_cast<std::size_t>(got);
    }
    head.resize(size);
    return head;
  }

  Answer answer_;
  SSL_CTX* context_;
  std::mutex mutex_;
  std::vector<std::string> asked_;
  std::unique_ptr<RawListener> listener_;
};

std::string ok(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
std::string redirect(const std::string& location) {
  return "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n";
}
/// Of no length that is told before.
std::string in_chunks(const std::string& body) {
  std::string answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  constexpr std::size_t kChunk = 0x1000;
  for (std::size_t at = 0; at + kChunk <= body.size(); at += kChunk)
    answer += "1000\r\n" + body.substr(at, kChunk) + "\r\n";
  return answer + "0\r\n\r\n";
}

class MediaOverTls : public ::testing::Test {
 protected:
  MediaOverTls() {
    const auto row = sender_.row({AttachmentKind::kSticker, Personal("1234567"), "image/webp", {}});
    store_.add(row);
    name_ = row.name;
  }

  /// The provider's interface is at localhost; files come from 127.0.0.1.
  void fetch() { fetch_into(store_, graph_.at("localhost")); }
  void fetch_into(FakeMedia& store, const std::string& graph) {
    MediaFetcher fetcher(store, {{sender_.tenant()},
                                 graph,
                                 "v23.0",
                                 Personal("secret"),
                                 {"127.0.0.1"},
                                 [] { return kNow; },
                                 download,
                                 folder_.ca_file()});
    fetcher.fetch_due([] { return false; });
  }
  /// A store with one file more to fetch, and what became of it.
  MediaRow fetched_alone() {
    FakeMedia store;
    const auto row = sender_.row({AttachmentKind::kSticker, Personal("1234567"), "image/webp", {}});
    store.add(row);
    fetch_into(store, graph_.at("localhost"));
    return store.file(row.name).row;
  }

  void announce(const TlsOrigin& files, const std::string& file,
                std::optional<std::size_t> bytes = std::nullopt) {
    where_ = address_of(files.at("127.0.0.1") + "/file?ext=1", file, bytes);
  }
  MediaRow row() { return store_.file(name_).row; }
  static int code(MediaFault fault) { return static_cast<int>(fault); }

  TlsFolder folder_;
  std::string where_;
  TlsOrigin graph_{folder_.issue("DNS:localhost"),
                   [this](const std::string&) { return ok(where_); }};
  MediaSender sender_{kNow};
  FakeMedia store_;
  MediaName name_;
};

TEST_F(MediaOverTls, StoresAFileWhole) {
  const std::string file(limits::kMediaPieceBytes + 100, 'x');
  TlsOrigin files(folder_.issue("IP:127.0.0.1"), [&](const std::string&) { return ok(file); });
  announce(files, file, file.size());
  fetch();
  EXPECT_EQ(row().state, MediaState::kStored);
  EXPECT_TRUE(sender_.opened(store_.file(name_)) == file);
  ASSERT_THAT(graph_.asked(), SizeIs(1));
  EXPECT_THAT(graph_.asked()[0],
              StartsWith("GET /v23.0/1234567?phone_number_id=1065 HTTP/1.1\r\n"));
  ASSERT_THAT(files.asked(), SizeIs(1));
  EXPECT_THAT(files.asked()[0], StartsWith("GET /file?ext=1 HTTP/1.1\r\n"));
  EXPECT_THAT(files.asked()[0], HasSubstr("Authorization: Bearer secret\r\n"));
}

TEST_F(MediaOverTls, AsksNobodyWhoseCertificateIsForAnotherName) {
  TlsOrigin files(folder_.issue("DNS:localhost,IP:127.0.0.2"),
                  [](const std::string&) { return ok("file"); });
  announce(files, "file");
  fetch();
  EXPECT_EQ(row().error, code(MediaFault::kUnreachable));
  EXPECT_EQ(files.accepted(), 1);
  EXPECT_THAT(files.asked(), IsEmpty()) << "the token was shown to a stranger";
}

TEST_F(MediaOverTls, AsksNobodyWhomNoAuthorityVouchesFor) {
  TlsFolder stranger;
  TlsOrigin files(stranger.issue("IP:127.0.0.1"), [](const std::string&) { return ok("file"); });
  announce(files, "file");
  fetch();
  EXPECT_EQ(row().error, code(MediaFault::kUnreachable));
  EXPECT_EQ(files.accepted(), 1);
  EXPECT_THAT(files.asked(), IsEmpty());
}

TEST_F(MediaOverTls, AsksWhereAFileIsNobodyButTheProvider) {
  TlsFolder stranger;
  TlsOrigin forged(stranger.issue("DNS:localhost"),
                   [this](const std::string&) { return ok(where_); });
  fetch_into(store_, forged.at("localhost"));
  EXPECT_EQ(row().error, code(MediaFault::kUnreachable));
  EXPECT_THAT(forged.asked(), IsEmpty());
}

TEST_F(MediaOverTls, FollowsARedirectToAHostThatIsAllowed) {
  TlsOrigin files(folder_.issue("IP:127.0.0.1"), [](const std::string& request) {
    return request.starts_with("GET /there ") ? ok("file") : redirect("/there");
  });
  announce(files, "file");
  fetch();
  EXPECT_EQ(row().state, MediaState::kStored);
  EXPECT_EQ(sender_.opened(store_.file(name_)), "file");
}

TEST_F(MediaOverTls, FollowsNoRedirectToAnotherHost) {
  TlsOrigin elsewhere(folder_.issue("DNS:localhost,IP:127.0.0.1,DNS:ip6-localhost"),
                      [](const std::string&) { return ok("file"); });
  for (const auto& location :
       {elsewhere.at("ip6-localhost") + "/file", "//ip6-localhost/file" + std::string(),
        std::string("http://127.0.0.2/file"), std::string("https://127.0.0.1@ip6-localhost/")}) {
    TlsOrigin files(folder_.issue("IP:127.0.0.1"),
                    [&](const std::string&) { return redirect(location); });
    announce(files, "file");
    const auto row = fetched_alone();
    EXPECT_EQ(row.state, MediaState::kGone) << location;
    EXPECT_EQ(row.error, code(MediaFault::kStrangeHost)) << location;
  }
  EXPECT_EQ(elsewhere.accepted(), 0);
}

TEST_F(MediaOverTls, LeavesACircleOfRedirects) {
  TlsOrigin files(folder_.issue("IP:127.0.0.1"),
                  [](const std::string&) { return redirect("/file?ext=1"); });
  announce(files, "file");
  fetch();
  EXPECT_EQ(row().error, code(MediaFault::kUnreachable));
  EXPECT_THAT(files.asked(), SizeIs(limits::kMediaRedirectsMax + 1));
}

TEST_F(MediaOverTls, RefusesABodyThatIsLongerThanAnnounced) {
  const std::string file(0x4000, 'x');
  for (const auto& answer : {ok(file), in_chunks(file)}) {
    TlsOrigin files(folder_.issue("IP:127.0.0.1"), [&](const std::string&) { return answer; });
    announce(files, file, file.size() - 1);
    const auto row = fetched_alone();
    EXPECT_NE(row.state, MediaState::kStored);
    EXPECT_EQ(row.error, code(MediaFault::kAltered));
  }
}

TEST_F(MediaOverTls, RefusesABodyThatIsLongerThanItsKindMayBe) {
  const std::string file(limits::kStickerBytesMax + 0x1000, 'x');
  TlsOrigin files(folder_.issue("IP:127.0.0.1"),
                  [&](const std::string&) { return in_chunks(file); });
  announce(files, file);
  fetch();
  EXPECT_EQ(row().state, MediaState::kGone);
  EXPECT_EQ(row().error, code(MediaFault::kTooLarge));
}

TEST_F(MediaOverTls, RefusesAFileThatWasCutShort) {
  TlsOrigin files(folder_.issue("IP:127.0.0.1"), [](const std::string&) {
    return std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nthe");
  });
  announce(files, "the whole");
  fetch();
  EXPECT_EQ(row().state, MediaState::kDue);
  EXPECT_EQ(row().error, code(MediaFault::kUnreachable));
}

TEST_F(MediaOverTls, RefusesBytesOfAnotherHash) {
  TlsOrigin files(folder_.issue("IP:127.0.0.1"), [](const std::string&) { return ok("film"); });
  announce(files, "file", 4);
  fetch();
  EXPECT_EQ(row().state, MediaState::kDue);
  EXPECT_EQ(row().error, code(MediaFault::kAltered));
}

}  // namespace
}  // namespace mitr
