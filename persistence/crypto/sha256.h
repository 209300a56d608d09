// SHA-256 of bytes that come piece by piece.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace mitr {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  /// The hash of all that was added, in small hexadecimal letters. Ends it.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A SHA-256 as providers write it, in hexadecimal or base64, in small hexadecimal letters; empty
/// for what is none.
std::string sha256_hex(std::string_view written);

}  // namespace mitr
