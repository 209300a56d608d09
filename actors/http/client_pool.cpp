// Which POST goes to which connection, when a connection is opened, and what a failure means for
// those who wait.
#include "actors/http/client_pool.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "protocols/limits.h"

namespace mitr::net {

namespace {

Clock::duration sweep_period(const HttpClient::Settings& settings) {
  return std::clamp<Clock::duration>(settings.timeout / 8, std::chrono::milliseconds(5),
                                     std::chrono::seconds(1));
}

void end_unsent(const PostJob& job) {
  job.answered({});
}

}  // namespace

ClientPool::ClientPool(asio::io_context& context, HttpClient::Settings settings, Origin origin,
                       TlsContext tls)
    : context_(context),
      settings_(std::move(settings)),
      origin_(std::move(origin)),
      tls_(std::move(tls)),
      sweeper_(context) {}

void ClientPool::post(PostJob job) {
  if (waiting_.fetch_add(1, std::memory_order_relaxed) >= limits::kPostQueueMax) {
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    asio::post(context_, [job = std::move(job)] { end_unsent(job); });
    return;
  }
  bool first = false;
  {
    std::lock_guard lock(inbox_lock_);
    first = inbox_.empty();
    inbox_.push_back(std::move(job));
  }
  if (first) asio::post(context_, [self = shared_from_this()] { self->take_inbox(); });
}

void ClientPool::take_inbox() {
  {
    std::lock_guard lock(inbox_lock_);
    taken_.swap(inbox_);
  }
  for (auto& job : taken_) queue_.push_back(std::move(job));
  taken_.clear();
  if (stopped_) {
    while (!queue_.empty()) fail_front();
  } else {
    dispatch();
  }
}

void ClientPool::dispatch() {
  while (!queue_.empty() && !stopped_) {
    if (auto connection = take_idle()) {
      PostJob job = std::move(queue_.front());
      queue_.pop_front();
      waiting_.fetch_sub(1, std::memory_order_relaxed);
      connection->send(std::move(job));
      continue;
    }
    const bool room = connections_.size() < std::max<std::size_t>(settings_.connections_max, 1);
    const bool all_down = connections_.size() == connecting_;
    const bool wanted = connecting_ < queue_.size() && (all_down || Clock::now() >= connect_after_);
    if (!room || !wanted) return;
    open_one();
  }
}

std::shared_ptr<ClientConnection> ClientPool::take_idle() {
  while (!idle_.empty()) {
    ClientConnection* connection = idle_.back();
    if (connection->still_good()) {
      idle_.pop_back();
      const auto at =
          std::ranges::find(connections_, connection, &std::shared_ptr<ClientConnection>::get);
      return *at;
    }
    remove(connection)->close();
  }
  return nullptr;
}

void ClientPool::open_one() {
  auto connection = tls_ ? tls_client_connection(shared_from_this(), *tls_)
                         : plain_client_connection(shared_from_this());
  connections_.push_back(connection);
  ++connecting_;
  connection->start();
}

std::shared_ptr<ClientConnection> ClientPool::remove(ClientConnection* connection) {
  std::erase(idle_, connection);
  const auto at =
      std::ranges::find(connections_, connection, &std::shared_ptr<ClientConnection>::get);
  if (at == connections_.end()) return nullptr;
  auto held = std::move(*at);
  *at = std::move(connections_.back());
  connections_.pop_back();
  return held;
}

void ClientPool::on_ready(ClientConnection* connection, bool first) {
  if (first) --connecting_;
  idle_.push_back(connection);
  dispatch();
}

/// With nothing else up, the attempt's failure is the failure of the POST it was made for.
/// Otherwise the POST waits for a connection that works, and the peer, who may be limiting us, is
/// left alone for a while.
void ClientPool::on_connect_failed(ClientConnection* connection) {
  --connecting_;
  const auto held = remove(connection);
  if (stopped_) return;
  const bool all_down = connections_.size() == connecting_;
  if (!all_down) connect_after_ = Clock::now() + limits::kConnectPause;
  if (all_down && !queue_.empty()) fail_front();
  dispatch();
}

void ClientPool::on_gone(ClientConnection* connection) {
  const auto held = remove(connection);
  dispatch();
}

void ClientPool::try_again(PostJob job) {
  if (stopped_) return end_unsent(job);
  waiting_.fetch_add(1, std::memory_order_relaxed);
  queue_.push_front(std::move(job));
}

void ClientPool::fail_front() {
  const PostJob job = std::move(queue_.front());
  queue_.pop_front();
  waiting_.fetch_sub(1, std::memory_order_relaxed);
  end_unsent(job);
}

void ClientPool::sweep() {
  const auto now = Clock::now();
  while (!queue_.empty() && queue_.front().deadline <= now) fail_front();
  const auto connections = connections_;  // A copy: a sweep may close some.
  for (const auto& connection : connections) connection->sweep(now);
  if (stopped_) return;
  dispatch();
  sweeper_.expires_after(sweep_period(settings_));
  sweeper_.async_wait([self = shared_from_this()](error_code ec) {
    if (!ec && !self->stopped_) self->sweep();
  });
}

void ClientPool::stop() {
  stopped_ = true;
  sweeper_.cancel();
  idle_.clear();
  connecting_ = 0;
  for (const auto& connection : std::exchange(connections_, {})) connection->close();
  take_inbox();  // And ends all of it, and what was queued before.
}

}  // namespace mitr::net
