// The public face of a client: renders a POST on the caller's thread and hands it to the pool.
#include "actors/http/client.h"

#include <algorithm>
#include <string_view>

#include "actors/http/client_pool.h"
#include "actors/http/wait_on_loop.h"

namespace mitr {

namespace {

bool breaks_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos;
}

bool forges(const std::string& target, const HttpClient::Headers& headers) {
  return breaks_line(target) || target.find(' ') != target.npos ||
         std::ranges::any_of(
             headers, [](const auto& h) { return breaks_line(h.first) || breaks_line(h.second); });
}

std::string render_post(const net::Origin& origin, const std::string& target,
                        const HttpClient::Headers& headers, const std::string& body) {
  constexpr std::size_t kFixed = 160;
  std::size_t size = kFixed + target.size() + origin.authority.size() + body.size();
  for (const auto& [name, value] : headers) size += name.size() + value.size() + 4;
  std::string wire;
  wire.reserve(size);
  wire += "POST ";
  wire += target;
  wire += " HTTP/1.1\r\nHost: ";
  wire += origin.authority;
  wire += "\r\nUser-Agent: mitr\r\nContent-Type: application/json\r\nContent-Length: ";
  wire += std::to_string(body.size());
  for (const auto& [name, value] : headers) {
    wire += "\r\n";
    wire += name;
    wire += ": ";
    wire += value;
  }
  wire += "\r\n\r\n";
  wire += body;
  return wire;
}

class PooledClient final : public HttpClient {
 public:
  PooledClient(IoLoop& loop, std::shared_ptr<net::ClientPool> pool)
      : context_(loop.context()), pool_(std::move(pool)) {}
  ~PooledClient() override {
    net::wait_on_loop(context_, [pool = pool_] { pool->stop(); });
  }
  PooledClient(const PooledClient&) = delete;
  PooledClient& operator=(const PooledClient&) = delete;

  void post(std::string target, Headers headers, Personal body, Answered answered) override {
    if (forges(target, headers)) {
      boost::asio::post(context_, [answered = std::move(answered)] { answered({}); });
      return;
    }
    pool_->post({render_post(pool_->origin(), target, headers, body.reveal()), std::move(answered),
                 net::Clock::now() + pool_->settings().timeout});
  }

 private:
  boost::asio::io_context& context_;
  const std::shared_ptr<net::ClientPool> pool_;
};

}  // namespace

Result<std::unique_ptr<HttpClient>> HttpClient::make(IoLoop& loop, Settings settings) {
  auto origin = net::parse_origin(settings.base_url);
  if (!origin) return origin.error();
  net::TlsContext tls;
  if (origin->tls) {
    auto context = net::client_tls(settings.ca_file);
    if (!context) return context.error();
    tls = std::move(context).value();
  }
  auto pool = std::make_shared<net::ClientPool>(loop.context(), std::move(settings),
                                                std::move(origin).value(), std::move(tls));
  boost::asio::post(loop.context(), [pool] { pool->start(); });
  return std::unique_ptr<HttpClient>(std::make_unique<PooledClient>(loop, std::move(pool)));
}

}  // namespace mitr
