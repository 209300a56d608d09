#include "tools/mitr/node.h"

#include <caf/all.hpp>
#include <future>
#include <spdlog/spdlog.h>
#include <thread>

#include "actors/sender/graph_courier.h"
#include "persistence/postgres/media_store.h"
#include "protocols/limits.h"
#include "tools/mitr/pack_rows.h"
#include "tools/mitr/seed.h"
#include "tools/mitr/word_table.h"

namespace mitr {
namespace {

std::vector<std::string> revealed(const std::vector<Personal>& secrets) {
  std::vector<std::string> out;
  out.reserve(secrets.size());
  for (const auto& secret : secrets) out.push_back(secret.reveal());
  return out;
}

/// Waits for `done`, looking often; false when `patience` ran out.
template <class Done>
bool wait_until(Done done, std::chrono::milliseconds patience) {
  constexpr std::chrono::milliseconds look_every{10};
  for (auto waited = std::chrono::milliseconds{0}; waited < patience; waited += look_every) {
    if (done()) return true;
    std::this_thread::sleep_for(look_every);
  }
  return done();
}

}  // namespace

Node::Node(NodeStore store) : store_(std::move(store)), config_(1) {}

Result<std::unique_ptr<Node>> Node::start(const NodeSettings& settings, NodeStore store) {
  std::unique_ptr<Node> node(new Node(std::move(store)));
  if (auto spawned = node->spawn(settings); !spawned) return spawned.error();
  if (auto opened = node->open_doors(settings); !opened) return opened.error();
  node->ready_ = true;
  return node;
}

Status Node::spawn(const NodeSettings& settings) {
  const auto folders = read_packs(settings.packs);
  if (!folders) return folders.error();
  if (auto seeded = seed_tenants(*store_.store, store_.root, settings.tenants); !seeded)
    return seeded;
  if (auto deployed = deploy_seeded(*store_.store, *folders); !deployed) return deployed;
  Packs packs;
  for (const auto& each : *folders) packs.emplace_back(each.name, each.pack);
  const auto words = read_word_table(settings.vectors);
  if (!words) return words.error();
  auto tenants = load_tenants(*store_.store->reader(), store_.root, packs, words->table);
  if (!tenants) return tenants.error();
  spdlog::info("tenants loaded count={}", tenants->size() - 1);

  auto client = HttpClient::make(io_, {settings.graph.base_url,
                                       limits::kCourierConnectionsMax,
                                       std::chrono::milliseconds(limits::kSendTimeout),
                                       {}});
  if (!client) return client.error();

  config_.set("scheduler.max-threads", settings.workers);
  system_ = std::make_unique<caf::actor_system>(config_);
  EngineParts parts;
  MediaFetcherParts media{*tenants,
                          settings.graph.base_url,
                          settings.graph.version,
                          settings.graph.access_token,
                          settings.graph.media_hosts,
                          system_wall_clock};
  parts.tenants = *std::move(tenants);
  parts.store = store_.store.get();
  parts.courier = std::make_shared<GraphCourier>(*std::move(client), settings.graph.version,
                                                 settings.graph.access_token);
  parts.metrics = metrics_;
  parts.clock = system_wall_clock;
  parts.answer = [this](std::uint64_t request, int status) { door_->answer(request, status); };
  parts.writers = settings.writers;
  parts.park_after = settings.park_after;
  parts.lease_lasts = settings.lease_lasts;
  parts.pack_poll = limits::kPackPoll;

  DoorParts door;
  door.webhook_path = settings.webhook.path;
  door.app_secrets = revealed(settings.webhook.app_secrets);
  door.verify_token = settings.webhook.verify_token.reveal();
  door.forward = [this](WebhookArrived webhook) {
    caf::anon_send(engine_->gateway(), std::move(webhook));
  };
  door.ready = [this] { return ready_.load() && engine_->leads(); };
  door.metrics = metrics_;
  door_ = std::make_unique<Door>(std::move(door));
  engine_ = std::make_unique<Engine>(*system_, std::move(parts));
  media_ = std::make_unique<MediaKeeper>([this] { return postgres_media(store_.dsn); }, media,
                                         [this] { return engine_->leads(); });
  return Done{};
}

Status Node::open_doors(const NodeSettings& settings) {
  HttpServer::Settings plain;
  plain.address = settings.listen.address;
  plain.port = settings.listen.port;
  plain.body_bytes_max = limits::kWebhookBytesMax;
  auto listening = HttpServer::listen(io_, plain, door_->handler(0));
  if (!listening) return listening.error();
  plain_ = *std::move(listening);
  door_->attach(0, *plain_);
  if (!settings.tls) return Done{};

  HttpServer::Settings secure = plain;
  secure.address = settings.tls->address;
  secure.port = settings.tls->port;
  secure.tls = TlsFiles{settings.tls->certificate.string(), settings.tls->private_key.string()};
  auto listening_secure = HttpServer::listen(io_, secure, door_->handler(1));
  if (!listening_secure) return listening_secure.error();
  secure_ = *std::move(listening_secure);
  door_->attach(1, *secure_);
  return Done{};
}

void Node::drain() {
  ready_ = false;
  plain_->drain();
  if (secure_) secure_->drain();
  auto answered = [this] {
    return plain_->in_hand() == 0 && (!secure_ || secure_->in_hand() == 0);
  };
  bool clean = wait_until(answered, limits::kWebhookPatience);
  clean =
      wait_until([this] { return engine_->outbox_in_hand() == 0; }, limits::kSendTimeout) && clean;
  spdlog::info("drained clean={}", clean);
}

Node::~Node() {
  ready_ = false;
  if (door_) door_->close();
  // One round through the HTTP thread: after it no handler can still be forwarding.
  std::promise<void> passed;
  io_.post([&passed] { passed.set_value(); });
  passed.get_future().wait();
  media_.reset();
  engine_.reset();
  system_.reset();
  plain_.reset();
  secure_.reset();
}

}  // namespace mitr
