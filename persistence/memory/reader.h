// Reads from the in-memory store.
#pragma once

#include <memory>

#include "persistence/memory/state.h"

namespace mitr::memory {

std::unique_ptr<Reader> make_reader(std::shared_ptr<MemoryStore::State> state);

}  // namespace mitr::memory
