// A piece of work for later on the I/O loop. If the loop stops first, it is dropped.
#pragma once

#include <chrono>
#include <functional>

#include "actors/http/io_loop.h"

namespace mitr::graph {

void later(IoLoop& loop, std::chrono::milliseconds delay, std::function<void()> work);

}  // namespace mitr::graph
