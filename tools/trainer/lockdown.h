// What a trainer gives up before it reads its first byte: everything but reading descriptor 0,
// writing descriptor 1, private memory, and ending. Whoever calls it may not have started a thread.
#pragma once

#include <sys/types.h>

#include "protocols/result.h"

namespace mitr {

/// Ends with `parent`: dies when it does, and at once if it is gone already. kUnavailable: a step
/// failed, and nothing may be read then.
Status lock_down(pid_t parent);

}  // namespace mitr
