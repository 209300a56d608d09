// Bytes from the network as the header and the body of a signed webhook: nothing passes that was
// not signed, everything passes that was, and no input crashes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "protocols/whatsapp/signature.h"

namespace mitr::whatsapp {
namespace {

/// Like assert, in every build.
void must(bool holds) {
  if (!holds) std::abort();
}

/// The first line is the header, the rest the body.
void run(std::string_view bytes) {
  static const Signer ours({"the-secret-in-force", "the-one-before"});
  static const Signer before({"the-one-before"});
  static const Signer foreign({"somebody-else"});
  const auto end = bytes.find('\n');
  const auto header = bytes.substr(0, end);
  const auto body = end == std::string_view::npos ? std::string_view{} : bytes.substr(end + 1);

  const auto signature = ours.sign(body);
  must(signature.size() == 71);
  must(ours.accepts(signature, body));
  must(ours.accepts(before.sign(body), body));
  must(!ours.accepts(foreign.sign(body), body));
  // Whoever can make a header that passes has a secret, or a corpus with a signed body in it.
  must(!ours.accepts(header, body) || header.size() == signature.size());
  must(!foreign.accepts(signature, body));

  // One bit elsewhere, in the body or in the header, and nothing passes.
  std::string changed(body);
  if (!changed.empty()) {
    changed[bytes.size() % changed.size()] ^= 1;
    must(!ours.accepts(signature, changed));
  }
  must(!ours.accepts(signature, changed + "x"));
  auto bent = signature;
  auto& digit = bent[7 + bytes.size() % 64];
  digit = digit == '0' ? '1' : '0';
  must(!ours.accepts(bent, body));
}

}  // namespace
}  // namespace mitr::whatsapp

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mitr::whatsapp::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
