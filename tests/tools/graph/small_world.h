// A simulator with a webhook receiver behind it: what the receiver got, and a way to send like a
// business.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "actors/http/client.h"
#include "protocols/whatsapp/signature.h"
#include "protocols/whatsapp/webhook.h"
#include "tests/actors/http/listening.h"
#include "tools/graph/local_http.h"
#include "tools/graph/simulator.h"

namespace mitr::graph {

inline constexpr auto kPatience = std::chrono::seconds(20);
inline constexpr const char* kNumber = "106540352240000";
inline constexpr const char* kParent = "919800000001";
inline constexpr const char* kTeacher = "919800000051";

/// Stands where the node would: keeps every webhook and answers what the script says, then 200.
class Receiver {
 public:
  explicit Receiver(std::vector<int> answers = {})
      : answers_(answers.begin(), answers.end()),
        listening_(
            [this](HttpServer& server, HttpRequest request) { take(server, std::move(request)); },
            settings()) {}

  std::string url() const { return listening_.url() + "/webhook"; }
  /// Called with each webhook that is answered 200, on the receiver's thread.
  void on_webhook(std::function<void(const std::string& body)> heard) {
    std::lock_guard lock(lock_);
    heard_ = std::move(heard);
  }
  /// The next webhook; an empty request if none comes.
  HttpRequest next() {
    std::unique_lock lock(lock_);
    if (!came_.wait_for(lock, kPatience, [this] { return !kept_.empty(); })) return {};
    auto request = std::move(kept_.front());
    kept_.pop_front();
    return request;
  }

 private:
  static HttpServer::Settings settings() {
    auto wanted = Listening::settings();
    wanted.body_bytes_max = 1u << 20;
    return wanted;
  }
  void take(HttpServer& server, HttpRequest request) {
    int status = 200;
    std::function<void(const std::string&)> heard;
    const auto body = request.body;
    const auto id = request.id;
    {
      std::lock_guard lock(lock_);
      if (!answers_.empty()) {
        status = answers_.front();
        answers_.pop_front();
      }
      if (status == 200) heard = heard_;
      kept_.push_back(std::move(request));
    }
    came_.notify_all();
    server.answer(id, {status, {}});
    if (heard) heard(body);
  }

  std::mutex lock_;
  std::condition_variable came_;
  std::deque<int> answers_;
  std::deque<HttpRequest> kept_;
  std::function<void(const std::string&)> heard_;
  Listening listening_;
};

inline GraphSettings small_settings(const Receiver& receiver) {
  GraphSettings settings;
  settings.port = 0;
  settings.webhook = receiver.url();
  settings.app_secret = "test-secret";
  settings.numbers = {{kNumber, "Test School", "910000050000"}};
  settings.people = {
      {Personal(kParent), Personal("Asha Verma"), kNumber, false, "Parent", {}},
      {Personal(kTeacher), Personal("Sunita Rao"), kNumber, true, "Class teacher", {}}};
  settings.delivery_delay = std::chrono::milliseconds(1);
  settings.retry_first = std::chrono::milliseconds(1);
  return settings;
}

class SmallWorld {
 public:
  explicit SmallWorld(GraphSettings settings) {
    auto started = Simulator::start(std::move(settings));
    if (!started) throw std::runtime_error(started.error().what);
    simulator_ = std::move(*started);
    auto client = HttpClient::make(loop_, {url(), 4, kPatience, {}});
    if (!client) throw std::runtime_error(client.error().what);
    client_ = std::move(*client);
  }
  ~SmallWorld() { loop_.stop(); }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(simulator_->port()); }

  /// A send as the node would make it.
  PostAnswer send(const nlohmann::json& body, const std::string& token = "Bearer token",
                  const std::string& number = kNumber) {
    HttpClient::Headers headers;
    if (!token.empty()) headers.emplace_back("Authorization", token);
    auto answered = std::make_shared<std::promise<PostAnswer>>();
    auto future = answered->get_future();
    client_->post("/v23.0/" + number + "/messages", headers, Personal(body.dump()),
                  [answered](PostAnswer answer) { answered->set_value(std::move(answer)); });
    if (future.wait_for(kPatience) != std::future_status::ready) return {};
    return future.get();
  }
  /// The same, without waiting: for a receiver that answers from its own thread.
  void send_soon(const nlohmann::json& body) {
    client_->post(std::string("/v23.0/") + kNumber + "/messages",
                  {{"Authorization", "Bearer token"}}, Personal(body.dump()),
                  [](const PostAnswer&) {});
  }
  LocalAnswer say(nlohmann::json body) {
    body["from"] = kParent;
    body["to_number"] = kNumber;
    auto answer = local_post(url() + "/sim/say", Personal(body.dump()), kPatience);
    return answer ? *answer : LocalAnswer{};
  }
  LocalAnswer get(const std::string& path) {
    auto answer = local_get(url() + path, kPatience);
    return answer ? *answer : LocalAnswer{};
  }
  /// Polls until an event has these members; null if none comes. Bounded by the number of polls.
  nlohmann::json event_with(const nlohmann::json& members, const std::string& open = {}) {
    std::uint64_t after = 0;
    for (int polls = 0; polls < 40; ++polls) {
      const auto answer =
          get("/sim/events?wait_ms=500&after=" + std::to_string(after) + "&open=" + open);
      const auto news = nlohmann::json::parse(answer.body.reveal(), nullptr, false);
      if (!news.is_object()) return nullptr;
      for (const auto& event : news["events"]) {
        auto merged = event;
        merged.update(members);
        if (merged == event) return event;
      }
      after = news["next"];
    }
    return nullptr;
  }

 private:
  std::unique_ptr<Simulator> simulator_;
  IoLoop loop_;
  std::unique_ptr<HttpClient> client_;
};

inline nlohmann::json text_send(const std::string& to, const std::string& text) {
  return {{"messaging_product", "whatsapp"},
          {"to", to},
          {"type", "text"},
          {"text", {{"body", text}}},
          {"biz_opaque_callback_data", "callback-1"}};
}
inline nlohmann::json template_send(const std::string& to,
                                    const std::vector<std::string>& parameters) {
  nlohmann::json filled = nlohmann::json::array();
  for (const auto& each : parameters) filled.push_back({{"type", "text"}, {"text", each}});
  return {{"messaging_product", "whatsapp"},
          {"to", to},
          {"type", "template"},
          {"template",
           {{"name", "leave_notice"},
            {"language", {{"code", "en"}}},
            {"components", {{{"type", "body"}, {"parameters", filled}}}}}},
          {"biz_opaque_callback_data", "callback-2"}};
}

}  // namespace mitr::graph
