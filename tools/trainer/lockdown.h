// What a trainer gives up before it reads its first byte: everything but reading descriptor 0 (and
// 2, if it was given a second input), writing descriptor 1, private memory, and ending. Whoever
// calls it may not have started a thread.
#pragma once

#include <sys/types.h>

#include "protocols/result.h"

namespace mitr {

/// Ends with `parent`: dies when it does, and at once if it is gone already. kUnavailable: a step
/// failed, and nothing may be read then.
Status lock_down(pid_t parent, bool second_input = false);

/// Where a second input is read.
inline constexpr int kSecondInput = 2;

}  // namespace mitr
