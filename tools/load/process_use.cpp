#include "tools/load/process_use.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace mitr::load {
namespace {

namespace fs = std::filesystem;

double ticks_per_s() {
  static const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  return ticks;
}

pid_t pid_of(const fs::path& entry) {
  const auto name = entry.filename().string();
  const bool digits = std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
  return digits ? static_cast<pid_t>(std::strtol(name.c_str(), nullptr, 10)) : 0;
}

std::map<pid_t, StatLine> all_processes() {
  std::map<pid_t, StatLine> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const pid_t pid = pid_of(entry.path());
    if (pid == 0) continue;
    std::ifstream in(entry.path() / "stat");
    std::string line;
    StatLine stat;
    if (std::getline(in, line) && parse_stat(line, stat)) out.emplace(pid, std::move(stat));
  }
  return out;
}

bool is_below(const std::map<pid_t, StatLine>& all, pid_t pid, pid_t root) {
  constexpr int kDeepest = 64;  // The table was not read in one moment: a loop in it must end.
  for (int depth = 0; depth < kDeepest && pid > 1; ++depth) {
    if (pid == root) return true;
    const auto at = all.find(pid);
    if (at == all.end()) return false;
    pid = at->second.parent;
  }
  return false;
}

void add_memory(pid_t pid, Use& use) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("VmRSS:")) use.rss_kb += std::strtoull(line.c_str() + 6, nullptr, 10);
    if (line.starts_with("VmHWM:")) use.peak_kb += std::strtoull(line.c_str() + 6, nullptr, 10);
  }
}

}  // namespace

bool parse_stat(std::string_view line, StatLine& out) {
  const auto open = line.find('(');
  const auto close = line.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return false;
  out.name = std::string(line.substr(open + 1, close - open - 1));
  std::istringstream rest{std::string(line.substr(close + 1))};
  std::string state, skipped;
  rest >> state >> out.parent;
  for (int i = 0; i < 9; ++i) rest >> skipped;  // Up to majflt's children.
  std::uint64_t user = 0, system = 0, waited_user = 0, waited_system = 0;
  rest >> user >> system >> waited_user >> waited_system;
  out.ticks = user + system;
  out.waited_ticks = waited_user + waited_system;
  return !rest.fail();
}

TreeUse tree_use(pid_t root) {
  TreeUse out;
  if (root <= 0) return out;
  const auto all = all_processes();
  for (const auto& [pid, stat] : all) {
    if (!is_below(all, pid, root)) continue;
    const bool database = stat.name == "postgres";
    Use& use = database ? out.database : out.server;
    // A backend that ended is in its postmaster's sum; the server waits for no one but the
    // database.
    use.cpu_s +=
        static_cast<double>(stat.ticks + (database ? stat.waited_ticks : 0)) / ticks_per_s();
    ++use.processes;
    add_memory(pid, use);
  }
  return out;
}

double own_cpu_s() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double machine_cpu_s() {
  std::ifstream in("/proc/stat");
  std::string name;
  double user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, stolen = 0;
  in >> name >> user >> nice >> system >> idle >> wait >> irq >> soft >> stolen;
  return (user + nice + system + irq + soft + stolen) / ticks_per_s();
}

pid_t listener_of(std::uint16_t port) {
  // The socket's inode stands beside the port; the process has a descriptor that names the inode.
  std::array<char, 8> suffix{};
  std::snprintf(suffix.data(), suffix.size(), ":%04X", unsigned{port});
  std::string inode;
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream in(table);
    for (std::string line; std::getline(in, line);) {
      std::istringstream words(line);
      std::string slot, local, remote, state, skipped;
      words >> slot >> local >> remote >> state;
      if (state != "0A" || !local.ends_with(suffix.data())) continue;
      for (int i = 0; i < 5; ++i) words >> skipped;
      words >> inode;
    }
  }
  if (inode.empty()) return 0;
  const auto link = "socket:[" + inode + "]";
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const pid_t pid = pid_of(entry.path());
    if (pid == 0) continue;
    std::error_code denied;
    for (const auto& descriptor : fs::directory_iterator(entry.path() / "fd", denied)) {
      if (fs::read_symlink(descriptor.path(), denied) == link) return pid;
    }
  }
  return 0;
}

}  // namespace mitr::load
