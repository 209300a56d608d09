// The model of its own that a tenant's conversations are understood by. Read by any actor of the
// tenant, replaced by the pack watch; whoever understands meanwhile keeps the old one to the end.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "nlu/patterns/opening_model.h"

namespace mitr {

class LiveModel {
 public:
  using Model = std::shared_ptr<const OpeningModel>;

  /// Null: the tenant has none, and the pack's own examples decide.
  Model model() const { return model_.load(std::memory_order_acquire); }
  /// Its number; 0: none.
  std::uint32_t number() const { return number_.load(std::memory_order_relaxed); }
  /// Called by one thread at a time.
  void replace(std::uint32_t number, Model model) {
    model_.store(std::move(model), std::memory_order_release);
    number_.store(number, std::memory_order_relaxed);
  }

 private:
  std::atomic<Model> model_;
  std::atomic<std::uint32_t> number_{0};
};

}  // namespace mitr
