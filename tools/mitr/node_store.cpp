#include "tools/mitr/node_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

#include "persistence/postgres/migrate.h"
#include "persistence/postgres/store.h"

namespace mitr {

Result<FolderLock> FolderLock::take(const std::filesystem::path& file) {
  int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return Error{Errc::kUnavailable, "cannot open " + file.string()};
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return Error{Errc::kRefused,
                 "another node runs on this data folder (" + file.string() + " is locked)"};
  }
  return FolderLock(fd);
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

namespace {

Status open_private_cluster(NodeStore& node, const std::filesystem::path& data) {
  auto cluster = Cluster::attach_or_start({data, {}, true, false});
  if (!cluster) return cluster.error();
  node.cluster = *std::move(cluster);
  if (auto migrated = migrate(node.cluster->dsn_owner()); !migrated) return migrated;
  auto store = open_postgres(node.cluster->dsn_app());
  if (!store) return store.error();
  node.store = *std::move(store);
  node.dsn = node.cluster->dsn_app();
  return Done{};
}

}  // namespace

Result<NodeStore> open_node_store(const std::filesystem::path& data, const std::string& dsn,
                                  bool create) {
  std::error_code error;
  if (create) {
    std::filesystem::create_directories(data, error);
    if (error) return Error{Errc::kUnavailable, "cannot make the data folder " + data.string()};
  }
  NodeStore node;
  auto root = load_root_key(data / "root.key", create);
  if (!root) return root.error();
  node.root = *root;
  if (dsn.empty()) {
    if (auto opened = open_private_cluster(node, data); !opened) return opened.error();
  } else {
    auto store = open_postgres(dsn);
    if (!store) return store.error();
    node.store = *std::move(store);
    node.dsn = dsn;
  }
  return node;
}

}  // namespace mitr
