// A certificate authority and the certificates it signs, made afresh in a temporary folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "actors/http/server.h"

namespace mitr {

class TlsFolder {
 public:
  TlsFolder();
  ~TlsFolder();
  TlsFolder(const TlsFolder&) = delete;
  TlsFolder& operator=(const TlsFolder&) = delete;

  std::string ca_file() const { return folder_ / "ca.pem"; }
  /// A server certificate for `names`, in OpenSSL's notation, as "DNS:localhost,IP:127.0.0.1".
  TlsFiles issue(const std::string& names);
  /// A file that is no certificate.
  std::string junk_file();

 private:
  struct Authority;
  std::filesystem::path folder_;
  std::unique_ptr<Authority> authority_;
  int issued_ = 0;
};

}  // namespace mitr
