// Goal: files are fetched several at once, each by one thread, and a host that answers nothing
// holds up nobody else's files. Method: the keeper with its threads, over a store and a provider
// made of values; the slow host answers when the test lets it.
#include "actors/media/media_keeper.h"

#include <condition_variable>
#include <gtest/gtest.h>
#include <map>

#include "protocols/limits.h"
#include "tests/actors/media/fake_media.h"

namespace mitr {
namespace {

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'800'000'000}};

/// Says of a file "slow-7" that it is at slow.example, of any other at quick.example.
class TwoHosts {
 public:
  ~TwoHosts() { open(); }

  Result<DownloadAnswer> download(const DownloadRequest& request, const TakePiece& take) {
    const auto host = host_of_url(request.url);
    const auto file = request.url.substr(request.url.rfind('/') + 1);
    if (host == "graph.example") {
      const auto name = file.substr(0, file.find('?'));
      const bool slow = name.starts_with("slow");
      take(address_of((slow ? "https://slow.example/" : "https://quick.example/") + name, name,
                      name.size()));
      return DownloadAnswer{200, {}};
    }
    std::unique_lock lock(mutex_);
    ++asked_[file];
    ++there_[host];
    most_ = std::max(most_, there_[host]);
    changed_.notify_all();
    if (host == "slow.example") changed_.wait(lock, [this] { return open_; });
    --there_[host];
    lock.unlock();
    take(file);
    return DownloadAnswer{200, {}};
  }

  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  /// False if so many are not at the slow host within a test's patience.
  bool wait_for_slow(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20),
                             [&] { return there_["slow.example"] == count; });
  }
  std::map<std::string, int> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  std::size_t most() {
    const std::lock_guard lock(mutex_);
    return most_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  std::map<std::string, int> asked_;
  std::map<std::string, std::size_t> there_;
  std::size_t most_ = 0;
};

class MediaKeeping : public ::testing::Test {
 protected:
  MediaName send(const std::string& file) {
    const auto row = sender_.row({AttachmentKind::kImage, Personal(file), "image/jpeg", {}});
    store_.add(row);
    return row.name;
  }
  std::unique_ptr<MediaKeeper> keeper() {
    MediaFetcherParts parts;
    parts.tenants = {sender_.tenant()};
    parts.base_url = "https://graph.example";
    parts.version = "v23.0";
    parts.access_token = Personal("secret");
    parts.hosts = {"slow.example", "quick.example"};
    parts.clock = [] { return kNow; };
    parts.download = [this](const DownloadRequest& request, const TakePiece& take) {
      return hosts_.download(request, take);
    };
    return std::make_unique<MediaKeeper>(
        [this] { return std::make_unique<FakeMedia::Port>(store_); }, parts, [] { return true; });
  }

  MediaSender sender_{kNow};
  FakeMedia store_;
  TwoHosts hosts_;
};

TEST_F(MediaKeeping, ASlowHostHoldsUpNobodyElse) {
  for (std::size_t n = 0; n < limits::kMediaFetchesMax + 2; ++n) send("slow-" + std::to_string(n));
  const auto quick = send("quick");
  const auto keeping = keeper();
  EXPECT_TRUE(store_.wait_until_stored(quick));
  EXPECT_TRUE(hosts_.wait_for_slow(limits::kMediaFetchesPerHostMax));
  EXPECT_EQ(hosts_.most(), limits::kMediaFetchesPerHostMax);
  hosts_.open();
}

TEST_F(MediaKeeping, EveryFileIsFetchedOnce) {
  hosts_.open();
  constexpr std::size_t kFiles = 50;
  std::vector<MediaName> files;
  files.reserve(kFiles);
  for (std::size_t n = 0; n < kFiles; ++n) files.push_back(send("file-" + std::to_string(n)));
  {
    const auto keeping = keeper();
    for (const auto& file : files) EXPECT_TRUE(store_.wait_until_stored(file));
  }
  for (const auto& [file, times] : hosts_.asked()) EXPECT_EQ(times, 1) << file;
  for (const auto& file : files) EXPECT_EQ(store_.file(file).begun, 1);
}

}  // namespace
}  // namespace mitr
