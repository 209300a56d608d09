// Inbound connections over plain TCP. Apart from the TLS ones, because each takes long to compile.
#include <boost/asio/write.hpp>

#include "actors/http/server_connection.h"

namespace mitr::net {

std::shared_ptr<ServerConnection> plain_connection(std::shared_ptr<ServerCore> core,
                                                   std::size_t slot, Socket socket) {
  return std::make_shared<Connection<Socket>>(std::move(core), slot, std::move(socket));
}

}  // namespace mitr::net
