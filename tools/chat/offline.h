// A conversation with a pack in the terminal, with no server, store or network: for whoever writes
// a pack. Nothing is kept.
#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <ostream>
#include <string>

#include "protocols/moment.h"
#include "protocols/personal.h"

namespace mitr::chat {

struct OfflineOptions {
  std::filesystem::path pack;
  std::string language = "en";
  /// Tables as `mitr import` reads them (roster.csv, fees.csv …), for what flows look up; empty:
  /// none.
  std::filesystem::path records;
  Personal phone;  ///< Whose phone writes, digits with the country code: whom records belong to.
  bool interactive = false;
  std::function<Moment()> clock;
};

/// Runs until `in` ends. 0: held; 2: the pack has mistakes, which are told.
int run_offline(const OfflineOptions& options, std::istream& in, std::ostream& out,
                std::ostream& complaints);

}  // namespace mitr::chat
