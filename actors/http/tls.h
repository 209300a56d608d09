// TLS contexts, as strict as the outside world bears. Not here: the connections that use them.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "actors/http/server.h"
#include "protocols/result.h"

namespace mitr::net {

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

/// For a listener. kInvalidConfig, naming the file, if certificate or key cannot be used.
Result<TlsContext> server_tls(const TlsFiles& files);
/// For a client that checks chain and name. `ca_file` is trusted beside the system's; may be empty.
Result<TlsContext> client_tls(const std::string& ca_file);
/// Sets what one connection must find: SNI and the name (or address) in the certificate. False if
/// OpenSSL refuses.
bool expect_peer(SSL* ssl, const std::string& host);

}  // namespace mitr::net
