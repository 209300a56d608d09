// Plain POSIX sockets on loopback.
#include "tests/actors/http/raw_peer.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace mitr {

namespace {

constexpr int kPatienceSeconds = 20;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::uint16_t port_of(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

int bound_socket() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(0);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::system_error(errno, std::generic_category(), "bind");
  return fd;
}

std::size_t body_length(std::string_view head) {
  std::string lower(head);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::string_view kName = "content-length: ";
  const auto at = lower.find(kName);
  std::size_t length = 0;
  if (at == std::string::npos) return 0;
  std::from_chars(lower.data() + at + kName.size(), lower.data() + lower.size(), length);
  return length;
}

}  // namespace

RawPeer::RawPeer(int fd) : fd_(fd) {
  const timeval patience{kPatienceSeconds, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

RawPeer RawPeer::connect(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return RawPeer(fd);
  ::close(fd);
  return RawPeer(-1);
}

RawPeer::~RawPeer() {
  close();
}

RawPeer::RawPeer(RawPeer&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), held_(std::move(other.held_)) {}

void RawPeer::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

bool RawPeer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawPeer::receive() {
  std::array<char, 16384> part;
  const auto got = ::recv(fd_, part.data(), part.size(), 0);
  if (got <= 0) return false;
  held_.append(part.data(), static_cast<std::size_t>(got));
  return true;
}

std::string RawPeer::read_message(bool bodiless) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  while (held_.find(kEnd) == std::string::npos)
    if (!receive()) return std::exchange(held_, {});
  const auto head = held_.find(kEnd) + kEnd.size();
  return read_bytes(head + (bodiless ? 0 : body_length(std::string_view(held_).substr(0, head))));
}

std::string RawPeer::read_bytes(std::size_t count) {
  while (held_.size() < count)
    if (!receive()) break;
  std::string taken = held_.substr(0, count);
  held_.erase(0, count);
  return taken;
}

std::string RawPeer::read_to_end() {
  while (receive()) {
  }
  return std::exchange(held_, {});
}

bool RawPeer::sees_close() {
  char byte = 0;
  for (;;) {
    const auto got = ::recv(fd_, &byte, 1, 0);
    if (got == 0) return true;
    if (got < 0) return errno == ECONNRESET;
  }
}

RawListener::RawListener(Script script, bool at_once)
    : script_(std::move(script)), at_once_(at_once) {
  fd_ = bound_socket();
  ::listen(fd_, SOMAXCONN);
  port_ = port_of(fd_);
  thread_ = std::thread([this] { run(); });
}

RawListener::~RawListener() {
  ::shutdown(fd_, SHUT_RDWR);
  thread_.join();
  for (auto& player : players_) player.join();
  ::close(fd_);
}

void RawListener::run() {
  for (;;) {
    const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    ++accepted_;
    if (at_once_) {
      players_.emplace_back([this, fd] {
        RawPeer peer(fd);
        script_(peer);
      });
    } else {
      RawPeer peer(fd);
      script_(peer);
    }
  }
}

std::uint16_t free_port() {
  const int fd = bound_socket();
  const auto port = port_of(fd);
  ::close(fd);
  return port;
}

}  // namespace mitr
