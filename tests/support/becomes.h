// The one place where a test polls: for what cannot call back, such as another process or a peer's
// socket.
#pragma once

#include <chrono>
#include <thread>

namespace mitr {

inline constexpr std::chrono::milliseconds kLookEvery{5};

/// Looks every few milliseconds until `so()`, for at most `patience`; true if it became so.
template <class So>
bool becomes(So so, std::chrono::milliseconds patience) {
  for (auto waited = std::chrono::milliseconds{0}; waited < patience; waited += kLookEvery) {
    if (so()) return true;
    std::this_thread::sleep_for(kLookEvery);
  }
  return so();
}

}  // namespace mitr
