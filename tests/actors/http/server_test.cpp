// What a client sees of the listener: requests of every shape, limits, deadlines, draining.
#include "actors/http/server.h"

#include <gmock/gmock.h>
#include <thread>

#include "tests/actors/http/listening.h"
#include "tests/actors/http/raw_peer.h"
#include "tests/support/becomes.h"

namespace mitr {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto kClosing = "Connection: close\r\n";

void echo(HttpServer& server, const HttpRequest& request) {
  server.answer(request.id, {200, request.method + " " + request.target + " " + request.body});
}

std::string post(const std::string& body, const std::string& fields = "") {
  return "POST /webhook HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + fields + "\r\n" + body;
}

TEST(HttpServer, AnswersARequest) {
  Listening listening(echo);
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send("GET /healthz?x=1 HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(
      peer.read_message(),
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 17\r\n\r\n"
      "GET /healthz?x=1 ");
}

TEST(HttpServer, HandsOutWhatTheProductReads) {
  Listening listening;
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send(post("{}",
                             "x-hub-SIGNATURE-256: sha256=00\r\nContent-Type: application/json\r\n"
                             "Authorization: Bearer t\r\n")));
  const HttpRequest request = listening.take();
  EXPECT_NE(request.id, 0u);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/webhook");
  EXPECT_EQ(request.signature, "sha256=00");
  EXPECT_EQ(request.content_type, "application/json");
  EXPECT_EQ(request.authorization, "Bearer t");
  EXPECT_EQ(request.body, "{}");
  EXPECT_EQ(listening.server().in_hand(), 1u);
}

TEST(HttpServer, KeepsTheConnectionForTheNextRequest) {
  Listening listening(echo);
  auto peer = RawPeer::connect(listening.port());
  for (int i = 0; i < 100; ++i) {
    const std::string body = std::to_string(i);
    ASSERT_TRUE(peer.send(post(body)));
    ASSERT_THAT(peer.read_message(), EndsWith("POST /webhook " + body));
  }
  EXPECT_EQ(listening.server().in_hand(), 0u);
}

TEST(HttpServer, ServesPipelinedRequestsOneAtATimeInOrder) {
  Listening listening;
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send(post("one") + post("two") + post("three").substr(0, 30)));
  for (const char* word : {"one", "two"}) {
    const HttpRequest request = listening.take();
    ASSERT_EQ(request.body, word);
    EXPECT_EQ(listening.waiting(), 0u);
    EXPECT_EQ(listening.server().in_hand(), 1u);
    listening.server().answer(request.id, {200, std::string("to ") + word});
    EXPECT_THAT(peer.read_message(), EndsWith(std::string("to ") + word));
  }
  ASSERT_TRUE(peer.send(post("three").substr(30)));
  EXPECT_EQ(listening.take().body, "three");
}

TEST(HttpServer, ReadsAChunkedBodyHoweverItArrives) {
  Listening listening(echo);
  const std::string request =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n1;name=value\r\nd\r\n0\r\nX-Trailer: t\r\n\r\n";
  const std::string empty =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send(request + request));
  EXPECT_THAT(peer.read_message(), EndsWith("POST / abcd"));
  EXPECT_THAT(peer.read_message(), EndsWith("POST / abcd"));
  for (const char byte : request + empty) ASSERT_TRUE(peer.send({&byte, 1}));
  EXPECT_THAT(peer.read_message(), EndsWith("POST / abcd"));
  EXPECT_THAT(peer.read_message(), EndsWith("POST / "));
}

TEST(HttpServer, SurvivesARequestCutAtEveryPlace) {
  Listening listening(echo);
  const std::string request =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nA: b\r\n\r\n";
  for (std::size_t cut = 1; cut < request.size(); ++cut) {
    auto peer = RawPeer::connect(listening.port());
    ASSERT_TRUE(peer.send(request.substr(0, cut)));
    std::this_thread::yield();
    ASSERT_TRUE(peer.send(request.substr(cut)));
    ASSERT_THAT(peer.read_message(), EndsWith("POST / ab")) << cut;
  }
}

