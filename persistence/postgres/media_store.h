// Files that contacts sent, in PostgreSQL.
#pragma once

#include <memory>
#include <string>

#include "persistence/media_store.h"

namespace mitr {

/// For a DSN that open_postgres has taken; connects with the first call.
std::unique_ptr<MediaStore> postgres_media(std::string dsn);

}  // namespace mitr
