# Writes OUT: a C++ source holding the files of PAGE as byte arrays. Run by `cmake -P`.
set(names index.html chat.css chat.js)
set(types text/html text/css text/javascript)
set(arrays "")
set(table "")
foreach(name type IN ZIP_LISTS names types)
  string(MAKE_C_IDENTIFIER "file_${name}" array)
  file(READ "${PAGE}/${name}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "constexpr unsigned char ${array}[] = {${bytes}};\n")
  set(test "path == \"/${name}\"")
  if(name STREQUAL "index.html")
    string(APPEND test " || path == \"/\"")
  endif()
  string(APPEND table "  if (${test}) {\n"
    "    return PageFile{{reinterpret_cast<const char*>(${array}), sizeof ${array}},\n"
    "                    \"${type}; charset=utf-8\"};\n  }\n")
endforeach()
file(WRITE "${OUT}"
  "// Made from tools/graph/page/ by embed.cmake.\n#include \"tools/graph/page.h\"\n\n"
  "namespace mitr::graph {\nnamespace {\n${arrays}}  // namespace\n\n"
  "std::optional<PageFile> page_file(std::string_view path) {\n${table}  return std::nullopt;\n}\n\n"
  "}  // namespace mitr::graph\n")
