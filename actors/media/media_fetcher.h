// Fetches files that contacts sent: asks where one is, gets it from there, holds it against its
// hash and stores it sealed, piece by piece. Blocks; for a thread of its own, beside others. No
// CAF.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "actors/http/download.h"
#include "actors/media/fetches_in_hand.h"
#include "actors/media/media_request.h"
#include "actors/tenant/tenant_context.h"
#include "actors/wall_clock.h"
#include "persistence/media_store.h"
#include "protocols/whatsapp/media_address.h"

namespace mitr {

struct MediaFetcherParts {
  std::vector<std::shared_ptr<const TenantContext>> tenants;
  std::string base_url;  ///< Of the provider's interface, as "https://graph.facebook.com".
  std::string version;
  Personal access_token;
  /// Whom the token is shown, besides the interface itself: hosts that files come from.
  std::vector<std::string> hosts;
  WallClock clock;
  std::function<Result<DownloadAnswer>(const DownloadRequest&, const TakePiece&)> download =
      mitr::download;
  std::string ca_file = {};  ///< Trusted beside the system's authorities; may be empty.
  std::shared_ptr<FetchesInHand> in_hand = std::make_shared<FetchesInHand>();
  /// There is a file for another fetcher.
  std::function<void()> more = [] {};
};

class MediaFetcher {
 public:
  MediaFetcher(MediaStore& store, MediaFetcherParts parts);
  /// Fetches what is due, until there is nothing or `stop` says so. How many tries were made.
  std::size_t fetch_due(const std::function<bool()>& stop);

 private:
  struct Found {
    std::uint64_t bytes = 0;
    std::uint32_t pieces = 0;
    bool host_full = false;  ///< Nothing was tried: others are at that host.
  };
  /// What is wrong, as MediaFault or an HTTP status.
  using Fault = int;
  /// One file and what it is sealed with.
  struct Wanted {
    const MediaRow& row;
    SecretKey key;
    MediaRequest request;
  };

  /// False: the store does not know what became of it.
  bool fetch(const MediaRow& row, const std::function<bool()>& stop);
  bool note(const MediaRow& row, Fault fault);
  Fault try_once(const MediaRow& row, const std::function<bool()>& stop, Found& found);
  Fault ask_where(const MediaRequest& request, whatsapp::MediaAddress& address);
  /// Gets the file from its address, or from where that leads to.
  Fault get(const Wanted& wanted, const whatsapp::MediaAddress& address,
            const std::function<bool()>& stop, Found& found);
  Fault receive(const Wanted& wanted, const DownloadRequest& question, const std::string& sha256,
                const std::function<bool()>& stop, Found& found, std::string& location);
  DownloadRequest question_for(std::string url) const;
  bool may_ask(const std::string& url) const;
  const TenantContext* tenant_of(const TenantId& id) const;

  MediaStore& store_;
  MediaFetcherParts parts_;
};

}  // namespace mitr
