// Outbound connections over TLS.
#include <boost/asio/post.hpp>

#include "actors/http/client_connection.h"

namespace mitr::net {

std::shared_ptr<ClientConnection> tls_client_connection(std::shared_ptr<ClientPool> pool,
                                                        asio::ssl::context& tls) {
  auto& context = pool->context();
  return std::make_shared<OutConnection<asio::ssl::stream<Socket>>>(std::move(pool), context, tls);
}

}  // namespace mitr::net
