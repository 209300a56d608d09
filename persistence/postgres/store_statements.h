// The SQL of the rare writes that no batch carries.
#pragma once

#include <span>

#include "persistence/postgres/connection.h"

namespace mitr::postgres {

/// Prepared on the store's own connection, kSetTenants among them.
std::span<const Statement> store_statements();

}  // namespace mitr::postgres
