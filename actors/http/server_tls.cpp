// Inbound connections over TLS.
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "actors/http/server_connection.h"

namespace mitr::net {

std::shared_ptr<ServerConnection> tls_connection(std::shared_ptr<ServerCore> core, std::size_t slot,
                                                 Socket socket, asio::ssl::context& tls) {
  return std::make_shared<Connection<asio::ssl::stream<Socket>>>(std::move(core), slot,
                                                                 std::move(socket), tls);
}

}  // namespace mitr::net
