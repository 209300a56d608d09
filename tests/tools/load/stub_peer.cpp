#include "tests/tools/load/stub_peer.h"

#include <atomic>
#include <nlohmann/json.hpp>

#include "protocols/whatsapp/webhook.h"

namespace mitr::load {
namespace {

/// The fault is planted here: some people have been through, some are still to come.
constexpr std::size_t kFaultAt = 5;

}  // namespace

StubPeer::StubPeer(const Cast& cast, Does does) : cast_(cast), does_(does), signer_({kPeerSecret}) {
  HttpServer::Settings settings;
  settings.body_bytes_max = 1 << 20;
  server_ = *HttpServer::listen(loop_, settings,
                                [this](HttpRequest request) { take(std::move(request)); });
}

StubPeer::~StubPeer() {
  server_.reset();
  client_.reset();
}

std::string StubPeer::origin() const {
  return "http://127.0.0.1:" + std::to_string(server_->port());
}

void StubPeer::reply_to(std::uint16_t graph_port) {
  // One connection: replies arrive in the order they were sent in.
  client_ = *HttpClient::make(
      loop_, {"http://127.0.0.1:" + std::to_string(graph_port), 1, std::chrono::seconds(20), {}});
}

void StubPeer::take(HttpRequest request) {
  if (!signer_.accepts(request.signature, request.body)) {
    return server_->answer(request.id, {does_ == Does::kTakesForgeries ? 200 : 401, {}});
  }
  const auto webhook = whatsapp::parse_webhook(request.body);
  if (!webhook || webhook->messages.empty()) return server_->answer(request.id, {200, {}});
  const auto& message = webhook->messages.front();
  const auto person = cast_.person_of(message.phone.reveal());
  if (!person) return server_->answer(request.id, {400, {}});
  const bool first = seen_.insert(message.message.reveal()).second;
  if (does_ == Does::kRefusesOne && seen_.size() == kFaultAt)
    return server_->answer(request.id, {503, {}});
  server_->answer(request.id, {200, {}});
  if (turns_.size() <= *person) turns_.resize(*person + 1);
  if (first) {
    reply(*person, turns_[*person]++);
  } else if (does_ == Does::kAnswersRepeats) {
    reply(*person, turns_[*person] - 1);
  }
}

void StubPeer::reply(PersonIndex person, std::size_t turn) {
  const auto text = cast_.script(person).turns[turn].replies.front().fill(cast_.values(person));
  const bool here = ++replies_ == kFaultAt;
  if (does_ == Does::kSwapsOne && person == 0 && turn == 0) {
    held_back_ = turn;
    return;
  }
  if (does_ == Does::kDropsOne && here) return;
  post(person, does_ == Does::kGarblesOne && here ? "Good morning!" : text);
  if (does_ == Does::kDoublesOne && here) post(person, text);
  if (held_back_ && person == 0) {
    post(person,
         cast_.script(person).turns[*held_back_].replies.front().fill(cast_.values(person)));
    held_back_.reset();
  }
}

void StubPeer::post(PersonIndex person, const std::string& text) {
  const nlohmann::json body{{"messaging_product", "whatsapp"},
                            {"to", cast_.phone(person)},
                            {"type", "text"},
                            {"text", {{"body", text}}}};
  client_->post("/v23.0/" + cast_.number(person) + "/messages",
                {{"Authorization", "Bearer stub-token"}}, Personal(body.dump()), [](PostAnswer) {});
}

}  // namespace mitr::load
