// Runs a piece of work on the loop's thread and waits for it: how a server or client is taken down
// from outside.
#pragma once

#include <atomic>
#include <boost/asio/post.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <utility>

#include "actors/http/asio_types.h"

namespace mitr::net {

/// Returns when `work` has run. If the loop has stopped (IoLoop::stop joins its thread), `work`
/// runs right here.
template <class Work>
void wait_on_loop(asio::io_context& context, Work work) {
  if (context.get_executor().running_in_this_thread()) return work();
  auto taken = std::make_shared<std::atomic<bool>>(false);
  auto done = std::make_shared<std::promise<void>>();
  auto finished = done->get_future();
  asio::post(context, [taken, done, work] {
    if (!taken->exchange(true)) work();
    done->set_value();
  });
  constexpr auto kLook = std::chrono::milliseconds(10);
  while (finished.wait_for(kLook) != std::future_status::ready) {
    if (!context.stopped()) continue;
    if (!taken->exchange(true)) return work();
  }
}

}  // namespace mitr::net
