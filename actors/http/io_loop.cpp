// The loop's thread and its context.
#include "actors/http/io_loop.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <mutex>
#include <thread>

namespace mitr {

struct IoLoop::State {
  State() : work(context.get_executor()), thread([this] { context.run(); }) {}

  // One thread runs the context; the hint spares it the locks between several.
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work;
  std::mutex joining;
  std::thread thread;
};

IoLoop::IoLoop() : state_(std::make_unique<State>()) {}

IoLoop::~IoLoop() {
  stop();
}

boost::asio::io_context& IoLoop::context() {
  return state_->context;
}

void IoLoop::post(std::function<void()> work) {
  boost::asio::post(state_->context, std::move(work));
}

void IoLoop::stop() {
  state_->context.stop();
  if (state_->thread.get_id() == std::this_thread::get_id()) return;
  std::lock_guard lock(state_->joining);
  if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace mitr
