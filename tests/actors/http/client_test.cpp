// How a POST ends: answered, not sent, or lost; and when a connection serves the next.
#include "actors/http/client.h"

#include <future>
#include <gmock/gmock.h>
#include <set>
#include <thread>

#include "protocols/limits.h"
#include "tests/actors/http/listening.h"
#include "tests/actors/http/raw_peer.h"
#include "tests/support/becomes.h"

namespace mitr {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr auto kLong = 20s;
constexpr auto kShort = 100ms;

std::unique_ptr<HttpClient> client(IoLoop& loop, const std::string& url,
                                   std::size_t connections = 1,
                                   std::chrono::milliseconds timeout = kLong) {
  auto made = HttpClient::make(
      loop, {.base_url = url, .connections_max = connections, .timeout = timeout, .ca_file = ""});
  if (!made) throw std::runtime_error(made.error().what);
  return std::move(made).value();
}

std::future<PostAnswer> post(HttpClient& to, std::string body = "{}",
                             HttpClient::Headers headers = {}) {
  auto promise = std::make_shared<std::promise<PostAnswer>>();
  auto future = promise->get_future();
  to.post("/v1/messages", std::move(headers), Personal(std::move(body)),
          [promise](PostAnswer answer) { promise->set_value(std::move(answer)); });
  return future;
}

std::string ok(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Answers every request of a connection with the same bytes.
RawListener::Script always(const std::string& answer) {
  return [answer](RawPeer& peer) {
    while (!peer.read_message().empty()) peer.send(answer);
  };
}

TEST(HttpClient, PostsAndReadsTheAnswer) {
  std::promise<std::string> seen;
  RawListener listener([&](RawPeer& peer) {
    seen.set_value(peer.read_message());
    peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
  });
  IoLoop loop;
  const auto to = client(loop, listener.url());
  const PostAnswer answer = post(*to, "{\"a\":1}", {{"Authorization", "Bearer t"}}).get();
  EXPECT_EQ(answer.end, PostEnd::kAnswered);
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, "no");
  EXPECT_THAT(
      seen.get_future().get(),
      AllOf(StartsWith("POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1:" +
                       std::to_string(listener.port())),
            HasSubstr("Content-Type: application/json\r\n"), HasSubstr("Content-Length: 7\r\n"),
            HasSubstr("Authorization: Bearer t\r\n"), EndsWith("\r\n\r\n{\"a\":1}")));
}

TEST(HttpClient, KeepsItsConnection) {
  RawListener listener(always(ok("x")), true);
  IoLoop loop;
  const auto to = client(loop, listener.url(), 4);
  for (int i = 0; i < 50; ++i) ASSERT_EQ(post(*to).get().end, PostEnd::kAnswered);
  EXPECT_EQ(listener.accepted(), 1);
}

TEST(HttpClient, ReadsAnswersOfEveryShape) {
  for (const char* bytes : {
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nwh\r\n3\r\nole\r\n0\r\n\r\n",
           "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole",
           "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nwhole",
           "HTTP/1.0 200 OK\r\n\r\nwhole",
       }) {
    RawListener listener([&](RawPeer& peer) {
      peer.read_message();
      for (const char* p = bytes; *p != '\0'; ++p) peer.send({p, 1});
    });
    IoLoop loop;
    const auto to = client(loop, listener.url());
    const PostAnswer answer = post(*to).get();
    EXPECT_EQ(answer.end, PostEnd::kAnswered) << bytes;
    EXPECT_EQ(answer.body, "whole") << bytes;
  }
}

TEST(HttpClient, OpensAnotherConnectionAfterOneThatWasClosed) {
  std::atomic<int> closed = 0;
  RawListener listener([&](RawPeer& peer) {
    peer.read_message();
    peer.send(ok("x"));
    peer.close();
    ++closed;
    closed.notify_all();
  });
  IoLoop loop;
  const auto to = client(loop, listener.url());
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(post(*to).get().end, PostEnd::kAnswered) << i;
    closed.wait(i);  // Closing before the next POST is seen by the client; closing under it could
                     // only be lost.
  }
  EXPECT_EQ(listener.accepted(), 50);
}

