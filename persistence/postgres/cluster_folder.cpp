// Making and opening the private cluster's folder.
#include "persistence/postgres/cluster_folder.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mitr::postgres {
namespace {

namespace fs = std::filesystem;

constexpr int kMajorMin = 15;
constexpr const char* kProgramsRoot = "/usr/lib/postgresql";
constexpr auto kInitPatience = std::chrono::seconds(120);

Error failed(std::string what, const fs::path& path) {
  return Error{Errc::kUnavailable, "private database: cannot " + std::move(what) + " " +
                                       path.string() + ": " + std::strerror(errno)};
}

int major_of(std::string_view text) {
  int major = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), major);
  return error == std::errc{} ? major : 0;
}

std::string read_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

Status own(const fs::path& path, const ServerUser& user) {
  if (user.dropped && ::lchown(path.c_str(), user.uid, user.gid) != 0)
    return failed("give away", path);
  return Done{};
}

Status make_folder(const fs::path& path, const ServerUser& user) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return failed("make", path);
  return own(path, user);
}

Status write_file(const fs::path& path, const std::string& text, const ServerUser& user) {
  const fs::path part = path.string() + ".part";
  const Descriptor file(
      ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) return failed("write", part);
  if (::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    return failed("write", part);
  }
  if (auto given = own(part, user); !given) return given;
  if (::rename(part.c_str(), path.c_str()) != 0) return failed("name", path);
  return Done{};
}

/// The kernel tells the server which user calls; the map says which roles that user may take. No
/// password exists.
Status write_access(const fs::path& folder, const ServerUser& user, bool superuser_login) {
  std::string ident;
  std::vector<std::string> callers{user.name};
  if (user.name != "root") callers.emplace_back("root");
  for (const auto& caller : callers) {
    for (const char* role : {"mitr_app", "mitr_owner"})
      ident += "mitr " + caller + " " + role + "\n";
    if (superuser_login) ident += "mitr " + caller + " postgres\n";
  }
  if (auto done = write_file(folder / "pg_ident.conf", ident, user); !done) return done;
  return write_file(folder / "pg_hba.conf", "local all all peer map=mitr\n", user);
}

/// The superuser's only words: made without a listening server, so that no login for it ever
/// exists.
constexpr std::string_view kFirstWords =
    "CREATE ROLE mitr_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE;\n"
    "CREATE ROLE mitr_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;\n"
    "CREATE DATABASE mitr OWNER mitr_owner;\n";

Status make_cluster(const fs::path& part, const fs::path& programs, const ServerUser& user,
                    bool durable) {
  std::error_code ignored;
  fs::remove_all(part, ignored);
  if (auto made = make_folder(part, user); !made) return made;
  const Descriptor folder(::open(part.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) return failed("open", part);
  Launch initdb;
  initdb.command = {
      programs / "initdb", "-D", kFolderPath, "-U", "postgres", "-A", "peer", "-k", "-E", "UTF8",
      "--locale",          "C"};
  if (!durable) initdb.command.insert(initdb.command.end(), {"--no-sync", "--wal-segsize", "1"});
  initdb.user = user;
  initdb.folder = folder.get();
  if (auto done = run_to_end(initdb, kInitPatience); !done) return done;

  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return failed("make a pipe for", part);
  Descriptor reading(ends[0]);
  {
    const Descriptor writing(ends[1]);
    if (::write(ends[1], kFirstWords.data(), kFirstWords.size()) !=
        static_cast<ssize_t>(kFirstWords.size())) {
      return failed("write the roles of", part);
    }
  }
  Launch single;
  single.command = {programs / "postgres", "--single", "-D", kFolderPath, "-c", "exit_on_error=on"};
  if (!durable) single.command.insert(single.command.end(), {"-c", "fsync=off"});
  single.command.emplace_back("postgres");
  single.user = user;
  single.folder = folder.get();
  single.input = reading.get();
  return run_to_end(single, kInitPatience);
}

Result<fs::path> choose_programs(const fs::path& folder) {
  const auto installed = find_programs(kProgramsRoot);
  if (installed.empty()) {
    return Error{Errc::kRefused,
                 "PostgreSQL 15 or later is not installed; run: apt-get install postgresql-15, or "
                 "name a database "
                 "with --database"};
  }
  const std::string version = read_line(folder / "PG_VERSION");
  if (version.empty()) return installed.front();
  for (const auto& programs : installed) {
    if (programs.parent_path().filename() == version) return programs;
  }
  return Error{Errc::kRefused, "the data folder was made by PostgreSQL " + version +
                                   ", which is not installed; run: apt-get install postgresql-" +
                                   version};
}

/// A folder of our own for a socket whose path would be too long inside the data folder.
Result<fs::path> short_socket_folder(const fs::path& folder, const ServerUser& user) {
  struct stat facts {};
  if (::stat(folder.c_str(), &facts) != 0) return failed("look at", folder);
  const fs::path root = ::access("/run", W_OK) == 0 ? "/run" : "/tmp";
  const fs::path path =
      root / ("mitr-" + std::to_string(facts.st_dev) + "-" + std::to_string(facts.st_ino));
  if (auto made = make_folder(path, user); !made) return made.error();
  if (::lstat(path.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode) || facts.st_uid != user.uid ||
      (facts.st_mode & 0077) != 0) {
    return Error{Errc::kRefused, "private database: " + path.string() + " belongs to someone else"};
  }
  return path;
}

Status place_socket(ClusterFolder& cluster) {
  cluster.socket = cluster.folder / "socket";
  cluster.server_socket = std::string(kFolderPath) + "/socket";
  const std::string name = "/.s.PGSQL.5432";
  if (cluster.socket.string().size() + name.size() <= kSocketPathMax) {
    return make_folder(cluster.socket, cluster.user);
  }
  auto shorter = short_socket_folder(cluster.folder, cluster.user);
  if (!shorter) return shorter.error();
  cluster.socket = *shorter;
  cluster.server_socket = shorter->string();
  return Done{};
}

Status flush_folder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open() || ::fsync(opened.get()) != 0) return failed("flush", folder);
  return Done{};
}

}  // namespace

