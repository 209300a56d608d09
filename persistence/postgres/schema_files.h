// The schema's migrations, built into the binary by CMake from schema/NNNN_*.sql.
#pragma once

#include <span>
#include <string_view>

namespace mitr::postgres {

struct SchemaFile {
  int version;
  std::string_view name;
  std::string_view sql;
};

/// In order of version, 1, 2, 3 … without gaps.
std::span<const SchemaFile> schema_files();

}  // namespace mitr::postgres
