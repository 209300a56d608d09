// The only source of wall time for actors; tests hand in their own.
#pragma once

#include <chrono>
#include <functional>

namespace mitr {

using WallClock = std::function<std::chrono::sys_seconds()>;

inline std::chrono::sys_seconds system_wall_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace mitr
