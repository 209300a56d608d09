// A deployment that answers right, and on purpose not quite: it plays the other side of a cast's
// scripts and plants one fault.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "actors/http/client.h"
#include "actors/http/server.h"
#include "protocols/whatsapp/signature.h"
#include "tools/load/cast.h"

namespace mitr::load {

inline constexpr const char* kPeerSecret = "stub-secret";

class StubPeer {
 public:
  enum class Does {
    kRight,
    kDropsOne,        ///< One reply is never sent.
    kDoublesOne,      ///< One reply is sent twice.
    kSwapsOne,        ///< Two replies of a person who is ahead change places.
    kGarblesOne,      ///< One reply has other words.
    kRefusesOne,      ///< One webhook is answered 503.
    kTakesForgeries,  ///< A bad signature is answered 200.
    kAnswersRepeats,  ///< A repeated webhook brings a second reply.
  };
  StubPeer(const Cast& cast, Does does);
  ~StubPeer();
  std::string origin() const;
  /// Where replies go; before the first webhook.
  void reply_to(std::uint16_t graph_port);

 private:
  void take(HttpRequest request);
  void reply(PersonIndex person, std::size_t turn);
  void post(PersonIndex person, const std::string& text);

  const Cast cast_;
  const Does does_;
  const whatsapp::Signer signer_;
  IoLoop loop_;
  std::set<std::string> seen_;
  std::vector<std::size_t> turns_;  ///< Heard, by person.
  std::size_t replies_ = 0;
  std::optional<std::size_t> held_back_;  ///< kSwapsOne: the turn that waits.
  std::unique_ptr<HttpClient> client_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace mitr::load
