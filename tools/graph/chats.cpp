// Events are rendered once, when they happen; a poll only joins them.
#include "tools/graph/chats.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "protocols/limits.h"

namespace mitr::graph {
namespace {

using nlohmann::json;

/// Most events one poll hands out; the page asks again at once for the rest.
constexpr std::size_t kEventsPerPoll = 500;

Personal render(const json& event) {
  return Personal(event.dump(-1, ' ', false, json::error_handler_t::replace));
}

json head(std::uint64_t seq, const Chat& chat, const char* kind) {
  return {{"seq", seq}, {"kind", kind}, {"number", chat.number}, {"phone", chat.phone.reveal()}};
}

}  // namespace

Chat* Chats::find(const std::string& number, const Personal& phone) {
  const auto found = chats_.find({number, phone});
  return found == chats_.end() ? nullptr : &found->second;
}

Chat& Chats::at(const std::string& number, const Personal& phone) {
  if (chats_.size() >= limits::kSimChatsMax && find(number, phone) == nullptr) make_room();
  auto& chat = chats_[{number, phone}];
  if (chat.number.empty()) {
    chat.number = number;
    chat.phone = phone;
  }
  chat.touched = ++touches_;
  return chat;
}

void Chats::make_room() {
  const auto oldest = std::min_element(
      chats_.begin(), chats_.end(),
      [](const auto& a, const auto& b) { return a.second.touched < b.second.touched; });
  if (oldest != chats_.end()) chats_.erase(oldest);
}

void Chats::add(Chat& chat, ChatEvent event) {
  chat.events.push_back(std::move(event));
  if (chat.events.size() > limits::kSimEventsPerChat) chat.events.pop_front();
}

std::string Chats::add_message(Chat& chat, const Line& line) {
  const auto seq = ++seq_;
  auto id = "m" + std::to_string(seq);
  auto event = head(seq, chat, "message");
  event["id"] = id;
  event["name"] = chat.name.reveal();
  event["from"] = line.inbound ? "person" : "business";
  event["text"] = line.text.reveal();
  event["at"] = line.at.time_since_epoch().count();
  event["state"] = line.inbound ? "pending" : "accepted";
  if (!line.template_name.empty()) event["template"] = line.template_name;
  for (const auto& button : line.buttons) {
    event["buttons"].push_back({{"id", button.id}, {"title", button.title}});
  }
  add(chat, ChatEvent{seq, id, line.wamid, line.inbound, render(event)});
  return id;
}

void Chats::add_state(Chat& chat, const std::string& id, std::string_view state, int error_code) {
  const auto seq = ++seq_;
  auto event = head(seq, chat, "state");
  event["id"] = id;
  event["state"] = state;
  if (error_code != 0) event["error"] = error_code;
  add(chat, ChatEvent{seq, {}, {}, false, render(event)});
}

void Chats::add_typing(Chat& chat) {
  const auto seq = ++seq_;
  add(chat, ChatEvent{seq, {}, {}, false, render(head(seq, chat, "typing"))});
}

Personal Chats::since(std::uint64_t after, const std::string& number, std::uint64_t& last) const {
  std::vector<const ChatEvent*> news;
  for (const auto& [key, chat] : chats_) {
    if (!number.empty() && chat.number != number) continue;
    for (auto event = chat.events.rbegin(); event != chat.events.rend() && event->seq > after;
         ++event) {
      news.push_back(&*event);
    }
  }
  std::sort(news.begin(), news.end(), [](const auto* a, const auto* b) { return a->seq < b->seq; });
  last = std::max(after, seq_);
  if (news.size() > kEventsPerPoll) {
    news.resize(kEventsPerPoll);
    last = news.back()->seq;
  }
  std::string out = "[";
  for (const auto* event : news) {
    if (out.size() > 1) out += ',';
    out += event->json.reveal();
  }
  out += ']';
  return Personal(std::move(out));
}

Personal Chats::wamid_of(const Chat& chat, const std::string& id) {
  if (id.empty()) return {};
  const auto found = std::find_if(chat.events.begin(), chat.events.end(),
                                  [&](const auto& e) { return e.id == id; });
  return found == chat.events.end() ? Personal() : found->wamid;
}

std::vector<std::string> Chats::inbound_until(const Chat& chat, const Personal& wamid) {
  std::vector<std::string> ids;
  for (const auto& event : chat.events) {
    if (!event.inbound) continue;
    ids.push_back(event.id);
    if (event.wamid == wamid) return ids;
  }
  return {};
}

}  // namespace mitr::graph
