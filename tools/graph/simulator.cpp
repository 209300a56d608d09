// HTTP in front of the exchange: the Graph endpoint, the phones' endpoints under /sim, and the
// page.
#include "tools/graph/simulator.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <nlohmann/json.hpp>
#include <utility>

#include "actors/http/client.h"
#include "actors/http/server.h"
#include "protocols/limits.h"
#include "protocols/whatsapp/signature.h"
#include "tools/graph/exchange.h"
#include "tools/graph/media_shelf.h"
#include "tools/graph/page.h"
#include "tools/graph/polls.h"
#include "tools/graph/target.h"
#include "tools/graph/template_book.h"
#include "tools/graph/webhook_kinds.h"
#include "tools/graph/webhook_script.h"

namespace mitr::graph {
namespace {

using nlohmann::json;

constexpr std::size_t kWebhookConnections = 8;
/// Meta gives a webhook about this long.
constexpr auto kWebhookTimeout = std::chrono::seconds(15);
/// 4096 characters, as in a WhatsApp message, of up to four bytes each.
constexpr std::size_t kSayingBytesMax = std::size_t{4096} * 4;
constexpr std::size_t kScreensPerPoll = 16;

std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string string_at(const json& value, const char* key) {
  if (!value.is_object()) return {};
  const auto found = value.find(key);
  return found != value.end() && found->is_string() ? found->get_ref<const std::string&>()
                                                    : std::string();
}

bool is_phone(std::string_view text) {
  return text.size() >= 5 && text.size() <= 20 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What the page posts when its person writes or taps.
Result<Saying> read_saying(std::string_view body) {
  const auto root = json::parse(body, nullptr, false);
  if (!root.is_object()) return Error{Errc::kMalformed, "expected a JSON object"};
  Saying out;
  out.number = string_at(root, "to_number");
  out.from = Personal(string_at(root, "from"));
  if (!is_phone(out.from.reveal())) return Error{Errc::kMalformed, "from: 5 to 20 digits expected"};
  if (root.contains("button")) {
    out.button_id = string_at(root["button"], "id");
    out.text = Personal(string_at(root["button"], "title"));
    out.under = string_at(root, "under");
    if (out.button_id.empty()) return Error{Errc::kMalformed, "button: an id is expected"};
  } else {
    out.text = Personal(string_at(root, "text"));
    if (out.text.empty()) return Error{Errc::kMalformed, "text: some words are expected"};
  }
  if (out.text.size_bytes() > kSayingBytesMax) return Error{Errc::kTooLarge, "text: too long"};
  return out;
}

/// "http://host:port/path" in two.
std::pair<std::string, std::string> split_url(const std::string& url) {
  const auto scheme = url.find("://");
  const auto slash = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  if (slash == std::string::npos) return {url, "/"};
  return {url.substr(0, slash), url.substr(slash)};
}

class HttpSimulator final : public Simulator {
 public:
  HttpSimulator(GraphSettings settings, TemplateBook templates)
      : settings_(std::move(settings)),
        run_(std::to_string(std::chrono::system_clock::now().time_since_epoch().count())),
        exchange_(loop_, settings_, std::move(templates), [this] { polls_.news(); }),
        polls_(
            loop_,
            [this](const PollQuery& query, bool& empty) { return render_news(query, empty); },
            [this](auto request, Personal body) {
              answer_json(request, 200, std::move(body.reveal()));
            }) {}
  ~HttpSimulator() override { loop_.stop(); }

  Status open() {
    const auto [origin, path] = split_url(settings_.webhook);
    auto client = HttpClient::make(loop_, {origin, kWebhookConnections, kWebhookTimeout, {}});
    if (!client) return client.error();
    exchange_.connect(std::make_unique<WebhookCourier>(
        loop_, std::move(*client), whatsapp::Signer({settings_.app_secret}),
        WebhookCourier::Settings{path, settings_.retry_first, settings_.attempts_max},
        [this](bool ok, std::chrono::milliseconds pause) { webhook_answered(ok, pause); }));
    HttpServer::Settings listen;
    listen.port = settings_.port;
    listen.body_bytes_max = limits::kSimBodyBytesMax;
    auto server =
        HttpServer::listen(loop_, listen, [this](const HttpRequest& request) { take(request); });
    if (!server) return server.error();
    port_ = (*server)->port();
    // Handed over on the loop, where requests are handled.
    auto handed_over = std::make_shared<std::promise<void>>();
    loop_.post([this, handed_over, held = std::shared_ptr<HttpServer>(std::move(*server))] {
      server_ = held;
      handed_over->set_value();
    });
    handed_over->get_future().wait();
    return Done{};
  }
  std::uint16_t port() const override { return port_; }

 private:
  void take(const HttpRequest& request) {
    // The first request may come before open() has handed the server over: then it goes round once
    // more.
    if (server_ == nullptr) return loop_.post([this, request] { take(request); });
    handle(request);
  }

  void handle(const HttpRequest& request) {
    const auto target = parse_target(request.target);
    if (request.method == "GET") return handle_get(request, target);
    if (request.method != "POST") return answer_json(request.id, 405, R"({"error":"GET or POST"})");
    if (target.path == "/sim/say") return handle_say(request);
    if (target.path == "/sim/webhooks") return handle_script(request);
    handle_send(request, target);
  }

  void handle_get(const HttpRequest& request, const Target& target) {
    if (const auto file = page_file(target.path)) {
      return server_->answer(request.id,
                             {200, std::string(file->body), std::string(file->content_type)});
    }
    if (target.path == "/sim/world") return answer_json(request.id, 200, render_world());
    if (target.path == "/sim/kinds") return answer_json(request.id, 200, dump(webhook_kinds()));
    if (target.path == "/sim/events") return handle_events(request, target);
    if (target.path == "/healthz") return server_->answer(request.id, {200, "ok\n"});
    const auto origin = "http://127.0.0.1:" + std::to_string(port_);
    if (const auto file = media_answer(request, target.path, origin))
      return server_->answer(request.id, *file);
    answer_json(request.id, 404, R"({"error":"no such page"})");
  }

  /// A page of another origin could post plain text here without asking; JSON it could not.
  bool is_json(const HttpRequest& request) {
    if (request.content_type.starts_with("application/json")) return true;
    answer_json(request.id, 415, R"({"error":"content-type: application/json expected"})");
    return false;
  }

  void handle_script(const HttpRequest& request) {
    if (!is_json(request)) return;
    const auto script = read_script(request.body);
    if (!script) return answer_json(request.id, 400, dump({{"error", script.error().what}}));
    const auto posts = exchange_.play(*script);
    if (!posts) return answer_json(request.id, 400, dump({{"error", posts.error().what}}));
    answer_json(request.id, 200, dump({{"posts", *posts}}));
  }

  void handle_say(const HttpRequest& request) {
    if (!is_json(request)) return;
    const auto saying = read_saying(request.body);
    if (!saying) return answer_json(request.id, 400, dump({{"error", saying.error().what}}));
    const auto id = exchange_.say(*saying);
    if (!id) return answer_json(request.id, 400, dump({{"error", id.error().what}}));
    answer_json(request.id, 200, dump({{"id", *id}}));
  }

  void handle_events(const HttpRequest& request, const Target& target) {
    auto open = target.value("open");
    for (std::size_t i = 0; i < kScreensPerPoll && !open.empty(); ++i) {
      const auto comma = open.find(',');
      const auto pair = open.substr(0, comma);
      const auto colon = pair.find(':');
      if (colon != std::string::npos && is_phone(pair.substr(colon + 1))) {
        exchange_.look(pair.substr(0, colon), Personal(pair.substr(colon + 1)));
      }
      open = comma == std::string::npos ? std::string() : open.substr(comma + 1);
    }
    const std::chrono::milliseconds longest = limits::kSimPollPatience;
    const auto most = static_cast<std::uint64_t>(longest.count());
    const std::chrono::milliseconds patience(std::min(target.number("wait_ms", most), most));
    PollQuery query{target.number("after", 0), target.value("number"), target.value("webhook")};
    polls_.wait(request.id, std::move(query), patience);
  }

  /// /{version}/{phone_number_id}/messages
  void handle_send(const HttpRequest& request, const Target& target) {
    const auto& path = target.path;
    const auto slash = path.find('/', 1);
    const auto end = slash == std::string::npos ? slash : path.find('/', slash + 1);
    if (end == std::string::npos || path.substr(end) != "/messages" || !path.starts_with("/v")) {
      return refuse(request.id,
                    {.status = 404, .code = 2500, .message = "Unknown path components"});
    }
    constexpr std::string_view kBearer = "Bearer ";
    if (!request.authorization.starts_with(kBearer) ||
        request.authorization.size() == kBearer.size()) {
      return refuse(request.id,
                    {.status = 401,
                     .code = 190,
                     .message = "Invalid OAuth access token - Cannot parse access token"});
    }
    const auto id = path.substr(slash + 1, end - slash - 1);
    const auto* number = exchange_.number(id);
    if (number == nullptr) {
      return refuse(request.id,
                    {.status = 400,
                     .code = 100,
                     .subcode = 33,
                     .type = "GraphMethodException",
                     .message = "Unsupported post request. Object with ID '" + id +
                                "' does not exist, cannot be loaded due to missing permissions, "
                                "or does not support this operation"});
    }
    auto reply = exchange_.send(*number, request.body);
    answer_json(request.id, reply.status, std::move(reply.body.reveal()));
  }

  void refuse(std::uint64_t id, const GraphError& error) {
    answer_json(id, error.status, render(error));
  }
  void answer_json(std::uint64_t id, int status, std::string body) {
    server_->answer(id, {status, std::move(body), "application/json; charset=utf-8"});
  }

  void webhook_answered(bool ok, std::chrono::milliseconds pause) {
    const std::string now = ok ? "up" : "down";
    retry_seconds_ = ok ? 0 : static_cast<int>((pause.count() + 999) / 1000);
    if (webhook_ == now) return;
    webhook_ = now;
    polls_.news();
  }

  Personal render_news(const PollQuery& query, bool& empty) {
    // A page from before a restart of the simulator counts from a past that is gone.
    const auto from = query.after > exchange_.chats().last_seq() ? 0 : query.after;
    std::uint64_t last = 0;
    const auto events = exchange_.chats().since(from, query.number, last);
    empty = events.reveal() == "[]" && (query.known.empty() || query.known == webhook_);
    return Personal(R"({"run":")" + run_ + R"(","webhook":")" + webhook_ + R"(","retry_in":)" +
                    std::to_string(retry_seconds_) + R"(,"next":)" + std::to_string(last) +
                    R"(,"events":)" + events.reveal() + "}");
  }

  std::string render_world() const {
    json numbers = json::array();
    for (const auto& each : settings_.numbers) {
      numbers.push_back({{"id", each.id}, {"name", each.name}, {"phone", each.display_phone}});
    }
    json people = json::array();
    for (const auto& each : settings_.people) {
      people.push_back({{"phone", each.phone.reveal()},
                        {"name", each.name.reveal()},
                        {"number", each.number},
                        {"desk", each.desk},
                        {"about", each.about},
                        {"suggestions", each.suggestions}});
    }
    return dump({{"run", run_}, {"numbers", std::move(numbers)}, {"people", std::move(people)}});
  }

  const GraphSettings settings_;
  const std::string run_;
  std::string webhook_ = "unknown";
  int retry_seconds_ = 0;
  IoLoop loop_;
  Exchange exchange_;
  Polls polls_;
  std::uint16_t port_ = 0;
  std::shared_ptr<HttpServer> server_;
};

}  // namespace

Result<std::unique_ptr<Simulator>> Simulator::start(GraphSettings settings) {
  const auto checked = check_settings(settings);
  if (!checked) return checked.error();
  auto templates = read_templates(settings.packs);
  if (!templates) return templates.error();
  auto simulator = std::make_unique<HttpSimulator>(std::move(settings), std::move(*templates));
  const auto opened = simulator->open();
  if (!opened) return opened.error();
  return std::unique_ptr<Simulator>(std::move(simulator));
}

}  // namespace mitr::graph
