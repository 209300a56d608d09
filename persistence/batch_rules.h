// What every batch must obey, whatever store it goes to. A breach is a bug of the caller: the batch
// is not tried.
#pragma once

#include "persistence/rows.h"
#include "protocols/result.h"

namespace mitr {

/// kMalformed, naming the rule: a claim has an alias; an append has a seq; its outbox rows name its
/// own turn, each once; plain names hold no zero byte.
Status check_batch(const Batch& batch);

}  // namespace mitr