TEST(HttpClient, ReportsAnAnswerThatNeverCameAsLost) {
  RawListener listener([](RawPeer& peer) { peer.read_to_end(); });
  IoLoop loop;
  const auto to = client(loop, listener.url(), 1, kShort);
  EXPECT_EQ(post(*to).get().end, PostEnd::kAnswerLost);
}

TEST(HttpClient, ReportsAConnectionClosedOverARequestAsLost) {
  RawListener listener([](RawPeer& peer) {
    peer.read_message();
    peer.send("HTTP/1.1 200 OK\r\nContent-Le");
  });
  IoLoop loop;
  const auto to = client(loop, listener.url());
  EXPECT_EQ(post(*to).get().end, PostEnd::kAnswerLost);
}

TEST(HttpClient, ReportsJunkAsLost) {
  RawListener listener([](RawPeer& peer) {
    peer.read_message();
    peer.send("SSH-2.0-x\r\n\r\n");
  });
  IoLoop loop;
  const auto to = client(loop, listener.url());
  EXPECT_EQ(post(*to).get().end, PostEnd::kAnswerLost);
}

TEST(HttpClient, ReportsARefusedConnectionAsNotSent) {
  constexpr int kPosts = 100;
  IoLoop loop;
  const auto to = client(loop, "http://127.0.0.1:" + std::to_string(free_port()), 4);
  std::vector<std::future<PostAnswer>> ends;
  ends.reserve(kPosts);
  for (int i = 0; i < kPosts; ++i) ends.push_back(post(*to));
  for (auto& end : ends) EXPECT_EQ(end.get().end, PostEnd::kNotSent);
}

TEST(HttpClient, ReportsWhatWaitedTooLongForAConnectionAsNotSent) {
  std::atomic<int> reached = 0;
  RawListener listener([&](RawPeer& peer) { reached += peer.read_to_end().empty() ? 0 : 1; });
  IoLoop loop;
  const auto to = client(loop, listener.url(), 1, kShort);
  // Both from the loop's own thread, so that both fall due together; the one that got the
  // connection was written.
  std::promise<PostEnd> first, second;
  loop.post([&] {
    to->post("/", {}, Personal("{}"),
             [&](const PostAnswer& answer) { first.set_value(answer.end); });
    to->post("/", {}, Personal("{}"),
             [&](const PostAnswer& answer) { second.set_value(answer.end); });
  });
  EXPECT_EQ(first.get_future().get(), PostEnd::kAnswerLost);
  EXPECT_EQ(second.get_future().get(), PostEnd::kNotSent);
  EXPECT_TRUE(becomes([&] { return reached == 1; }, 20s));
}

TEST(HttpClient, DoesNotReadAnAnswerOverTheLimit) {
  const std::string large(limits::kSendAnswerBytesMax + 1, 'x');
  for (const std::string& bytes : {ok(large), "HTTP/1.1 200 OK\r\n\r\n" + large}) {
    RawListener listener(always(bytes));
    IoLoop loop;
    const auto to = client(loop, listener.url());
    EXPECT_EQ(post(*to).get().end, PostEnd::kAnswerLost);
  }
  RawListener listener(always(ok(large.substr(1))));
  IoLoop loop;
  const auto to = client(loop, listener.url());
  EXPECT_EQ(post(*to).get().body.size(), limits::kSendAnswerBytesMax);
}

TEST(HttpClient, CarriesAThousandPostsOverFewConnections) {
  Listening listening([&](HttpServer& server, const HttpRequest& request) {
    server.answer(request.id, {200, request.body});
  });
  IoLoop loop;
  const auto to = client(loop, listening.url(), 8);
  constexpr int kThreads = 4;
  constexpr int kPostsEach = 250;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  std::atomic<int> right = 0;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      std::vector<std::pair<std::string, std::future<PostAnswer>>> ends;
      ends.reserve(kPostsEach);
      for (int n = 0; n < kPostsEach; ++n) {
        const std::string body = std::to_string(i) + "-" + std::to_string(n);
        ends.emplace_back(body, post(*to, body));
      }
      for (auto& [body, end] : ends) right += end.get().body == body;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, kThreads * kPostsEach);
}

