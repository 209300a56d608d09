# Writes a source file that holds every migration as a string, so that the binary needs no files beside it.
file(GLOB schema_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/postgres/schema/*.sql)
list(SORT schema_files)
set(entries "")
foreach(path ${schema_files})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  get_filename_component(name ${path} NAME_WE)
  string(REGEX MATCH "^[0-9][0-9][0-9][0-9]" digits ${name})
  if(NOT digits)
    message(FATAL_ERROR "${path}: a migration is named NNNN_noun.sql")
  endif()
  string(REGEX REPLACE "^0+" "" version ${digits})
  file(READ ${path} text)
  string(APPEND entries "    {${version}, \"${name}\", R\"migration(${text})migration\"},\n")
endforeach()
set(generated ${CMAKE_CURRENT_BINARY_DIR}/schema_files.cpp)
file(CONFIGURE OUTPUT ${generated} @ONLY CONTENT
"// Made from persistence/postgres/schema by embed_schema.cmake.
#include \"persistence/postgres/schema_files.h\"

namespace mitr::postgres {
namespace {
constexpr SchemaFile kFiles[] = {
@entries@};
}  // namespace

std::span<const SchemaFile> schema_files() { return kFiles; }

}  // namespace mitr::postgres
")
target_sources(mitr_persistence PRIVATE ${generated})
