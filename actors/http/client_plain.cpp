// Outbound connections over plain TCP. Apart from the TLS ones, because each takes long to compile.
#include <boost/asio/post.hpp>

#include "actors/http/client_connection.h"

namespace mitr::net {

std::shared_ptr<ClientConnection> plain_client_connection(std::shared_ptr<ClientPool> pool) {
  auto& context = pool->context();
  return std::make_shared<OutConnection<Socket>>(std::move(pool), context);
}

}  // namespace mitr::net
