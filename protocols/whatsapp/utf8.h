// Characters of UTF-8, told apart from bytes that are none. Private to this folder.
#pragma once

#include <cstddef>
#include <string_view>

namespace mitr::whatsapp {

/// Bytes of the character that starts at `at`; 0 if none does (overlong, surrogate, cut, beyond
/// U+10FFFF).
std::size_t character_bytes(std::string_view text, std::size_t at);
/// The character of `bytes` bytes at `at`, as character_bytes counted them.
unsigned code_point(std::string_view text, std::size_t at, std::size_t bytes);

}  // namespace mitr::whatsapp
