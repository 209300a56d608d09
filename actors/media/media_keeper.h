// The threads that fetch files while this node leads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "actors/media/media_fetcher.h"
#include "protocols/limits.h"

namespace mitr {

class MediaKeeper {
 public:
  /// Each thread has a store of its own from `open`. `leads`: whether files are this node's to
  /// fetch; safe from any thread, until this ends.
  MediaKeeper(const std::function<std::unique_ptr<MediaStore>()>& open,
              const MediaFetcherParts& parts, std::function<bool()> leads,
              std::size_t threads = limits::kMediaFetchesMax);
  /// Breaks off what is under way; it is fetched anew by the next life.
  ~MediaKeeper();
  MediaKeeper(const MediaKeeper&) = delete;
  MediaKeeper& operator=(const MediaKeeper&) = delete;

 private:
  struct Lane {
    std::unique_ptr<MediaStore> store;
    std::unique_ptr<MediaFetcher> fetcher;
  };

  void work(MediaFetcher& fetcher);
  /// Waits until it is time to look; false: this ends. One thread looks at a time, unless there is
  /// more than one file.
  bool wait_for_turn();
  void call_another();
  bool stopped();

  std::function<bool()> leads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false;
  std::chrono::steady_clock::time_point next_look_{};
  std::vector<Lane> lanes_;
  std::vector<std::thread> threads_;
};

}  // namespace mitr