std::vector<fs::path> find_programs(const fs::path& root) {
  std::vector<std::pair<int, fs::path>> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root, error)) {
    const int major = major_of(entry.path().filename().string());
    const fs::path programs = entry.path() / "bin";
    const bool complete = ::access((programs / "postgres").c_str(), X_OK) == 0 &&
                          ::access((programs / "initdb").c_str(), X_OK) == 0;
    if (major >= kMajorMin && complete) found.emplace_back(major, programs);
  }
  std::sort(found.rbegin(), found.rend());
  std::vector<fs::path> sorted;
  sorted.reserve(found.size());
  for (auto& [major, programs] : found) sorted.push_back(std::move(programs));
  return sorted;
}

Result<ClusterFolder> prepare_cluster_folder(const fs::path& data, bool durable,
                                             bool superuser_login) {
  auto user = find_server_user();
  if (!user) return user.error();
  ClusterFolder cluster;
  cluster.user = *user;
  std::error_code error;
  fs::create_directories(data, error);
  const fs::path absolute = fs::canonical(data, error);
  if (error)
    return Error{Errc::kUnavailable,
                 "private database: cannot use " + data.string() + ": " + error.message()};
  cluster.folder = absolute / "postgres";
  // Two starts at once: the second waits here and finds the cluster made.
  const fs::path lock_file = absolute / "postgres.lock";
  const Descriptor lock(::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.is_open() || ::flock(lock.get(), LOCK_EX) != 0) return failed("lock", lock_file);
  auto programs = choose_programs(cluster.folder);
  if (!programs) return programs.error();
  cluster.programs = *programs;
  if (!fs::exists(cluster.folder / "PG_VERSION", error)) {
    if (fs::exists(cluster.folder, error)) {
      return Error{Errc::kRefused,
                   "private database: " + cluster.folder.string() + " exists but is no cluster"};
    }
    const fs::path part = cluster.folder.string() + ".part";
    if (auto made = make_cluster(part, cluster.programs, *user, durable); !made)
      return made.error();
    if (::rename(part.c_str(), cluster.folder.c_str()) != 0) return failed("name", cluster.folder);
    if (auto flushed = flush_folder(absolute); !flushed) return flushed.error();
  }
  struct stat facts {};
  if (::stat(cluster.folder.c_str(), &facts) != 0) return failed("look at", cluster.folder);
  if (facts.st_uid != user->uid) {
    return Error{Errc::kRefused, "private database: " + cluster.folder.string() +
                                     " belongs to another user than " + user->name +
                                     "; run as the user who made it"};
  }
  if (auto placed = place_socket(cluster); !placed) return placed.error();
  if (auto written = write_access(cluster.folder, *user, superuser_login); !written)
    return written.error();
  return cluster;
}

}  // namespace mitr::postgres
