// A dialogue as data (config/load/*.yaml): what a person says or taps, turn by turn, and what has
// to come back. Whom it is said to, and when, is not here.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/result.h"
#include "tools/load/pattern.h"
#include "tools/load/person_values.h"

namespace mitr::load {

struct ScriptTurn {
  Pattern say;                   ///< What is typed, or the title of the button tapped.
  std::string button_id;         ///< Set: a tap.
  std::vector<Pattern> replies;  ///< Any one of them; never empty.
};

struct Script {
  std::string name;  ///< The file's, without its ending.
  std::string
      pack;  ///< Whose dialogue it is: people write to the numbers of tenants with this pack.
  std::vector<ValueSpec> values;
  std::vector<ScriptTurn> turns;  ///< 1 to kLoadTurnsMax.
};

/// kInvalidConfig with "name:line: what; mend".
Result<Script> parse_script(std::string_view yaml, std::string name);
Result<Script> read_script(const std::filesystem::path& file);
/// Every *.yaml of a folder, by name, or the one file.
Result<std::vector<Script>> read_scripts(const std::filesystem::path& place);

}  // namespace mitr::load