TEST(HttpClient, KeepsToItsNumberOfConnections) {
  constexpr int kPosts = 200;
  RawListener listener(always(ok("x")), true);
  IoLoop loop;
  const auto to = client(loop, listener.url(), 3);
  std::vector<std::future<PostAnswer>> ends;
  ends.reserve(kPosts);
  for (int i = 0; i < kPosts; ++i) ends.push_back(post(*to));
  for (auto& end : ends) EXPECT_EQ(end.get().end, PostEnd::kAnswered);
  EXPECT_LE(listener.accepted(), 3);
}

TEST(HttpClient, RefusesATargetOrHeaderThatForgesALine) {
  RawListener listener(always(ok("x")));
  IoLoop loop;
  const auto to = client(loop, listener.url());
  EXPECT_EQ(post(*to, "{}", {{"A", "b\r\nC: d"}}).get().end, PostEnd::kNotSent);
  EXPECT_EQ(post(*to, "{}", {{"A\n", "b"}}).get().end, PostEnd::kNotSent);
  std::promise<PostAnswer> ended;
  to->post("/a b", {}, Personal("{}"),
           [&](PostAnswer answer) { ended.set_value(std::move(answer)); });
  EXPECT_EQ(ended.get_future().get().end, PostEnd::kNotSent);
  EXPECT_EQ(listener.accepted(), 0);
}

TEST(HttpClient, DoesNotSendWhatTheQueueCannotHold) {
  RawListener listener([](RawPeer& peer) { peer.read_to_end(); });
  IoLoop loop;
  std::atomic<std::size_t> unsent = 0;
  std::atomic<std::size_t> lost = 0;
  {
    const auto to = client(loop, listener.url());
    std::promise<void> over;
    std::atomic<bool> told = false;
    for (std::size_t i = 0; i < limits::kPostQueueMax + 100; ++i) {
      to->post("/", {}, Personal("{}"), [&](const PostAnswer& answer) {
        ++(answer.end == PostEnd::kNotSent ? unsent : lost);
        if (!told.exchange(true)) over.set_value();
      });
    }
    over.get_future().wait();
    EXPECT_EQ(lost, 0u);
  }
  EXPECT_EQ(unsent + lost, limits::kPostQueueMax + 100) << "each ends once";
  EXPECT_LE(lost, 1u);
}

TEST(HttpClient, EndsEveryPostWhenItGoesDown) {
  std::promise<void> arrived;
  RawListener listener([&](RawPeer& peer) {
    peer.read_message();
    arrived.set_value();
    peer.read_to_end();
  });
  IoLoop loop;
  auto to = client(loop, listener.url());
  auto in_flight = post(*to);
  arrived.get_future().wait();
  auto waiting = post(*to);
  to.reset();
  EXPECT_EQ(in_flight.get().end, PostEnd::kAnswerLost);
  EXPECT_EQ(waiting.get().end, PostEnd::kNotSent);
}

TEST(HttpClient, EndsEveryPostAfterItsLoopHasStopped) {
  IoLoop loop;
  auto to = client(loop, "http://127.0.0.1:" + std::to_string(free_port()));
  loop.stop();
  auto end = post(*to);
  to.reset();
  EXPECT_EQ(end.get().end, PostEnd::kNotSent);
}

TEST(HttpClient, FindsAHostByName) {
  Listening listening(
      [](HttpServer& server, const HttpRequest& request) { server.answer(request.id, {}); });
  IoLoop loop;
  const auto to = client(loop, "http://localhost:" + std::to_string(listening.port()) + "/");
  EXPECT_EQ(post(*to).get().status, 200);
}

TEST(HttpClient, RefusesUrlsItCannotUse) {
  IoLoop loop;
  for (const char* url : {"", "graph.facebook.com", "ftp://h", "http://", "http://h/path",
                          "http://h:0", "http://h:65536", "http://h:8o", "http://h:", "http://u@h",
                          "http://h\r\n", "http://[::1", "http://[]"}) {
    const auto made = HttpClient::make(
        loop, {.base_url = url, .connections_max = 1, .timeout = kLong, .ca_file = ""});
    ASSERT_FALSE(made.ok()) << url;
    EXPECT_EQ(made.error().code, Errc::kInvalidConfig);
  }
}

}  // namespace
}  // namespace mitr