TEST(HttpServer, DoesNotTakeASignatureFromATrailer) {
  Listening listening;
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send(
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Hub-Signature-256: s\r\n\r\n"));
  EXPECT_EQ(listening.take().signature, "");
}

TEST(HttpServer, RefusesALongBodyByItsLengthBeforeItComes) {
  Listening listening;
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send("POST / HTTP/1.1\r\nContent-Length: 10001\r\n\r\n"));
  EXPECT_THAT(peer.read_message(), AllOf(StartsWith("HTTP/1.1 413 "), HasSubstr(kClosing)));
  EXPECT_TRUE(peer.sees_close());
  EXPECT_EQ(listening.waiting(), 0u);
}

TEST(HttpServer, LetsAClientReadThe413WhileItStillSends) {
  Listening listening;
  auto peer = RawPeer::connect(listening.port());
  const std::string megabyte(1 << 20, 'x');
  ASSERT_TRUE(peer.send("POST / HTTP/1.1\r\nContent-Length: 4194304\r\n\r\n"));
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(peer.send(megabyte));
  EXPECT_THAT(peer.read_message(), StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServer, RefusesAChunkedBodyThatGrowsOverTheLimit) {
  Listening listening;
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"));
  const std::string chunk = "1000\r\n" + std::string(0x1000, 'x') + "\r\n";
  ASSERT_TRUE(peer.send(chunk + chunk + chunk));
  EXPECT_THAT(peer.read_message(), AllOf(StartsWith("HTTP/1.1 413 "), HasSubstr(kClosing)));
  EXPECT_TRUE(peer.sees_close());
  EXPECT_EQ(listening.waiting(), 0u);
}

TEST(HttpServer, TakesABodyOfExactlyTheLimit) {
  Listening listening;
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send(post(std::string(10'000, 'x'))));
  EXPECT_EQ(listening.take().body.size(), 10'000u);
}

TEST(HttpServer, RefusesWhatIsNotARequest) {
  Listening listening;
  for (const char* junk : {
           "hello\r\n\r\n",
           "GET / HTTP/9.9\r\n\r\n",
           "GET / HTTP/1.1\r\nbad header\r\n\r\n",
           "POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
           "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
           "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
           "\x16\x03\x01\x02\x05\r\n\r\n",
       }) {
    auto peer = RawPeer::connect(listening.port());
    ASSERT_TRUE(peer.send(junk));
    EXPECT_THAT(peer.read_message(), AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr(kClosing)))
        << junk;
    EXPECT_TRUE(peer.sees_close());
  }
  EXPECT_EQ(listening.waiting(), 0u);
}

TEST(HttpServer, BoundsTheHeaderAndTheChunkLines) {
  Listening listening;
  const std::string much(20'000, 'a');
  for (const std::string& start :
       {"GET / HTTP/1.1\r\nA: " + much, "GET /" + much,
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + much}) {
    auto peer = RawPeer::connect(listening.port());
    ASSERT_TRUE(peer.send(start));
    EXPECT_THAT(peer.read_message(), StartsWith("HTTP/1.1 431 "));
  }
}

TEST(HttpServer, AnswersHeadWithoutABody) {
  Listening listening(echo);
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send("HEAD /x HTTP/1.1\r\n\r\nGET /y HTTP/1.1\r\n\r\n"));
  EXPECT_THAT(peer.read_message(true), HasSubstr("Content-Length: 8\r\n"));
  EXPECT_THAT(peer.read_message(), EndsWith("GET /y "));
}

TEST(HttpServer, ClosesAfterAnHttp10AnswerUnlessAskedToStay) {
  Listening listening(echo);
  auto leaving = RawPeer::connect(listening.port());
  ASSERT_TRUE(leaving.send("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_THAT(leaving.read_to_end(), AllOf(StartsWith("HTTP/1.0 200 "), HasSubstr(kClosing)));
  auto staying = RawPeer::connect(listening.port());
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(staying.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    EXPECT_THAT(staying.read_message(), HasSubstr("Connection: keep-alive\r\n"));
  }
}

TEST(HttpServer, ClosesWhenTheClientAsksForIt) {
  Listening listening(echo);
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
  EXPECT_THAT(peer.read_to_end(), HasSubstr(kClosing));
}

TEST(HttpServer, TellsAClientThatAsksToGoOn) {
  Listening listening(echo);
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
  EXPECT_EQ(peer.read_message(true), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(peer.send("abc"));
  EXPECT_THAT(peer.read_message(), EndsWith("POST / abc"));
  ASSERT_TRUE(peer.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"));
  EXPECT_THAT(peer.read_message(), StartsWith("HTTP/1.1 200 "))
      << "the body did not wait, nor do we";
  ASSERT_TRUE(
      peer.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 30000\r\n\r\n"));
  EXPECT_THAT(peer.read_message(), StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServer, Says503ForAHandlerThatDoesNotAnswer) {
  auto settings = Listening::settings();
  settings.patience = 50ms;
  Listening listening(nullptr, settings);
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send(post("slow")));
  const HttpRequest late = listening.take();
  EXPECT_THAT(peer.read_message(), AllOf(StartsWith("HTTP/1.1 503 "), Not(HasSubstr(kClosing))));
  EXPECT_EQ(listening.server().in_hand(), 0u);
  ASSERT_TRUE(peer.send(post("quick")));
  const HttpRequest next = listening.take();
  listening.server().answer(late.id, {200, "too late"});
  listening.server().answer(next.id, {200, "in time"});
  EXPECT_THAT(peer.read_message(), EndsWith("in time"));
}

TEST(HttpServer, IgnoresAnswersToIdsItNeverGave) {
  Listening listening(echo);
  for (const std::uint64_t id : {0ull, 1ull, 65536ull, 65537ull, ~0ull})
    listening.server().answer(id, {});
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_THAT(peer.read_message(), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServer, TakesAnswersFromManyThreads) {
  constexpr int kThreads = 8;
  constexpr int kRequests = 200;
  Listening listening;
  std::vector<std::thread> workers;
  workers.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    workers.emplace_back([&] {
      for (int n = 0; n < kRequests; ++n) {
        const HttpRequest request = listening.take();
        listening.server().answer(request.id, {200, request.body});
      }
    });
  }
  std::vector<std::thread> clients;
  clients.reserve(kThreads);
  std::atomic<int> right = 0;
  for (int i = 0; i < kThreads; ++i) {
    clients.emplace_back([&, i] {
      auto peer = RawPeer::connect(listening.port());
      for (int n = 0; n < kRequests; ++n) {
        const std::string body = std::to_string(i) + "-" + std::to_string(n);
        if (!peer.send(post(body))) return;
        if (peer.read_message().ends_with("\r\n\r\n" + body)) ++right;
      }
    });
  }
  for (auto& client : clients) client.join();
  for (auto& worker : workers) worker.join();
  EXPECT_EQ(right, kThreads * kRequests);
}

TEST(HttpServer, OutlivesAClientThatLeavesBeforeItsAnswer) {
  Listening listening;
  {
    auto peer = RawPeer::connect(listening.port());
    ASSERT_TRUE(peer.send(post("bye")));
  }
  const HttpRequest abandoned = listening.take();
  listening.server().answer(abandoned.id, {200, std::string(1 << 20, 'x')});
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send(post("hello")));
  const HttpRequest request = listening.take();
  EXPECT_EQ(listening.server().in_hand(), 1u);
  listening.server().answer(request.id, {});
  EXPECT_THAT(peer.read_message(), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServer, WritesALargeAnswerWhole) {
  const std::string large(5 << 20, 'x');
  Listening listening([&](HttpServer& server, const HttpRequest& request) {
    server.answer(request.id, {200, large});
  });
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send("GET / HTTP/1.1\r\n\r\n"));
  const std::string answer = peer.read_message();
  EXPECT_TRUE(answer.ends_with("\r\n\r\n" + large));
}

TEST(HttpServer, SendsNoBodyWithA204) {
  Listening listening([](HttpServer& server, const HttpRequest& request) {
    server.answer(request.id, {204, ""});
  });
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_EQ(peer.read_message(), "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(HttpServer, DrainClosesTheIdleAndAnswersTheRest) {
  Listening listening;
  auto idle = RawPeer::connect(listening.port());
  ASSERT_TRUE(idle.send(post("first")));
  listening.server().answer(listening.take().id, {});
  EXPECT_THAT(idle.read_message(), Not(HasSubstr(kClosing)));
  auto halfway = RawPeer::connect(listening.port());
  ASSERT_TRUE(halfway.send(post("first") + "POST / HT"));
  listening.server().answer(listening.take().id, {});
  EXPECT_THAT(halfway.read_message(), StartsWith("HTTP/1.1 200 "));
  auto busy = RawPeer::connect(listening.port());
  ASSERT_TRUE(busy.send(post("second") + post("third")));
  const HttpRequest in_hand = listening.take();

  listening.server().drain();
  EXPECT_TRUE(idle.sees_close());
  EXPECT_FALSE(RawPeer::connect(listening.port()).connected());
  ASSERT_TRUE(halfway.send("TP/1.1\r\n\r\n"));
  EXPECT_THAT(halfway.read_message(), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr(kClosing)));
  EXPECT_EQ(listening.server().in_hand(), 1u);
  listening.server().answer(in_hand.id, {200, "settled"});
  EXPECT_THAT(busy.read_to_end(), AllOf(HasSubstr(kClosing), EndsWith("settled")));
  EXPECT_EQ(listening.waiting(), 0u);
}

TEST(HttpServer, ClosesConnectionsOverTheLimitAtOnce) {
  auto settings = Listening::settings();
  settings.connections_max = 2;
  Listening listening(echo, settings);
  std::vector<RawPeer> peers;
  for (int i = 0; i < 2; ++i) {
    peers.push_back(RawPeer::connect(listening.port()));
    ASSERT_TRUE(peers.back().send("GET / HTTP/1.1\r\n\r\n"));
    EXPECT_THAT(peers.back().read_message(), StartsWith("HTTP/1.1 200 "));
  }
  EXPECT_TRUE(RawPeer::connect(listening.port()).sees_close());
  ASSERT_TRUE(peers[0].send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
  EXPECT_THAT(peers[0].read_to_end(), StartsWith("HTTP/1.1 200 "));
  peers[0].close();
  ASSERT_TRUE(peers[1].send("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_THAT(peers[1].read_message(), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServer, ClosesAConnectionThatDripsOrSaysNothing) {
  auto settings = Listening::settings();
  settings.idle = 100ms;
  Listening listening(echo, settings);
  auto silent = RawPeer::connect(listening.port());
  auto dripping = RawPeer::connect(listening.port());
  EXPECT_TRUE(becomes([&] { return !dripping.send("G"); }, 20s))
      << "the listener never had enough of it";
  EXPECT_TRUE(silent.sees_close());
}

TEST(HttpServer, NamesWhatKeepsItFromListening) {
  Listening listening;
  IoLoop loop;
  auto settings = Listening::settings();
  settings.port = listening.port();
  const auto taken = HttpServer::listen(loop, settings, [](const HttpRequest&) {});
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.error().code, Errc::kUnavailable);
  EXPECT_THAT(taken.error().what, HasSubstr("127.0.0.1:" + std::to_string(listening.port())));
  settings.address = "not an address";
  EXPECT_EQ(HttpServer::listen(loop, settings, [](const HttpRequest&) {}).error().code,
            Errc::kInvalidConfig);
}

TEST(HttpServer, GoesDownWithRequestsInHand) {
  Listening listening;
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send(post("unanswered")));
  EXPECT_EQ(listening.take().body, "unanswered");
  listening.close();
  EXPECT_TRUE(peer.sees_close());
}

TEST(HttpServer, GoesDownAfterItsLoopHasStopped) {
  Listening listening;
  auto peer = RawPeer::connect(listening.port());
  ASSERT_TRUE(peer.send(post("unanswered")));
  EXPECT_EQ(listening.take().body, "unanswered");
  listening.loop().stop();
  listening.close();
  EXPECT_TRUE(peer.sees_close());
}

}  // namespace
}  // namespace mitr
