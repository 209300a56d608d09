#include "tools/load/graph_end.h"

#include <utility>

#include "protocols/limits.h"
#include "tools/load/provider_text.h"

namespace mitr::load {
namespace {

constexpr std::string_view kJson = "application/json";

std::string refusal(int code, std::string_view message) {
  return R"({"error":{"message":")" + std::string(message) +
         R"(","type":"OAuthException","code":)" + std::to_string(code) + "}}";
}

}  // namespace

Result<std::unique_ptr<GraphEnd>> GraphEnd::listen(IoLoop& loop, std::uint16_t port,
                                                   std::chrono::milliseconds delay, Taken taken) {
  auto out = std::make_unique<GraphEnd>(delay, std::move(taken));
  HttpServer::Settings settings;
  settings.port = port;
  settings.body_bytes_max = limits::kSimBodyBytesMax;
  settings.patience = limits::kLoadGraphDelayMax + limits::kWebhookPatience;
  auto server = HttpServer::listen(
      loop, settings, [end = out.get()](const HttpRequest& request) { end->take(request); });
  if (!server) return server.error();
  out->server_ = std::move(*server);
  out->port_ = out->server_->port();
  out->answering_ = out->server_.get();
  return out;
}

GraphEnd::GraphEnd(std::chrono::milliseconds delay, Taken taken)
    : delay_(delay), taken_(std::move(taken)) {}

void GraphEnd::take(const HttpRequest& request) {
  if (request.method != "POST") return answer(request.id, 200, R"({"success":true})");
  const auto sent = reader_.read(request.target, request.body);
  constexpr std::string_view kBearer = "Bearer ";
  if (!sent || !request.authorization.starts_with(kBearer)) {
    answer(request.id, sent ? 401 : 400,
           sent ? refusal(190, "Invalid OAuth access token.")
                : refusal(100, "(#100) Invalid parameter"));
    return taken_(nullptr, {});
  }
  if (sent->kind == SentReply::Kind::kReadMark) {
    answer(request.id, 200, R"({"success":true})");
    return taken_(&*sent, {});
  }
  std::string wamid = "wamid.HBgM";
  wamid += sent->to;
  wamid += "FQIAERgS";
  wamid += std::to_string(++ids_);
  wamid += "AA==";
  answer(request.id, 200, accepted_answer(sent->to, wamid));
  taken_(&*sent, wamid);
}

void GraphEnd::answer(std::uint64_t request, int status, std::string body) {
  if (delay_ > Ticks::zero()) {
    late_.push_back({steady_now() + delay_, request, status, std::move(body)});
    return;
  }
  if (auto* server = answering_.load()) {
    server->answer(request, {status, std::move(body), std::string(kJson)});
  }
}

Ticks GraphEnd::answer_due(Ticks now) {
  while (!late_.empty() && late_.front().due <= now) {
    Late& late = late_.front();
    if (auto* server = answering_.load()) {
      server->answer(late.request, {late.status, std::move(late.body), std::string(kJson)});
    }
    late_.pop_front();
  }
  return late_.empty() ? Ticks::max() : late_.front().due;
}

}  // namespace mitr::load
