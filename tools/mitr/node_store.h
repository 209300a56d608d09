// Opens what a node remembers with: the data folder, the root key, and PostgreSQL (private in the
// folder, or a DSN).
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "persistence/crypto/keys.h"
#include "persistence/postgres/cluster.h"
#include "persistence/store.h"
#include "protocols/result.h"

namespace mitr {

/// Holds DATA/node.lock: two nodes on one folder would both think the private cluster theirs.
class FolderLock {
 public:
  /// kRefused if another process holds it.
  static Result<FolderLock> take(const std::filesystem::path& file);
  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

struct NodeStore {
  std::unique_ptr<Cluster> cluster;  ///< Null with a DSN.
  std::unique_ptr<Store> store;
  SecretKey root;
  std::string dsn{};  ///< Of the store, for the ports that are not its.
};

/// `dsn` empty: the private cluster of `data`, started (or attached to, if it runs) and migrated.
/// With a DSN nothing is migrated: `mitr store init` does that, with rights the node itself must
/// not have. The root key file (DATA/root.key) is made only if `create`.
Result<NodeStore> open_node_store(const std::filesystem::path& data, const std::string& dsn,
                                  bool create);

}  // namespace mitr
