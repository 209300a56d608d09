// One thread that runs network I/O. No CAF in this folder: Beast and CAF stay in separate
// translation units.
#pragma once

#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace mitr {

class IoLoop {
 public:
  IoLoop();
  ~IoLoop();  ///< Stops and joins.
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;
  boost::asio::io_context& context();
  /// Runs `work` on the loop's thread, soon. Safe from any thread.
  void post(std::function<void()> work);
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mitr
