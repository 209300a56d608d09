// Which files are being fetched now, and how many at each host: what the fetchers of a node share.
// Nothing is fetched here.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "persistence/media_store.h"

namespace mitr {

class FetchesInHand {
 public:
  using Look = std::function<Result<std::vector<MediaRow>>()>;

  struct Taken {
    std::optional<MediaRow> row;
    bool more = false;  ///< There is something left for another fetcher.
  };
  /// The first file that `look` finds and nobody has in hand; it is the caller's until
  /// give_back(). Looking and taking are one step, so what another has just ended is not taken
  /// again. Errors are those of `look`.
  Result<Taken> take(const Look& look);
  /// What became of it is stored.
  void give_back(const MediaName& name);

 private:
  friend class HostShare;

  std::mutex looking_;
  std::vector<MediaName> files_;
  std::mutex counting_;  ///< Of its own: who looks may wait for the store.
  std::map<std::string, std::size_t> at_host_;
};

/// A place at a host, as long as this lives.
class HostShare {
 public:
  HostShare(FetchesInHand& fetches, std::string host);
  ~HostShare();
  HostShare(const HostShare&) = delete;
  HostShare& operator=(const HostShare&) = delete;

  /// False: kMediaFetchesPerHostMax are there already.
  explicit operator bool() const { return granted_; }

 private:
  FetchesInHand& fetches_;
  std::string host_;
  bool granted_ = false;
};

}  // namespace mitr
