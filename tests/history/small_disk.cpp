#include "tests/history/small_disk.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/contract/test_folder.h"

namespace mitr::history {
namespace {

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "small disk: %s: %s\n", what, std::strerror(errno));
  std::abort();
}

std::string because(const char* what) {
  return std::string(what) + ": " + std::strerror(errno);
}

bool mount_at(const std::filesystem::path& folder, std::size_t bytes) {
  const std::string options = "mode=0700,size=" + std::to_string(bytes);
  return ::mount("none", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) == 0;
}

/// A namespace in which we may mount, unseen by others. Our user keeps its number in it: PostgreSQL
/// looks it up.
std::string enter_namespace() {
  const auto uid = ::geteuid();
  const auto gid = ::getegid();
  if (uid == 0) {
    if (::unshare(CLONE_NEWNS) != 0) return because("root may not make a mount namespace here");
  } else {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
      return because("this user may not make a namespace here");
    // The change of namespace hides our own /proc/self from us until we say otherwise.
    ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << uid << " " << uid << " 1";
    std::ofstream("/proc/self/gid_map") << gid << " " << gid << " 1";
    if (::geteuid() != uid) return because("the user has no number in its namespace");
  }
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return because("mounts cannot be made private");
  const contract::TestFolder probe;
  if (!mount_at(probe.path(), 1U << 20)) return because("tmpfs cannot be mounted here");
  ::umount2(probe.path().c_str(), MNT_DETACH);
  return {};
}

void copy_all(const std::filesystem::path& from, const std::filesystem::path& to) {
  const std::string copy = "cp -a '" + from.string() + "/.' '" + to.string() + "'";
  if (std::system(copy.c_str()) != 0) give_up("cannot copy a folder's content");
}

}  // namespace

std::string SmallDisk::why_not() {
  static const std::string why = enter_namespace();
  return why;
}

SmallDisk::SmallDisk(std::filesystem::path folder, std::size_t bytes) : folder_(std::move(folder)) {
  const contract::TestFolder kept;
  copy_all(folder_, kept.path());
  struct stat facts {};
  if (::stat(folder_.c_str(), &facts) != 0) give_up("cannot look at the folder");
  if (!mount_at(folder_, bytes)) give_up("cannot mount");
  copy_all(kept.path(), folder_);
  if (::chown(folder_.c_str(), facts.st_uid, facts.st_gid) != 0) give_up("cannot give it away");
  if (::chmod(folder_.c_str(), facts.st_mode & 07777) != 0) give_up("cannot close it to others");
}

SmallDisk::~SmallDisk() {
  ::umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::fill() const {
  const int file = ::open(ballast().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  struct stat facts {};
  if (file < 0 || ::fstat(file, &facts) != 0) give_up("cannot open the ballast");
  for (off_t step = 1 << 20; step >= 4096; step /= 4) {
    while (::fallocate(file, 0, facts.st_size, step) == 0) facts.st_size += step;
  }
  ::close(file);
}

void SmallDisk::give_back() const {
  ::unlink(ballast().c_str());
}

}  // namespace mitr::history
