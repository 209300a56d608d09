// The port to the files that contacts sent: what is to be fetched, how far that got, and the
// pieces. A file is a row of mitr.request of the kind kMediaRequest, written with the turn that
// names it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "persistence/rows.h"
#include "protocols/result.h"

namespace mitr {

/// Kind of the request that a turn files for each file it names.
inline constexpr const char* kMediaRequest = "media";

struct MediaName {
  TenantId tenant;
  RequestId id;
  bool operator==(const MediaName&) const = default;
};

/// The numbers are stored.
enum class MediaState : std::uint8_t {
  kDue = 0,
  kStored = 1,
  kGone = 2,  ///< Cannot be had: `error` says why.
};

/// Why a file is not here. The numbers are stored; above zero are HTTP's.
enum class MediaFault : int {
  kNone = 0,
  kUnreachable = -1,
  kTooLarge = -2,
  kAltered = -3,      ///< Not the bytes that the provider named.
  kStrangeHost = -4,  ///< It was to be fetched where nothing of ours may go.
  kTooLate = -5,      ///< The provider has forgotten it.
  kUnreadable = -6,   ///< The row does not open, or the provider's answer is none.
};

struct MediaRow {
  MediaName name;
  ContactId contact;
  std::uint64_t seq = 0;
  std::chrono::sys_seconds at{};  ///< When its turn was stored.
  Sealed body;                    ///< As RequestRow::body.
  Sealed wrapped_key;             ///< The contact's.
  MediaState state = MediaState::kDue;
  int tries = 0;
  int error = 0;
  std::uint64_t bytes = 0;
  std::uint32_t pieces = 0;
};

/// Calls block; serves one thread.
class MediaStore {
 public:
  virtual ~MediaStore() = default;
  /// What is due of these tenants, filed since `since`, oldest first, at most `limit`.
  virtual Result<std::vector<MediaRow>> due(const std::vector<TenantId>& tenants,
                                            std::chrono::sys_seconds since,
                                            std::chrono::sys_seconds now, std::size_t limit) = 0;
  /// A try begins: what an earlier one left is removed.
  virtual Status begin(const MediaName&) = 0;
  virtual Status put_piece(const MediaName&, std::uint32_t place, const Sealed& piece) = 0;
  /// The file is here, whole.
  virtual Status stored(const MediaName&, std::uint64_t bytes, std::uint32_t pieces) = 0;
  /// A try failed; `again`: none, it is gone.
  virtual Status failed(const MediaName&, int error,
                        std::optional<std::chrono::sys_seconds> again) = 0;
  /// It was not tried, and is not before `until`.
  virtual Status set_aside(const MediaName&, std::chrono::sys_seconds until) = 0;
  /// A tenant's files, the newest first, at most `limit`.
  virtual Result<std::vector<MediaRow>> list(const TenantId&, std::size_t limit) = 0;
  /// kNotFound: there is no such file.
  virtual Result<MediaRow> find(const MediaName&) = 0;
  virtual Result<Sealed> piece(const MediaName&, std::uint32_t place) = 0;
};

}  // namespace mitr
