// The thread that fetches files while this node leads.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "actors/media/media_fetcher.h"

namespace mitr {

class MediaKeeper {
 public:
  /// `leads`: whether files are this node's to fetch; safe from any thread, until this ends.
  MediaKeeper(std::unique_ptr<MediaStore> store, MediaFetcherParts parts,
              std::function<bool()> leads);
  /// Breaks off what is under way; it is fetched anew by the next life.
  ~MediaKeeper();
  MediaKeeper(const MediaKeeper&) = delete;
  MediaKeeper& operator=(const MediaKeeper&) = delete;

 private:
  void work();
  bool stopped();

  std::unique_ptr<MediaStore> store_;
  MediaFetcher fetcher_;
  std::function<bool()> leads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace mitr
