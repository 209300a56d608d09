// What a socket takes at once, without a round through the loop. The loop is for the rest, and for
// errors.
#pragma once

#include <algorithm>
#include <string_view>
#include <sys/socket.h>

#include "actors/http/asio_types.h"

namespace mitr::net {

/// Bytes taken; 0 if the socket is full or broken.
inline std::size_t send_now(Socket& socket, std::string_view bytes) {
  const auto taken =
      ::send(socket.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return static_cast<std::size_t>(std::max<decltype(taken)>(taken, 0));
}

}  // namespace mitr::net
