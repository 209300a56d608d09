// A disk that can run out: a small tmpfs mounted over a folder, in a mount namespace of this
// process and its children, so that nobody else sees it. Root may do that; so may any user where
// the kernel lets users make namespaces of their own.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace mitr::history {

class SmallDisk {
 public:
  /// Why there can be none here; empty: there can. Enters the namespace, so it must be asked before
  /// the process has a second thread.
  static std::string why_not();
  /// Mounts over `folder`; what is in it moves onto the disk. Only where there can be one. Ends the
  /// process if it fails.
  SmallDisk(std::filesystem::path folder, std::size_t bytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  /// Takes what is left of it, as somebody else's file would.
  void fill() const;
  void give_back() const;

 private:
  std::filesystem::path ballast() const { return folder_ / "ballast"; }

  std::filesystem::path folder_;
};

}  // namespace mitr::history
