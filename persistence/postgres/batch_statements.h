// The SQL of a batch: one statement per table and tenant, fed by one array per column.
#pragma once

#include <span>

#include "persistence/postgres/connection.h"

namespace mitr::postgres {

/// What a writer prepares on each connection.
std::span<const Statement> batch_statements();

}  // namespace mitr::postgres
