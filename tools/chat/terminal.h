// The conversation between a terminal and the simulator: lines out, replies in.
#pragma once

#include <istream>
#include <ostream>
#include <string>

namespace mitr::chat {

struct TerminalOptions {
  std::string graph = "http://127.0.0.1:18090";
  std::string from;
  std::string number;
  int patience_seconds = 10;
  bool interactive = false;
};

/// Runs until `in` ends. 0: every line was answered; 1: some line was not; 2: the simulator is not
/// there or knows neither the person nor the number.
int run_terminal(const TerminalOptions& options, std::istream& in, std::ostream& out,
                 std::ostream& complaints);

}  // namespace mitr::chat
