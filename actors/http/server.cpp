// The public face of a listener: binds, and carries calls to the loop's thread.
#include "actors/http/server.h"

#include <boost/asio/post.hpp>

#include "actors/http/server_core.h"
#include "actors/http/wait_on_loop.h"

namespace mitr {

namespace {

class Listener final : public HttpServer {
 public:
  Listener(IoLoop& loop, std::shared_ptr<net::ServerCore> core)
      : context_(loop.context()), core_(std::move(core)) {}
  ~Listener() override {
    net::wait_on_loop(context_, [core = core_] { core->stop(); });
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::uint16_t port() const override { return core_->port(); }
  void answer(std::uint64_t id, HttpAnswer answer) override {
    core_->answer(id, std::move(answer));
  }
  void drain() override {
    boost::asio::post(context_, [core = core_] { core->drain(); });
  }
  std::size_t in_hand() const override { return core_->in_hand(); }

 private:
  boost::asio::io_context& context_;
  const std::shared_ptr<net::ServerCore> core_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::listen(IoLoop& loop, Settings settings,
                                                       Handler handler) {
  auto core =
      std::make_shared<net::ServerCore>(loop.context(), std::move(settings), std::move(handler));
  if (auto bound = core->bind(); !bound) return bound.error();
  boost::asio::post(loop.context(), [core] { core->start(); });
  return std::unique_ptr<HttpServer>(std::make_unique<Listener>(loop, std::move(core)));
}

}  // namespace mitr
