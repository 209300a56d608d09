// Which ways to a database are allowed: the local socket, loopback, or TLS that checks the server's
// name.
#pragma once

#include <string>

#include "protocols/result.h"

namespace mitr::postgres {

/// kInvalidConfig if it does not parse; kRefused if it reaches beyond loopback without
/// sslmode=verify-full. What libpq would take from the environment (PGHOST, PGSSLMODE) counts.
Status check_dsn(const std::string& dsn);

/// `value` quoted for a key=value connection string.
std::string dsn_value(const std::string& value);

}  // namespace mitr::postgres
