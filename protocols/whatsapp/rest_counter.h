// Counts what a noun's rests hold, without writing it. Private to this folder.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "protocols/whatsapp/content.h"
#include "protocols/whatsapp/dead_item.h"

namespace mitr::whatsapp {

class RestCounter {
 public:
  template <class Noun>
  static std::size_t count(const Noun& noun) {
    RestCounter counter;
    counter.enter(noun);
    return counter.count_;
  }

  // Leaves of a noun hold no rest.
  template <class Leaf>
  void text(std::string_view, const Leaf&) {}
  template <class Leaf>
  void id(std::string_view, const Leaf&) {}
  template <class Leaf>
  void texts(std::string_view, const Leaf&) {}
  template <class Leaf>
  void whole(std::string_view, const Leaf&) {}
  template <class Leaf>
  void number_id(std::string_view, const Leaf&) {}
  template <class Leaf>
  void decimal(std::string_view, const Leaf&) {}
  template <class Leaf>
  void flag(std::string_view, const Leaf&) {}
  template <class Leaf>
  void time(std::string_view, const Leaf&) {}
  template <class Leaf>
  void number_time(std::string_view, const Leaf&) {}
  template <class Leaf>
  void json(std::string_view, const Leaf&) {}

  template <class Noun>
  void noun(std::string_view, const std::optional<Noun>& value) {
    if (value) enter(*value);
  }
  template <class Noun>
  void nouns(std::string_view, const std::vector<Noun>& values) {
    for (const auto& value : values) enter(value);
  }
  template <class Noun>
  void items(std::string_view key, const std::vector<Noun>& values, const std::vector<DeadItem>&) {
    nouns(key, values);
  }
  void content(const std::string&, const Content& value) {
    std::visit(
        [this](const auto& held) {
          using Held = std::decay_t<decltype(held)>;
          if constexpr (std::is_same_v<Held, ContactCards>) {
            nouns({}, held);
          } else if constexpr (!std::is_same_v<Held, UnknownContent> &&
                               !std::is_same_v<Held, std::monostate>) {
            enter(held);
          }
        },
        value);
  }

 private:
  template <class Noun>
  void enter(const Noun& noun) {
    count_ += noun.rest.size();
    Noun::members(*this, noun);
  }

  std::size_t count_ = 0;
};

}  // namespace mitr::whatsapp
