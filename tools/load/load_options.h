// What stands on the command line, and the run it asks for. Knows the settings file of a node, so
// that an operator names one file instead of eight things.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "protocols/result.h"
#include "tools/load/run.h"

namespace mitr::load {

struct LoadOptions {
  std::string config;
  std::string target;
  std::uint16_t graph_port = 0;
  std::string secret_file;
  std::vector<std::string> numbers;  ///< PACK=ID
  std::string scripts = "config/load";
  std::string only;
  std::string server_pid = "auto";
  bool target_is_ours = false;
  std::string confirm_target;

  std::string profile = "closed";
  std::size_t at_once = 0;
  double rate = 0;
  std::uint64_t people = 0;
  std::int64_t duration_s = 0, warmup_s = 0, settle_s = 0, think_ms = 0, graph_delay_ms = 0,
               reply_timeout_s = 0;
  std::size_t ahead = 0, connections = 0;
  double repeats = 0, forgeries = 0;
  std::vector<std::string> statuses;
  std::uint64_t base = 0;

  std::string json;
  std::string html;
};

/// `given`: whether an option stood on the command line; what did not is the profile's or the
/// settings file's. kInvalidConfig or kRefused with words for the operator.
Result<RunParts> run_parts(const LoadOptions& options,
                           const std::function<bool(const char*)>& given);

}  // namespace mitr::load
