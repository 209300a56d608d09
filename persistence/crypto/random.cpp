// The pool of random bytes behind nonces and ids. What was handed out is wiped; a forked child
// starts empty, because a nonce that parent and child both use under one key breaks GCM.
#include <atomic>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <utility>

#include "persistence/crypto/chosen_randomness.h"
#include "persistence/crypto/keys.h"

namespace mitr {
namespace {

constexpr std::size_t kPoolBytes = 3072;
/// A larger wish goes to OpenSSL itself: the pool only pays for small ones.
constexpr std::size_t kPooledMax = 256;

/// Null in a node, always.
thread_local ChosenRandomness* chosen = nullptr;

/// Counts the forks this process descends from.
std::atomic<std::uint32_t> forks{0};

void draw(std::uint8_t* bytes, std::size_t count) {
  if (count <= INT_MAX && RAND_bytes(bytes, static_cast<int>(count)) == 1) return;
  std::fputs("mitr: the random generator failed\n", stderr);
  std::abort();
}

class Pool {
 public:
  Pool() {
    static const int watched =
        pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1, std::memory_order_relaxed); });
    if (watched != 0) std::abort();
  }
  ~Pool() { OPENSSL_cleanse(bytes_, sizeof bytes_); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void take(std::uint8_t* out, std::size_t count) {
    const auto now = forks.load(std::memory_order_relaxed);
    if (filled_in_ != now || left_ < count) {
      draw(bytes_, sizeof bytes_);
      left_ = sizeof bytes_;
      filled_in_ = now;
    }
    left_ -= count;
    std::memcpy(out, bytes_ + left_, count);
    OPENSSL_cleanse(bytes_ + left_, count);
  }

 private:
  std::uint8_t bytes_[kPoolBytes] = {};
  std::size_t left_ = 0;
  std::uint32_t filled_in_ = 0;
};

}  // namespace

ChosenRandomness::ChosenRandomness(Source source)
    : source_(std::move(source)), before_(std::exchange(chosen, this)) {}

ChosenRandomness::~ChosenRandomness() {
  chosen = before_;
}

bool ChosenRandomness::take(std::uint8_t* out, std::size_t count) {
  if (chosen == nullptr) return false;
  chosen->source_(out, count);
  return true;
}

void random_bytes(std::uint8_t* out, std::size_t count) {
  if (ChosenRandomness::take(out, count)) return;
  if (count > kPooledMax) return draw(out, count);
  thread_local Pool pool;
  pool.take(out, count);
}

}  // namespace mitr
