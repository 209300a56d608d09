// A pooled, kept-alive HTTP/1.1 client for one origin (http or https with certificate and name
// check).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "actors/http/io_loop.h"
#include "protocols/personal.h"
#include "protocols/result.h"

namespace mitr {

/// How a POST ended. The difference between the last two decides whether a message may be sent
/// again.
enum class PostEnd : std::uint8_t {
  kAnswered = 1,  ///< `status` and `body` hold the answer.
  kNotSent,  ///< Not one byte of the request was written (refused, no route, TLS failed): safe to
             ///< try again.
  kAnswerLost,  ///< Written, at least in part, and then time-out or reset: it may have been
                ///< processed.
};

struct PostAnswer {
  PostEnd end = PostEnd::kNotSent;
  int status = 0;
  std::string body;
};

class HttpClient {
 public:
  struct Settings {
    std::string base_url;  ///< "http://127.0.0.1:18090" or "https://graph.facebook.com"; no path.
    std::size_t connections_max;
    std::chrono::milliseconds timeout;  ///< From the call to the whole answer.
    std::string ca_file;                ///< Extra CA for tests; empty: the system's.
  };
  using Headers = std::vector<std::pair<std::string, std::string>>;
  using Answered = std::function<void(PostAnswer)>;

  /// kInvalidConfig if the URL is not http(s)://host[:port].
  static Result<std::unique_ptr<HttpClient>> make(IoLoop& loop, Settings settings);
  /// Ends what is still out: kNotSent if it waited, kAnswerLost if it had left. Before the loop's
  /// end.
  virtual ~HttpClient() = default;
  /// Queues a POST of JSON. Safe from any thread; `answered` runs on the loop's thread, exactly
  /// once. A kept-alive connection found closed before a byte was written is replaced, not
  /// reported. An answer over kSendAnswerBytesMax counts as lost. With kPostQueueMax waiting
  /// already, or a line break in target or headers (which would forge a request), the end is
  /// kNotSent.
  virtual void post(std::string target, Headers headers, Personal body, Answered answered) = 0;
};

}  // namespace mitr
