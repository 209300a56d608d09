// What a function of ours answers when it can fail.
// No exception leaves a function of this program; third-party throws are caught in the file that
// calls them.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace mitr {

/// Why a call failed. Every code says whether the same call may be tried again.
enum class Errc : std::uint8_t {
  // -- the caller's input (never retry as it is) ----
  kMalformed = 1,  ///< Bytes that do not parse. Do not retry.
  kRefused,        ///< Well-formed, but not allowed (signature, role, rule). Do not retry.
  kTooLarge,       ///< Over a bound of protocols/limits.h. Do not retry.
  kNotFound,       ///< No such thing. Do not retry.
  kInvalidConfig,  ///< A setting or pack is wrong; the message names place and mend. Do not retry.
  // -- the state of things ----
  kFenced = 10,  ///< Another writer owns this conversation now. Reload, then retry.
  kTampered,     ///< A sealed record does not open under its identity. Do not retry; alarm.
  // -- the world (retry with backoff) ----
  kUnavailable = 20,  ///< The store or peer cannot be reached, nothing is known. Retry.
  kAmbiguous,         ///< Sent, but the answer was lost. Never retry blindly: read back first.
  kOverloaded,        ///< Too much work in hand. Retry later.
  kInternal = 30,     ///< A bug of ours. Do not retry.
};

/// The code's name in the snake_case used in logs and metrics.
std::string_view to_string(Errc code);
/// True if the same call may succeed later without a change of its input.
bool may_retry(Errc code);

/// A failure. `what` is for operators and pack authors: it never holds personal data.
struct Error {
  Errc code = Errc::kInternal;
  std::string what;
};

/// Either a value or an Error. Check with `ok()` or the bool conversion before looking inside.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&held_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&held_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&held_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&held_);
  }

 private:
  std::variant<T, Error> held_;
};

/// Success without a value.
struct Done {};
using Status = Result<Done>;

}  // namespace mitr
