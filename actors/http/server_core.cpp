// Accepting, the table of requests in hand, the sweep, answers that come from other threads.
#include "actors/http/server_core.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <iterator>

namespace mitr::net {

namespace {

constexpr unsigned kSlotBits = 16;
constexpr std::uint64_t kSlotMask = (1u << kSlotBits) - 1;
static_assert(limits::kConnectionsMax <= kSlotMask);

/// Coarse on purpose: a deadline is late by at most this, and no request pays for a timer.
Clock::duration sweep_period(const HttpServer::Settings& settings) {
  const auto shortest = std::min(settings.idle, settings.patience);
  return std::clamp<Clock::duration>(shortest / 8, std::chrono::milliseconds(5),
                                     std::chrono::seconds(1));
}

}  // namespace

ServerCore::ServerCore(asio::io_context& context, HttpServer::Settings settings,
                       HttpServer::Handler handler)
    : context_(context),
      settings_(std::move(settings)),
      handler_(std::move(handler)),
      acceptor_(context),
      sweeper_(context) {}

Status ServerCore::bind() {
  error_code ec;
  const auto address = asio::ip::make_address(settings_.address, ec);
  if (ec)
    return Error{Errc::kInvalidConfig,
                 "'" + settings_.address + "' is not an IP address to listen on"};
  if (settings_.tls) {
    auto tls = server_tls(*settings_.tls);
    if (!tls) return tls.error();
    tls_ = std::move(tls).value();
  }
  const tcp::endpoint endpoint(address, settings_.port);
  acceptor_.open(endpoint.protocol(), ec);
  if (!ec) acceptor_.set_option(asio::socket_base::reuse_address(true), ec);
  if (!ec) acceptor_.bind(endpoint, ec);
  if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
  if (!ec) port_ = acceptor_.local_endpoint(ec).port();
  if (ec) {
    const auto place = settings_.address + ":" + std::to_string(settings_.port);
    return Error{Errc::kUnavailable, "cannot listen on " + place + ": " + ec.message()};
  }
  return Done{};
}

void ServerCore::start() {
  accept();
  sweep();
}

void ServerCore::accept() {
  acceptor_.async_accept([self = shared_from_this()](error_code ec, Socket socket) {
    if (!self->acceptor_.is_open()) return;
    if (ec == asio::error::no_descriptors || ec == asio::error::no_buffer_space ||
        ec == asio::error::no_memory) {
      self->accept_paused_ =
          true;  // Out of descriptors: the next sweep tries again, instead of spinning here.
      return;
    }
    if (!ec) self->admit(std::move(socket));
    self->accept();
  });
}

void ServerCore::admit(Socket socket) {
  const std::size_t most = std::min<std::size_t>(settings_.connections_max, kSlotMask);
  if (free_slots_.empty() && slots_.size() >= most) return;  // The socket closes as it goes.
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  std::size_t slot = slots_.size();
  if (free_slots_.empty()) {
    slots_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  auto connection = tls_ ? tls_connection(shared_from_this(), slot, std::move(socket), *tls_)
                         : plain_connection(shared_from_this(), slot, std::move(socket));
  slots_[slot] = connection;
  connection->start();
}

void ServerCore::forget(std::size_t slot) {
  slots_[slot].reset();
  free_slots_.push_back(slot);
}

void ServerCore::sweep() {
  const auto now = Clock::now();
  for (const auto& connection : connected()) connection->sweep(now);
  if (std::exchange(accept_paused_, false)) accept();
  sweeper_.expires_after(sweep_period(settings_));
  sweeper_.async_wait([self = shared_from_this()](error_code ec) {
    if (!ec && self->handler_) self->sweep();
  });
}

std::vector<std::shared_ptr<ServerConnection>> ServerCore::connected() const {
  std::vector<std::shared_ptr<ServerConnection>> out;
  out.reserve(slots_.size() - free_slots_.size());
  std::ranges::copy_if(slots_, std::back_inserter(out),
                       [](const auto& connection) { return connection != nullptr; });
  return out;
}

std::uint64_t ServerCore::next_request(std::size_t slot) {
  in_hand_.fetch_add(1, std::memory_order_relaxed);
  return ++requests_ << kSlotBits | slot;
}

void ServerCore::deliver(std::uint64_t id, HttpAnswer answer) {
  const auto slot = static_cast<std::size_t>(id & kSlotMask);
  if (id == 0 || slot >= slots_.size()) return;
  const auto connection = slots_[slot];
  if (!connection || connection->request_in_hand() != id) return;
  connection->answer(std::move(answer));
}

void ServerCore::answer(std::uint64_t id, HttpAnswer answer) {
  if (context_.get_executor().running_in_this_thread()) return deliver(id, std::move(answer));
  bool first = false;
  {
    std::lock_guard lock(queue_lock_);
    first = queue_.empty();
    queue_.emplace_back(id, std::move(answer));
  }
  if (first) asio::post(context_, [self = shared_from_this()] { self->deliver_queued(); });
}

void ServerCore::deliver_queued() {
  {
    std::lock_guard lock(queue_lock_);
    taken_.swap(queue_);
  }
  for (auto& [id, answer] : taken_) deliver(id, std::move(answer));
  taken_.clear();
}

void ServerCore::drain() {
  if (std::exchange(draining_, true)) return;
  error_code ignored;
  acceptor_.close(ignored);
  accept_paused_ = false;
  for (const auto& connection : connected()) connection->close_if_idle();
}

void ServerCore::stop() {
  drain();
  sweeper_.cancel();
  for (const auto& connection : connected()) connection->close();
  handler_ = nullptr;  // What it holds must not outlive the server.
}

}  // namespace mitr::net
