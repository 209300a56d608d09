// A store of files in memory, for several fetchers at once, and a tenant whose contact sends them.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "actors/media/media_request.h"
#include "actors/tenant/tenant_context.h"
#include "persistence/crypto/seal.h"
#include "persistence/crypto/sha256.h"
#include "persistence/media_store.h"

namespace mitr {

class FakeMedia : public MediaStore {
 public:
  struct File {
    MediaRow row;
    std::map<std::uint32_t, Sealed> pieces;
    std::chrono::sys_seconds not_before{};
    int begun = 0;
  };

  /// One store as one thread uses it.
  class Port;

  void add(const MediaRow& row) {
    const std::lock_guard lock(mutex_);
    files_.push_back({row, {}, {}, 0});
  }
  File file(const MediaName& name) {
    const std::lock_guard lock(mutex_);
    return at(name);
  }
  File file() { return file(first()); }
  MediaName first() {
    const std::lock_guard lock(mutex_);
    return files_.front().row.name;
  }
  /// False if it is not stored within a test's patience.
  bool wait_until_stored(const MediaName& name) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20),
                             [&] { return at(name).row.state == MediaState::kStored; });
  }

  Result<std::vector<MediaRow>> due(const std::vector<TenantId>&, std::chrono::sys_seconds,
                                    std::chrono::sys_seconds now, std::size_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<MediaRow> rows;
    for (const auto& file : files_) {
      const bool due = file.row.state == MediaState::kDue && file.not_before <= now;
      if (due && rows.size() < limit) rows.push_back(file.row);
    }
    return rows;
  }
  Status begin(const MediaName& name) override {
    const std::lock_guard lock(mutex_);
    at(name).pieces.clear();
    ++at(name).begun;
    return Done{};
  }
  Status put_piece(const MediaName& name, std::uint32_t place, const Sealed& piece) override {
    const std::lock_guard lock(mutex_);
    at(name).pieces[place] = piece;
    return Done{};
  }
  Status stored(const MediaName& name, std::uint64_t bytes, std::uint32_t count) override {
    const std::lock_guard lock(mutex_);
    auto& row = at(name).row;
    row.state = MediaState::kStored;
    row.bytes = bytes;
    row.pieces = count;
    changed_.notify_all();
    return Done{};
  }
  Status failed(const MediaName& name, int error,
                std::optional<std::chrono::sys_seconds> again) override {
    const std::lock_guard lock(mutex_);
    auto& file = at(name);
    ++file.row.tries;
    file.row.error = error;
    if (!again) file.row.state = MediaState::kGone;
    file.not_before = again.value_or(std::chrono::sys_seconds{});
    return Done{};
  }
  Status set_aside(const MediaName& name, std::chrono::sys_seconds until) override {
    const std::lock_guard lock(mutex_);
    at(name).not_before = until;
    return Done{};
  }
  Result<std::vector<MediaRow>> list(const TenantId&, std::size_t) override {
    const std::lock_guard lock(mutex_);
    std::vector<MediaRow> rows;
    for (const auto& file : files_) rows.push_back(file.row);
    return rows;
  }
  Result<MediaRow> find(const MediaName& name) override { return file(name).row; }
  Result<Sealed> piece(const MediaName& name, std::uint32_t place) override {
    return file(name).pieces[place];
  }

 private:
  File& at(const MediaName& name) {
    return *std::find_if(files_.begin(), files_.end(),
                         [&](const File& file) { return file.row.name == name; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<File> files_;
};

class FakeMedia::Port : public MediaStore {
 public:
  explicit Port(FakeMedia& all) : all_(all) {}
  Result<std::vector<MediaRow>> due(const std::vector<TenantId>& tenants,
                                    std::chrono::sys_seconds since, std::chrono::sys_seconds now,
                                    std::size_t limit) override {
    return all_.due(tenants, since, now, limit);
  }
  Status begin(const MediaName& name) override { return all_.begin(name); }
  Status put_piece(const MediaName& name, std::uint32_t place, const Sealed& piece) override {
    return all_.put_piece(name, place, piece);
  }
  Status stored(const MediaName& name, std::uint64_t bytes, std::uint32_t pieces) override {
    return all_.stored(name, bytes, pieces);
  }
  Status failed(const MediaName& name, int error,
                std::optional<std::chrono::sys_seconds> again) override {
    return all_.failed(name, error, again);
  }
  Status set_aside(const MediaName& name, std::chrono::sys_seconds until) override {
    return all_.set_aside(name, until);
  }
  Result<std::vector<MediaRow>> list(const TenantId& tenant, std::size_t limit) override {
    return all_.list(tenant, limit);
  }
  Result<MediaRow> find(const MediaName& name) override { return all_.find(name); }
  Result<Sealed> piece(const MediaName& name, std::uint32_t place) override {
    return all_.piece(name, place);
  }

 private:
  FakeMedia& all_;
};

/// A tenant and one contact of theirs.
class MediaSender {
 public:
  explicit MediaSender(std::chrono::sys_seconds at) : at_(at) {
    tenant_ = std::make_shared<TenantContext>(TenantContext{random_id<TenantId>(),
                                                            "school",
                                                            SecretKey::random(),
                                                            {},
                                                            *Zone::find("UTC"),
                                                            nullptr,
                                                            {},
                                                            {}});
  }

  /// A file that was sent and is to be fetched.
  MediaRow row(const Attachment& attachment) const {
    const auto filed = sealed_media_request(key_, tenant_->id, {attachment, "1065"});
    MediaRow row;
    row.name = {tenant_->id, filed.id};
    row.contact = contact_;
    row.wrapped_key = wrap_key(tenant_->key, key_, kContactKey, contact_.bytes);
    row.body = filed.body;
    row.at = at_;
    return row;
  }

  std::string opened(const FakeMedia::File& file) const {
    std::string plain;
    for (const auto& [place, piece] : file.pieces) {
      const auto part = open_sealed(
          key_, {SealedColumn::kMediaPiece, tenant_->id, file.row.name.id.bytes, place}, piece);
      if (part) plain += *part;
    }
    return plain;
  }

  std::shared_ptr<const TenantContext> tenant() const { return tenant_; }

 private:
  std::chrono::sys_seconds at_;
  SecretKey key_ = SecretKey::random();
  ContactId contact_ = random_id<ContactId>();
  std::shared_ptr<const TenantContext> tenant_;
};

/// The provider's answer to where a file is.
inline std::string address_of(const std::string& url, const std::string& file,
                              std::optional<std::size_t> announced) {
  Sha256 hash;
  hash.add(file);
  auto answer =
      R"({"url":")" + url + R"(","mime_type":"image/jpeg","sha256":")" + hash.hex() + "\"";
  if (announced) answer += R"(,"file_size":)" + std::to_string(*announced);
  return answer + "}";
}

}  // namespace mitr
