// What the simulated phones show: chats, their last events, who waits for news. In memory only,
// bounded.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/outbound.h"
#include "protocols/personal.h"

namespace mitr::graph {

/// A message that waits until its reader looks at the screen.
struct UnreadMessage {
  std::string id;
  Personal wamid;
  std::string callback;
};

struct ChatEvent {
  std::uint64_t seq = 0;
  std::string id;  ///< "m17": the page's name of a message; a state event repeats it.
  Personal wamid;  ///< Of messages; never shown.
  bool inbound = false;
  Personal json;  ///< As handed to the page.
};

/// One phone's chat with one number.
struct Chat {
  std::string number;
  Personal phone;
  Personal name;
  std::deque<ChatEvent> events;
  std::deque<UnreadMessage> unread;
  std::optional<std::chrono::sys_seconds> last_inbound;
  std::chrono::steady_clock::time_point open_until{};
  std::uint64_t touched = 0;

  bool open() const { return std::chrono::steady_clock::now() < open_until; }
};

class Chats {
 public:
  /// The chat, made if new; above kSimChatsMax the one untouched longest makes room.
  Chat& at(const std::string& number, const Personal& phone);
  Chat* find(const std::string& number, const Personal& phone);

  /// Events; each gets the next sequence number, and the chat keeps kSimEventsPerChat of them.
  struct Line {
    bool inbound = false;
    Personal text;
    std::vector<Button> buttons;
    std::string template_name;
    Personal wamid;
    std::chrono::sys_seconds at{};
  };
  /// Returns the message's id.
  std::string add_message(Chat& chat, const Line& line);
  void add_state(Chat& chat, const std::string& id, std::string_view state, int error_code = 0);
  void add_typing(Chat& chat);

  std::uint64_t last_seq() const { return seq_; }
  /// A JSON array of the events after `after`, oldest first, of one number or of all; `last` gets
  /// the highest seq looked at.
  Personal since(std::uint64_t after, const std::string& number, std::uint64_t& last) const;
  /// The wamid of message `id`; empty if forgotten.
  static Personal wamid_of(const Chat& chat, const std::string& id);
  /// Ids of the person's messages up to the one named, newest last; empty if it is not there.
  static std::vector<std::string> inbound_until(const Chat& chat, const Personal& wamid);

 private:
  void add(Chat& chat, ChatEvent event);
  void make_room();

  std::map<std::pair<std::string, Personal>, Chat> chats_;
  std::uint64_t seq_ = 0;
  std::uint64_t touches_ = 0;
};

}  // namespace mitr::graph
