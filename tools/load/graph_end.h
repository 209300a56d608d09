// The Graph endpoint of a run: takes sends, answers each, at once or late, and hands on what it
// read. Runs on the loop's thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "actors/http/io_loop.h"
#include "actors/http/server.h"
#include "protocols/result.h"
#include "tools/load/ledger.h"
#include "tools/load/sent_reply.h"

namespace mitr::load {

class GraphEnd {
 public:
  /// A send that was answered; `wamid` is the id it was given. Nothing: a request that is no send.
  using Taken = std::function<void(const SentReply* sent, std::string_view wamid)>;
  static Result<std::unique_ptr<GraphEnd>> listen(IoLoop& loop, std::uint16_t port,
                                                  std::chrono::milliseconds delay, Taken taken);
  GraphEnd(std::chrono::milliseconds delay, Taken taken);

  std::uint16_t port() const { return port_; }
  /// Sends the answers that are due; the moment of the next, Ticks::max() if none.
  Ticks answer_due(Ticks now);
  /// Not from the loop's thread.
  void close() { server_.reset(); }

 private:
  void take(const HttpRequest& request);
  void answer(std::uint64_t request, int status, std::string body);
  struct Late {
    Ticks due;
    std::uint64_t request;
    int status;
    std::string body;
  };

  const Ticks delay_;
  const Taken taken_;
  SentReplyReader reader_;
  std::deque<Late> late_;
  std::uint64_t ids_ = 0;
  std::uint16_t port_ = 0;
  std::atomic<HttpServer*> answering_ = nullptr;
  std::unique_ptr<HttpServer> server_;
};

/// The steady clock of a run.
inline Ticks steady_now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

}  // namespace mitr::load
