// Random bytes that someone chose, for simulations: there one seed decides every id, nonce and key.
// Never in a node: a nonce that can be foretold, or comes twice, opens what is sealed. The tidy
// check lets only the simulator and tests include this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace mitr {

/// While one lives, random_bytes(), random_id() and SecretKey::random() of its thread come from
/// `source`. They nest: the last one made is asked.
class ChosenRandomness {
 public:
  using Source = std::function<void(std::uint8_t* out, std::size_t count)>;

  explicit ChosenRandomness(Source source);
  ~ChosenRandomness();
  ChosenRandomness(const ChosenRandomness&) = delete;
  ChosenRandomness& operator=(const ChosenRandomness&) = delete;

  /// Fills `out` if somebody chose for this thread; false: nobody did, ask the system.
  static bool take(std::uint8_t* out, std::size_t count);

 private:
  Source source_;
  ChosenRandomness* before_;
};

}  // namespace mitr
