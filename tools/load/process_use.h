// What a process and all below it have used, from /proc. PostgreSQL processes that the server
// itself started are counted apart: they are the database, not the server.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace mitr::load {

struct Use {
  double cpu_s = 0;
  std::uint64_t rss_kb = 0;
  std::uint64_t peak_kb = 0;
  int processes = 0;
};
struct TreeUse {
  Use server;
  Use database;
};

/// Zero for a process that is gone. The peak is the sum of each process's own.
TreeUse tree_use(pid_t root);
/// The fields of /proc/PID/stat that are used here.
struct StatLine {
  std::string name;
  pid_t parent = 0;
  std::uint64_t ticks = 0;         ///< Own, user and system.
  std::uint64_t waited_ticks = 0;  ///< Of children that ended and were waited for.
};
/// False if the line is not of that form. A name may hold spaces and brackets.
bool parse_stat(std::string_view line, StatLine& out);
/// CPU seconds of this process.
double own_cpu_s();
/// Busy CPU seconds of the whole machine, stolen time included.
double machine_cpu_s();
/// The process that listens on this TCP port of this machine; 0 if it cannot be told.
pid_t listener_of(std::uint16_t port);

}  // namespace mitr::load
