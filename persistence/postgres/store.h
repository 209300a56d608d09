// The PostgreSQL store: what users get. Opens only as the application's own, powerless role.
#pragma once

#include <memory>
#include <string>

#include "persistence/store.h"

namespace mitr {

/// The store behind `dsn`. kRefused, with the reason, for: a superuser, a role that bypasses row
/// security or owns the tables, tables without forced row security, another schema version than
/// this build's, a server before 15, a way to it that strangers could read. kUnavailable: no server
/// answers.
Result<std::unique_ptr<Store>> open_postgres(const std::string& dsn);

}  // namespace mitr
