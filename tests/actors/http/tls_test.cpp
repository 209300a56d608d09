// TLS of both sides: what is accepted, what is refused.
#include <future>
#include <gmock/gmock.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "actors/http/client.h"
#include "tests/actors/http/listening.h"
#include "tests/actors/http/raw_peer.h"
#include "tests/support/tls_files.h"

namespace mitr {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;

void echo(HttpServer& server, const HttpRequest& request) {
  server.answer(request.id, {200, request.body});
}

HttpServer::Settings with(TlsFiles files) {
  auto settings = Listening::settings();
  settings.tls = std::move(files);
  return settings;
}

/// A TLS client that shakes hands with the versions and suites it is told. Trusts anyone.
class TlsPeer {
 public:
  TlsPeer(std::uint16_t port, int version, const char* suites)
      : socket_(RawPeer::connect(port)), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_security_level(context_, 0);
    SSL_CTX_set_min_proto_version(context_, version);
    SSL_CTX_set_max_proto_version(context_, version);
    SSL_CTX_set_cipher_list(context_, suites);
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, socket_.fd());
    connected_ = SSL_connect(ssl_) == 1;
    ERR_clear_error();
  }
  ~TlsPeer() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  TlsPeer(const TlsPeer&) = delete;
  TlsPeer& operator=(const TlsPeer&) = delete;

  bool connected() const { return connected_; }
  std::string version() const { return SSL_get_version(ssl_); }
  SSL* ssl() { return ssl_; }
  std::string ask(const std::string& request) {
    SSL_write(ssl_, request.data(), static_cast<int>(request.size()));
    std::string answer(4096, '\0');
    const int got = SSL_read(ssl_, answer.data(), static_cast<int>(answer.size()));
    answer.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return answer;
  }

 private:
  RawPeer socket_;
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  bool connected_ = false;
};

PostAnswer post(std::uint16_t port, const std::string& host, const std::string& ca_file) {
  IoLoop loop;
  auto made = HttpClient::make(loop, {.base_url = "https://" + host + ":" + std::to_string(port),
                                      .connections_max = 1,
                                      .timeout = 20s,
                                      .ca_file = ca_file});
  if (!made) throw std::runtime_error(made.error().what);
  PostAnswer answer;
  for (int i = 0; i < 3; ++i) {
    std::promise<PostAnswer> ended;
    (*made)->post("/", {}, Personal("{}"),
                  [&](PostAnswer got) { ended.set_value(std::move(got)); });
    answer = ended.get_future().get();
  }
  return answer;
}

TEST(Tls, ServesTls13AndTls12WithAead) {
  TlsFolder folder;
  Listening listening(echo, with(folder.issue("DNS:localhost")));
  const std::string request = "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi";
  for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
    TlsPeer peer(listening.port(), version, "DEFAULT");
    ASSERT_TRUE(peer.connected()) << version;
    EXPECT_THAT(peer.ask(request), EndsWith("\r\n\r\nhi"));
    EXPECT_THAT(peer.ask(request), EndsWith("\r\n\r\nhi")) << "kept alive";
    EXPECT_THAT(SSL_get_cipher_name(peer.ssl()),
                testing::AnyOf(HasSubstr("GCM"), HasSubstr("POLY1305")));
  }
}

TEST(Tls, RefusesOldVersionsAndSuites) {
  TlsFolder folder;
  Listening listening(echo, with(folder.issue("DNS:localhost")));
  EXPECT_FALSE(TlsPeer(listening.port(), TLS1_VERSION, "ALL").connected());
  EXPECT_FALSE(TlsPeer(listening.port(), TLS1_1_VERSION, "ALL").connected());
  EXPECT_FALSE(TlsPeer(listening.port(), TLS1_2_VERSION, "ECDHE-ECDSA-AES128-SHA256").connected());
  EXPECT_FALSE(TlsPeer(listening.port(), TLS1_2_VERSION, "ECDHE-ECDSA-AES256-SHA").connected());
  EXPECT_TRUE(
      TlsPeer(listening.port(), TLS1_2_VERSION, "ECDHE-ECDSA-CHACHA20-POLY1305").connected());
}

