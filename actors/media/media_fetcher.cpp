#include "actors/media/media_fetcher.h"

#include <algorithm>
#include <cctype>
#include <spdlog/spdlog.h>

#include "persistence/crypto/seal.h"
#include "persistence/crypto/sha256.h"
#include "protocols/limits.h"
#include "protocols/whatsapp/media_address.h"

namespace mitr {
namespace {

constexpr int kOk = 200;
/// Bytes that were altered on their way may come whole the next time; not for ever.
constexpr int kAlteredTriesMax = 3;

int code(MediaFault fault) {
  return static_cast<int>(fault);
}

int fault_of(const Error& error) {
  if (error.code == Errc::kTooLarge) return code(MediaFault::kTooLarge);
  if (error.code == Errc::kRefused) return code(MediaFault::kStrangeHost);
  return code(MediaFault::kUnreachable);
}

/// It becomes part of an address.
bool is_plain(const std::string& id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
}

std::chrono::seconds pause_after(int tries) {
  const auto first = std::chrono::seconds(limits::kMediaRetryMin);
  const auto last = std::chrono::seconds(limits::kMediaRetryMax);
  constexpr int kDoublingsMax = 16;
  return std::min(first * (1 << std::min(tries, kDoublingsMax)), last);
}

}  // namespace

MediaFetcher::MediaFetcher(MediaStore& store, MediaFetcherParts parts)
    : store_(store), parts_(std::move(parts)) {}

const TenantContext* MediaFetcher::tenant_of(const TenantId& id) const {
  const auto at = std::find_if(parts_.tenants.begin(), parts_.tenants.end(),
                               [&](const auto& tenant) { return tenant->id == id; });
  return at == parts_.tenants.end() ? nullptr : at->get();
}

std::size_t MediaFetcher::fetch_due(const std::function<bool()>& stop) {
  std::vector<TenantId> tenants;
  for (const auto& tenant : parts_.tenants) tenants.push_back(tenant->id);
  std::size_t tried = 0;
  while (!stop()) {
    // What the provider has forgotten is looked at once more, to be noted as gone.
    const auto since = parts_.clock() - limits::kMediaLife * 2;
    const auto due = store_.due(tenants, since, parts_.clock(), limits::kMediaDueMax);
    if (!due || due->empty()) return tried;
    for (const auto& row : *due) {
      if (stop()) return tried;
      fetch(row, stop);
      ++tried;
    }
  }
  return tried;
}

void MediaFetcher::fetch(const MediaRow& row, const std::function<bool()>& stop) {
  Found found;
  const auto fault = try_once(row, stop, found);
  if (stop() && fault != 0) return;  // Broken off by us: not its fault.
  if (fault != 0) return note(row, fault);
  if (store_.stored(row.name, found.bytes, found.pieces))
    spdlog::info("a file is stored id={} bytes={}", to_string(row.name.id), found.bytes);
}

void MediaFetcher::note(const MediaRow& row, Fault fault) {
  const auto now = parts_.clock();
  auto again = std::optional(now + pause_after(row.tries));
  const bool hopeless = fault == code(MediaFault::kTooLarge) ||
                        fault == code(MediaFault::kStrangeHost) ||
                        fault == code(MediaFault::kUnreadable) ||
                        (fault == code(MediaFault::kAltered) && row.tries + 1 >= kAlteredTriesMax);
  if (row.at + limits::kMediaLife < now) fault = code(MediaFault::kTooLate);
  if (hopeless || fault == code(MediaFault::kTooLate)) again.reset();
  spdlog::warn("a file was not fetched id={} fault={} again={}", to_string(row.name.id), fault,
               again.has_value());
  (void)store_.failed(row.name, fault, again);
}

MediaFetcher::Fault MediaFetcher::try_once(const MediaRow& row, const std::function<bool()>& stop,
                                           Found& found) {
  const auto* tenant = tenant_of(row.name.tenant);
  if (tenant == nullptr) return code(MediaFault::kUnreadable);
  const auto key = unwrap_key(tenant->key, row.wrapped_key, kContactKey, row.contact.bytes);
  if (!key) return code(MediaFault::kUnreadable);
  const auto request = open_media_request(*key, row);
  if (!request || !is_plain(request->attachment.media.reveal()))
    return code(MediaFault::kUnreadable);
  std::string answer;
  if (const auto fault = ask_where(*request, answer); fault != 0) return fault;
  const auto address = whatsapp::parse_media_address(answer);
  if (!address) return code(MediaFault::kUnreachable);
  const auto bytes_max = bytes_max_of(request->attachment.kind);
  if (address->bytes.value_or(0) > bytes_max) return code(MediaFault::kTooLarge);
  if (!may_ask(address->url.reveal())) return code(MediaFault::kStrangeHost);
  DownloadRequest question;
  question.url = address->url.reveal();
  question.headers = {{"Authorization", "Bearer " + parts_.access_token.reveal()}};
  question.bytes_max = bytes_max;
  question.patience = limits::kMediaPatience;
  return get(row, *key, question, sha256_hex(address->sha256), stop, found);
}

MediaFetcher::Fault MediaFetcher::ask_where(const MediaRequest& request, std::string& answer) {
  DownloadRequest question;
  question.url = parts_.base_url + "/" + parts_.version + "/" + request.attachment.media.reveal();
  if (is_plain(request.number)) question.url += "?phone_number_id=" + request.number;
  question.headers = {{"Authorization", "Bearer " + parts_.access_token.reveal()}};
  question.bytes_max = limits::kMediaAnswerBytesMax;
  question.patience = std::chrono::milliseconds(limits::kSendTimeout);
  const auto status = parts_.download(question, [&answer](std::string_view piece) {
    answer += piece;
    return true;
  });
  if (!status) return fault_of(status.error());
  return *status == kOk ? 0 : *status;
}

MediaFetcher::Fault MediaFetcher::get(const MediaRow& row, const SecretKey& key,
                                      const DownloadRequest& question, const std::string& sha256,
                                      const std::function<bool()>& stop, Found& found) {
  if (!store_.begin(row.name)) return code(MediaFault::kUnreachable);
  Sha256 hash;
  std::string piece;
  bool kept = true;
  const auto keep = [&] {
    const auto place = found.pieces++;
    const auto sealed =
        seal(key, {SealedColumn::kMediaPiece, row.name.tenant, row.name.id.bytes, place}, piece);
    piece.clear();
    kept = kept && store_.put_piece(row.name, place, sealed).ok();
  };
  const auto status = parts_.download(question, [&](std::string_view bytes) {
    hash.add(bytes);
    found.bytes += bytes.size();
    while (!bytes.empty()) {
      const auto part = bytes.substr(0, limits::kMediaPieceBytes - piece.size());
      piece += part;
      bytes.remove_prefix(part.size());
      if (piece.size() == limits::kMediaPieceBytes) keep();
    }
    return kept && !stop();
  });
  if (!status) return fault_of(status.error());
  if (*status != kOk) return *status;
  if (!piece.empty()) keep();
  if (!kept) return code(MediaFault::kUnreachable);
  // Without a hash to hold it against nobody can vouch for it.
  if (sha256.empty() || hash.hex() != sha256) return code(MediaFault::kAltered);
  return 0;
}

bool MediaFetcher::may_ask(const std::string& url) const {
  const auto host = host_of_url(url);
  if (host.empty()) return false;
  if (host == host_of_url(parts_.base_url)) return true;
  return std::find(parts_.hosts.begin(), parts_.hosts.end(), host) != parts_.hosts.end();
}

}  // namespace mitr
