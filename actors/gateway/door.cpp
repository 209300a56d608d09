#include "actors/gateway/door.h"

#include "protocols/whatsapp/verification.h"
#include "protocols/whatsapp/webhook.h"

namespace mitr {

Door::Door(DoorParts parts) : parts_(std::move(parts)), signer_(parts_.app_secrets) {}

HttpServer::Handler Door::handler(std::size_t listener) {
  return [this, listener](HttpRequest request) { serve(listener, std::move(request)); };
}

void Door::attach(std::size_t listener, HttpServer& server) {
  servers_[listener] = &server;
}

void Door::answer(std::uint64_t request, int status) {
  parts_.metrics->webhook_answered(status);
  if (auto* server = servers_[request % kListenersMax].load())
    server->answer(request / kListenersMax, {status, {}, {}});
}

void Door::reply(std::size_t listener, const HttpRequest& request, HttpAnswer answer) {
  if (auto* server = servers_[listener].load()) server->answer(request.id, std::move(answer));
}

void Door::serve(std::size_t listener, HttpRequest request) {
  std::string_view target = request.target;
  auto path = target.substr(0, target.find('?'));
  bool get = request.method == "GET" || request.method == "HEAD";
  if (path == parts_.webhook_path) {
    if (request.method == "POST") return webhook(listener, std::move(request));
    if (!get) return reply(listener, request, {405, "Use GET or POST.\n"});
    std::string query(path.size() < target.size() ? target.substr(path.size() + 1)
                                                  : std::string_view{});
    return reply(listener, request, verification(query));
  }
  if (!get) return reply(listener, request, {404, "Nothing here.\n"});
  if (path == "/healthz") return reply(listener, request, {200, "ok\n"});
  if (path == "/readyz")
    return reply(listener, request,
                 parts_.ready() ? HttpAnswer{200, "ready\n"} : HttpAnswer{503, "not ready\n"});
  if (path == "/metrics")
    return reply(listener, request,
                 {200, parts_.metrics->render(), "text/plain; version=0.0.4; charset=utf-8"});
  reply(listener, request, {404, "Nothing here.\n"});
}

HttpAnswer Door::verification(const std::string& query) const {
  auto challenge = whatsapp::verification_challenge(query, parts_.verify_token);
  if (!challenge) return {403, "The verify token is not ours.\n"};
  return {200, *std::move(challenge)};
}

void Door::webhook(std::size_t listener, HttpRequest request) {
  if (closed_) return reply(listener, request, {503, {}});
  // Meta, "Validate payloads": over the raw bytes, so before any parsing.
  if (!signer_.accepts(request.signature, request.body)) {
    parts_.metrics->webhook_answered(401);
    return reply(listener, request, {401, "The signature does not fit.\n"});
  }
  WebhookArrived arrived;
  arrived.request = request.id * kListenersMax + listener;
  auto webhook = whatsapp::parse_webhook(request.body);
  if (webhook) {
    for (const auto& envelope : webhook->messages) parts_.metrics->message_received(envelope.body);
    for (const auto& status : webhook->statuses) parts_.metrics->status_received(status.state);
    if (!webhook->filed.empty()) parts_.metrics->items_skipped(webhook->filed.size());
    arrived.messages = std::move(webhook->messages);
    arrived.statuses = std::move(webhook->statuses);
    arrived.filed = std::move(webhook->filed);
    arrived.identity_changes = std::move(webhook->identity_changes);
    arrived.standings = std::move(webhook->standings);
    // A body with nothing that we know of may hold what a later version does: it is kept.
    if (arrived.messages.empty() && arrived.statuses.empty() && arrived.filed.empty())
      arrived.keep = Errc::kNotFound;
  } else {
    arrived.keep = webhook.error().code;
  }
  arrived.raw = Personal(std::move(request.body));
  parts_.forward(std::move(arrived));
}

}  // namespace mitr
