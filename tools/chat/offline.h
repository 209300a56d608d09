// A conversation with a pack in the terminal, with no server, store or network: for whoever writes
// a pack. Nothing is kept.
#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <ostream>
#include <string>

#include "protocols/moment.h"

namespace mitr::chat {

struct OfflineOptions {
  std::filesystem::path pack;
  std::string language = "en";
  bool interactive = false;
  std::function<Moment()> clock;
};

/// Runs until `in` ends. 0: held; 2: the pack has mistakes, which are told.
int run_offline(const OfflineOptions& options, std::istream& in, std::ostream& out,
                std::ostream& complaints);

}  // namespace mitr::chat
