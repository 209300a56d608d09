// The folder of the private PostgreSQL: where its programs are, how it is made, who may log in.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "persistence/postgres/server_process.h"
#include "protocols/result.h"

namespace mitr::postgres {

struct ClusterFolder {
  std::filesystem::path folder;    ///< DATA/postgres.
  std::filesystem::path programs;  ///< Of the folder's own major version.
  std::filesystem::path socket;    ///< Folder of the socket, as clients see it.
  std::string server_socket;       ///< The same, as the server reaches it.
  ServerUser user;
};

/// Finds the folder below `data`, or makes it: under another name first, so that a crash leaves no
/// half cluster. `durable` false leaves out every flush, for tests. `superuser_login` lets us in as
/// the cluster's superuser.
Result<ClusterFolder> prepare_cluster_folder(const std::filesystem::path& data, bool durable,
                                             bool superuser_login);

/// The major versions' program folders under `root`, newest first; at least 15.
std::vector<std::filesystem::path> find_programs(const std::filesystem::path& root);

/// Longest path of a unix socket the kernel takes.
inline constexpr std::size_t kSocketPathMax = 107;

}  // namespace mitr::postgres
