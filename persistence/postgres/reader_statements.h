// What a reader's session prepares.
#pragma once

#include <span>

#include "persistence/postgres/connection.h"

namespace mitr::postgres {

std::span<const Statement> reader_statements();

}  // namespace mitr::postgres