TEST(Tls, RefusesToRenegotiate) {
  TlsFolder folder;
  Listening listening(echo, with(folder.issue("DNS:localhost")));
  TlsPeer peer(listening.port(), TLS1_2_VERSION, "DEFAULT");
  ASSERT_TRUE(peer.connected());
  SSL_renegotiate(peer.ssl());
  EXPECT_NE(SSL_do_handshake(peer.ssl()), 1);
  ERR_clear_error();
}

TEST(Tls, ClosesInOrderAfterARefusal) {
  TlsFolder folder;
  Listening listening(echo, with(folder.issue("DNS:localhost")));
  TlsPeer peer(listening.port(), TLS1_3_VERSION, "DEFAULT");
  EXPECT_THAT(peer.ask("POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n"),
              testing::StartsWith("HTTP/1.1 413 "));
  char byte = 0;
  const int got = SSL_read(peer.ssl(), &byte, 1);
  EXPECT_EQ(SSL_get_error(peer.ssl(), got), SSL_ERROR_ZERO_RETURN);
}

TEST(Tls, OutlivesAClientThatSpeaksPlainHttp) {
  TlsFolder folder;
  Listening listening(echo, with(folder.issue("DNS:localhost,IP:127.0.0.1")));
  auto peer = RawPeer::connect(listening.port());
  peer.send("GET / HTTP/1.1\r\n\r\n");
  peer.read_to_end();
  EXPECT_EQ(post(listening.port(), "127.0.0.1", folder.ca_file()).status, 200);
}

TEST(Tls, NamesTheFileThatCannotBeUsed) {
  TlsFolder folder;
  IoLoop loop;
  const TlsFiles good = folder.issue("DNS:localhost");
  const TlsFiles other = folder.issue("DNS:localhost");
  for (const auto& [files, named] : {
           std::pair(TlsFiles{folder.junk_file(), good.private_key}, folder.junk_file()),
           std::pair(TlsFiles{good.certificate, "/nowhere.key"}, std::string("/nowhere.key")),
           std::pair(TlsFiles{good.certificate, other.private_key}, other.private_key),
       }) {
    const auto made = HttpServer::listen(loop, with(files), [](const HttpRequest&) {});
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, Errc::kInvalidConfig);
    EXPECT_THAT(made.error().what, HasSubstr(named));
  }
  const auto client = HttpClient::make(loop, {.base_url = "https://localhost",
                                              .connections_max = 1,
                                              .timeout = 1s,
                                              .ca_file = folder.junk_file()});
  ASSERT_FALSE(client.ok());
  EXPECT_THAT(client.error().what, HasSubstr(folder.junk_file()));
}

TEST(Tls, PostsToAServerWhoseNameIsInItsCertificate) {
  TlsFolder folder;
  Listening listening(echo, with(folder.issue("DNS:localhost,IP:127.0.0.1")));
  EXPECT_EQ(post(listening.port(), "localhost", folder.ca_file()).body, "{}");
  EXPECT_EQ(post(listening.port(), "127.0.0.1", folder.ca_file()).body, "{}");
}

TEST(Tls, DoesNotPostToAServerOfAnotherNameOrAnUnknownAuthority) {
  TlsFolder folder;
  Listening listening(echo, with(folder.issue("DNS:graph.example")));
  EXPECT_EQ(post(listening.port(), "localhost", folder.ca_file()).end, PostEnd::kNotSent);
  EXPECT_EQ(post(listening.port(), "127.0.0.1", folder.ca_file()).end, PostEnd::kNotSent);
  TlsFolder stranger;
  Listening strange(echo, with(stranger.issue("DNS:localhost")));
  EXPECT_EQ(post(strange.port(), "localhost", folder.ca_file()).end, PostEnd::kNotSent);
}

TEST(Tls, DoesNotPostOverPlainTcp) {
  TlsFolder folder;
  std::atomic<bool> leaked = false;
  RawListener listener([&](RawPeer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    if (peer.read_to_end().find("POST") != std::string::npos) leaked = true;
  });
  EXPECT_EQ(post(listener.port(), "localhost", folder.ca_file()).end, PostEnd::kNotSent);
  EXPECT_FALSE(leaked);
}

}  // namespace
}  // namespace mitr
