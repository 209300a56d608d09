#include "tests/history/cutting_proxy.h"

#include <array>
#include <cstring>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace mitr::history {
namespace {

constexpr int kLookMs = 50;

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return address;
}

int connect_to(const std::string& path) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(path);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return socket;
  ::close(socket);
  return -1;
}

bool write_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// Sync of the protocol: 'S' and its length. What the client sends last before it waits.
bool ends_in_sync(std::string_view bytes) {
  using namespace std::string_view_literals;
  return bytes.ends_with("S\0\0\0\4"sv);
}

}  // namespace

CuttingProxy::CuttingProxy(const std::filesystem::path& folder, std::string server, unsigned seed,
                           unsigned one_in)
    : server_(std::move(server)), one_in_(one_in), random_(seed) {
  const auto address = address_of((folder / ".s.PGSQL.5432").string());
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 64) != 0)
    std::abort();
  acceptor_ = std::thread([this] { accept_all(); });
}

CuttingProxy::~CuttingProxy() {
  ending_ = true;
  acceptor_.join();
  for (auto& forwarder : forwarders_) forwarder.join();
  ::close(listener_);
}

void CuttingProxy::accept_all() {
  while (!ending_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, kLookMs) != 1) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) forwarders_.emplace_back([this, client] { forward(client); });
  }
}

bool CuttingProxy::strikes() {
  const std::lock_guard lock(mutex_);
  if (random_() % one_in_ != 0) return false;
  ++cuts_;
  return true;
}

void CuttingProxy::forward(int client) {
  const int server = connect_to(server_);
  while (server >= 0 && !ending_) {
    std::array<pollfd, 2> waiting{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(waiting.data(), waiting.size(), kLookMs) <= 0) continue;
    if (waiting[0].revents != 0 && !pass_on(client, server)) break;
    std::array<char, 65536> bytes;
    if (waiting[1].revents == 0) continue;
    const auto got = ::recv(server, bytes.data(), bytes.size(), 0);
    if (got <= 0 || !write_all(client, {bytes.data(), static_cast<std::size_t>(got)})) break;
  }
  ::close(client);
  if (server >= 0) ::close(server);
}

bool CuttingProxy::pass_on(int client, int server) {
  std::array<char, 65536> bytes;
  const auto got = ::recv(client, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  const std::string_view said(bytes.data(), static_cast<std::size_t>(got));
  if (!ends_in_sync(said) || !strikes()) return write_all(server, said);
  if (cuts_ % 2 == 0) write_all(server, said);
  return false;
}

}  // namespace mitr::history
