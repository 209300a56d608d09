// Two scripts of three turns for two numbers; people take turns between them.
#pragma once

#include <gtest/gtest.h>

#include "tools/load/cast.h"

namespace mitr::load {

inline constexpr std::uint64_t kSmallBase = 1'000'000;

inline Cast small_cast() {
  using namespace std::chrono_literals;
  constexpr std::string_view kLeave = R"(pack: school
values: [{name: student, kind: name}]
turns:
  - {say: leave please, reply: "Who?"}
  - {say: "{student}", reply: "And why, {student}?"}
  - {say: "fever, ref {n}", reply: "Noted, ref {n}."}
)";
  constexpr std::string_view kOrder = R"(pack: merchant
turns:
  - {say: order please, reply: "What?"}
  - {say: rice, reply: "How much?"}
  - {tap: {id: "two", title: Two kilos}, reply: "Thank you, ref {n}."}
)";
  auto leave = parse_script(kLeave, "leave");
  auto order = parse_script(kOrder, "order");
  EXPECT_TRUE(leave.ok()) << (leave.ok() ? "" : leave.error().what);
  EXPECT_TRUE(order.ok()) << (order.ok() ? "" : order.error().what);
  return Cast({.scripts = {*leave, *order},
               .numbers = {{"100", 0}, {"200", 1}},
               .base = kSmallBase,
               .today = std::chrono::sys_days(2026y / 11 / 25)});
}

/// What should come back to the person's turn.
inline std::string right_reply(const Cast& cast, PersonIndex person, std::size_t turn) {
  return cast.script(person).turns[turn].replies.front().fill(cast.values(person));
}

}  // namespace mitr::load
