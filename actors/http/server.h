// An HTTP/1.1 listener, plain or TLS. Knows nothing of what it serves: hands out requests, takes
// answers by id.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "actors/http/io_loop.h"
#include "protocols/limits.h"
#include "protocols/result.h"

namespace mitr {

/// PEM files. TLS 1.3 preferred, 1.2 with AEAD suites only.
struct TlsFiles {
  std::string certificate;  ///< Chain.
  std::string private_key;
};

struct HttpRequest {
  std::uint64_t id = 0;   ///< For HttpServer::answer, exactly once.
  std::string method;     ///< "GET", "POST" …
  std::string target;     ///< Path and query, as sent.
  std::string signature;  ///< X-Hub-Signature-256, empty when absent.
  std::string content_type;
  std::string body;
  std::string
      authorization;  ///< Authorization header as sent, empty when absent. A secret: never logged.
};

struct HttpAnswer {
  int status = 200;
  std::string body;
  std::string content_type = "text/plain; charset=utf-8";
};

class HttpServer {
 public:
  struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: the system chooses; see port().
    std::optional<TlsFiles> tls;
    std::size_t body_bytes_max;  ///< Above it: 413, connection closed, handler not called.
    std::size_t connections_max = limits::kConnectionsMax;  ///< Above it: closed at once.
    std::chrono::milliseconds idle =
        limits::kConnectionIdle;  ///< For a whole request, or a whole answer.
    std::chrono::milliseconds patience = limits::kWebhookPatience;  ///< For the handler's answer.
  };
  /// Called on the loop's thread; must not block. A request never answered gets 503 after
  /// kWebhookPatience.
  using Handler = std::function<void(HttpRequest)>;

  /// Binds and starts to accept. kUnavailable if the address is taken, kInvalidConfig if the TLS
  /// files are unusable.
  static Result<std::unique_ptr<HttpServer>> listen(IoLoop& loop, Settings settings,
                                                    Handler handler);
  /// Closes every connection; no handler runs after it. Before the loop's end, and not from inside
  /// the handler.
  virtual ~HttpServer() = default;
  virtual std::uint16_t port() const = 0;
  /// Answers a request. Safe from any thread; an id that is gone (client left, timed out) is
  /// ignored.
  virtual void answer(std::uint64_t id, HttpAnswer answer) = 0;
  /// Takes no new connection and no new request on kept-alive ones; requests in hand may still be
  /// answered.
  virtual void drain() = 0;
  /// Requests handed out and not yet answered.
  virtual std::size_t in_hand() const = 0;
};

}  // namespace mitr
