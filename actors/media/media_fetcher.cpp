#include "actors/media/media_fetcher.h"

#include <algorithm>
#include <cctype>
#include <spdlog/spdlog.h>

#include "persistence/crypto/seal.h"
#include "persistence/crypto/sha256.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

constexpr int kOk = 200;
constexpr int kNotFound = 404;
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

/// Where a redirect leads to; empty: it is written as none that we follow.
std::string redirected(const std::string& from, const std::string& location) {
  if (location.find("://") != std::string::npos) return location;
  const auto scheme = from.find("://");
  if (scheme == std::string::npos || !location.starts_with('/')) return {};
  if (location.starts_with("//")) return from.substr(0, scheme + 1) + location;
  return from.substr(0, from.find_first_of("/?", scheme + 3)) + location;
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
  const auto look = [&] {
    // What the provider has forgotten is looked at once more, to be noted as gone.
    const auto since = parts_.clock() - limits::kMediaLife * 2;
    return store_.due(tenants, since, parts_.clock(), limits::kMediaDueMax);
  };
  std::size_t tried = 0;
  while (!stop()) {
    const auto taken = parts_.in_hand->take(look);
    if (!taken || !taken->row) return tried;
    if (taken->more) parts_.more();
    const bool known = fetch(*taken->row, stop);
    parts_.in_hand->give_back(taken->row->name);
    // The store is away: it would be found due again, at once.
    if (!known) return tried;
    ++tried;
  }
  return tried;
}

bool MediaFetcher::fetch(const MediaRow& row, const std::function<bool()>& stop) {
  Found found;
  const auto fault = try_once(row, stop, found);
  if (stop() && fault != 0) return false;  // Broken off by us: not its fault.
  if (found.host_full) return store_.set_aside(row.name, parts_.clock() + limits::kMediaAside).ok();
  if (fault != 0) return note(row, fault);
  if (!store_.stored(row.name, found.bytes, found.pieces)) return false;
  spdlog::info("a file is stored id={} bytes={}", to_string(row.name.id), found.bytes);
  return true;
}

bool MediaFetcher::note(const MediaRow& row, Fault fault) {
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
  return store_.failed(row.name, fault, again).ok();
}

MediaFetcher::Fault MediaFetcher::try_once(const MediaRow& row, const std::function<bool()>& stop,
                                           Found& found) {
  const auto* tenant = tenant_of(row.name.tenant);
  if (tenant == nullptr) return code(MediaFault::kUnreadable);
  const auto key = unwrap_key(tenant->key, row.wrapped_key, kContactKey, row.contact.bytes);
  if (!key) return code(MediaFault::kUnreadable);
  auto request = open_media_request(*key, row);
  if (!request || !is_plain(request->attachment.media.reveal()))
    return code(MediaFault::kUnreadable);
  const Wanted wanted{row, *key, *std::move(request)};
  Fault fault = code(MediaFault::kUnreachable);
  for (int asks = 0; asks < limits::kMediaAsksMax; ++asks) {
    whatsapp::MediaAddress address;
    const auto asked_at = parts_.clock();
    if (fault = ask_where(wanted.request, address); fault != 0) return fault;
    // An address that took so long to be told is as good as forgotten: it is asked for again.
    const bool aged = parts_.clock() - asked_at >= limits::kMediaAddressLife;
    fault = aged ? kNotFound : get(wanted, address, stop, found);
    if (fault != kNotFound) return fault;
  }
  return fault;
}

DownloadRequest MediaFetcher::question_for(std::string url) const {
  DownloadRequest question;
  question.url = std::move(url);
  question.headers = {{"Authorization", "Bearer " + parts_.access_token.reveal()}};
  question.ca_file = parts_.ca_file;
  return question;
}

MediaFetcher::Fault MediaFetcher::ask_where(const MediaRequest& request,
                                            whatsapp::MediaAddress& address) {
  auto url = parts_.base_url + "/" + parts_.version + "/" + request.attachment.media.reveal();
  if (is_plain(request.number)) url += "?phone_number_id=" + request.number;
  auto question = question_for(std::move(url));
  question.bytes_max = limits::kMediaAnswerBytesMax;
  question.patience = std::chrono::milliseconds(limits::kSendTimeout);
  std::string answer;
  const auto asked = parts_.download(question, [&answer](std::string_view piece) {
    answer += piece;
    return true;
  });
  if (!asked) return fault_of(asked.error());
  // Gone for good, or not yet to be had: asking again at once would not help.
  if (asked->status != kOk) return asked->status;
  auto read = whatsapp::parse_media_address(answer);
  if (!read) return code(MediaFault::kUnreachable);
  address = *std::move(read);
  return 0;
}

MediaFetcher::Fault MediaFetcher::get(const Wanted& wanted, const whatsapp::MediaAddress& address,
                                      const std::function<bool()>& stop, Found& found) {
  const auto kind_max = bytes_max_of(wanted.request.attachment.kind);
  if (address.bytes.value_or(0) > kind_max) return code(MediaFault::kTooLarge);
  auto question = question_for(address.url.reveal());
  question.bytes_max = static_cast<std::size_t>(address.bytes.value_or(kind_max));
  question.patience = limits::kMediaPatience;
  for (int hops = 0; hops <= limits::kMediaRedirectsMax; ++hops) {
    // Asked of each address anew: the token goes along.
    if (!may_ask(question.url)) return code(MediaFault::kStrangeHost);
    const HostShare share(*parts_.in_hand, host_of_url(question.url));
    found.host_full = !share;
    if (found.host_full) return code(MediaFault::kUnreachable);
    std::string location;
    const auto fault = receive(wanted, question, sha256_hex(address.sha256), stop, found, location);
    if (location.empty()) {
      // More than was announced is not what was announced.
      const bool longer = fault == code(MediaFault::kTooLarge) && question.bytes_max < kind_max;
      return longer ? code(MediaFault::kAltered) : fault;
    }
    question.url = redirected(question.url, location);
  }
  return code(MediaFault::kUnreachable);
}

MediaFetcher::Fault MediaFetcher::receive(const Wanted& wanted, const DownloadRequest& question,
                                          const std::string& sha256,
                                          const std::function<bool()>& stop, Found& found,
                                          std::string& location) {
  const auto& name = wanted.row.name;
  found = {};
  if (!store_.begin(name)) return code(MediaFault::kUnreachable);
  Sha256 hash;
  std::string piece;
  bool kept = true;
  const auto keep = [&] {
    const auto place = found.pieces++;
    const auto sealed =
        seal(wanted.key, {SealedColumn::kMediaPiece, name.tenant, name.id.bytes, place}, piece);
    piece.clear();
    kept = kept && store_.put_piece(name, place, sealed).ok();
  };
  const auto got = parts_.download(question, [&](std::string_view bytes) {
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
  if (!got) return fault_of(got.error());
  location = got->location;
  if (got->status != kOk) return got->status;
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
