// One mistake in a settings file: where it stands, what is wrong, what to write instead. Never a
// secret or a phone.
#pragma once

#include <string>

namespace mitr {

struct SettingMistake {
  std::string file;
  int line = 0;      ///< From 1; 0 when the whole file is meant.
  int column = 0;    ///< From 1.
  std::string what;  ///< What is wrong.
  std::string mend;  ///< What to write instead.
  bool operator==(const SettingMistake&) const = default;
};

/// "file:line:column: what; mend"
std::string to_string(const SettingMistake& mistake);

}  // namespace mitr
