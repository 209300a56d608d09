// What the provider writes, made by hand since one is made per turn: the webhook of a message or a
// status, and the answer to a send. The shapes are those of tools/graph/webhook_body.h; a test
// holds the two against each other.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "tools/load/cast.h"

namespace mitr::load {

/// The webhook body of a person's turn; `wamid` sets it apart from every other. `text`: instead of
/// the script's words.
std::string message_webhook(const Cast& cast, PersonIndex person, std::size_t turn,
                            std::string_view wamid, std::chrono::sys_seconds at,
                            std::string_view text = {});
/// The id of a person's turn: the same each time within a cast.
std::string wamid_of_turn(const Cast& cast, PersonIndex person, std::size_t turn);
/// How far a reply got: "sent", "delivered", "read".
std::string status_webhook(const Cast& cast, PersonIndex person, std::string_view wamid,
                           std::string_view state, std::string_view callback,
                           std::chrono::sys_seconds at);
/// The answer to an accepted send.
std::string accepted_answer(std::string_view to, std::string_view wamid);

}  // namespace mitr::load
