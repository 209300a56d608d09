// One body of every kind of webhook that is known, as Meta writes it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mitr::whatsapp {

struct SheetLine {
  std::string kind;  ///< For the messages of a failing test.
  nlohmann::json body;
};

/// Messages of every type, statuses, calls, echoes, news of people, groups and accounts.
std::vector<SheetLine> whole_sheet();

}  // namespace mitr::whatsapp
