// The life of a message: accepted → sent → delivered → read, each with its webhook, in order (one
// courier lane).
#include "tools/graph/exchange.h"

#include <algorithm>
#include <utility>

#include "protocols/limits.h"
#include "tools/graph/later.h"
#include "tools/graph/wamid.h"
#include "tools/graph/webhook_body.h"

namespace mitr::graph {

/// A business's message on its way to a phone. Copied into callbacks: chats may be forgotten
/// meanwhile.
struct Exchange::Sent {
  SimNumber number;
  Personal phone;
  Personal name;
  std::string id;
  Personal wamid;
  std::string callback;
  std::string category;
};

Exchange::Exchange(IoLoop& loop, const GraphSettings& settings, TemplateBook templates,
                   std::function<void()> news)
    : loop_(loop), settings_(settings), templates_(std::move(templates)), news_(std::move(news)) {}

const SimNumber* Exchange::number(const std::string& id) const {
  const auto found = std::find_if(settings_.numbers.begin(), settings_.numbers.end(),
                                  [&](const auto& each) { return each.id == id; });
  return found == settings_.numbers.end() ? nullptr : &*found;
}

Chat& Exchange::chat_of(const std::string& number, const Personal& phone) {
  auto& chat = chats_.at(number, phone);
  if (!chat.name.empty()) return chat;
  const auto person =
      std::find_if(settings_.people.begin(), settings_.people.end(),
                   [&](const auto& p) { return p.phone == phone && p.number == number; });
  chat.name = person == settings_.people.end() ? Personal("Guest") : person->name;
  return chat;
}

Result<std::string> Exchange::say(const Saying& saying) {
  const auto* to = number(saying.number);
  if (to == nullptr)
    return Error{Errc::kNotFound, "to_number is not one of this simulator's numbers"};
  auto& chat = chat_of(saying.number, saying.from);
  const auto now = settings_.clock();
  const auto wamid = make_wamid(saying.from.reveal(), Direction::kFromPerson);
  SimInbound inbound{wamid, saying.from, chat.name, now, saying.text, saying.button_id, {}};
  inbound.context = Chats::wamid_of(chat, saying.under);
  const auto id = chats_.add_message(chat, {true, saying.text, {}, {}, wamid, now});
  const auto settled = [this, id, key = saying.number, phone = saying.from](bool delivered) {
    if (auto* held = chats_.find(key, phone)) {
      chats_.add_state(*held, id, delivered ? "accepted" : "failed");
    }
    news_();
  };
  if (!courier_->post("say:" + saying.number + saying.from.reveal(), render_inbound(*to, inbound),
                      settled)) {
    chats_.add_state(chat, id, "failed");
    news_();
    return Error{Errc::kOverloaded, "too many webhooks are waiting for their answer"};
  }
  // The person's clock opens the window, whenever the business hears of it.
  chat.last_inbound = now;
  news_();
  return id;
}

Result<std::size_t> Exchange::play(const WebhookScript& script) {
  auto posts = plan_posts(script, settings_.numbers, settings_.clock());
  if (!posts) return posts.error();
  const auto together = "script:" + std::to_string(++scripts_);
  for (std::size_t i = 0; i < posts->size(); ++i) {
    const auto lane = script.concurrent ? together + ":" + std::to_string(i) : together;
    later(loop_, (*posts)[i].after, [this, lane, body = std::move((*posts)[i].body)] {
      courier_->post(lane, body, [](bool) {});
    });
  }
  return posts->size();
}

HttpReply Exchange::send(const SimNumber& from, std::string_view body) {
  auto request = parse_send(body, templates_);
  if (const auto* error = std::get_if<GraphError>(&request)) {
    return {error->status, Personal(render(*error))};
  }
  if (const auto* mark = std::get_if<SendReadMark>(&request)) return mark_read(from, *mark);
  auto& message = std::get<SendMessage>(request);
  return accept(from, message);
}

HttpReply Exchange::accept(const SimNumber& from, const SendMessage& message) {
  auto phone = message.phone;
  if (phone.empty()) {
    const auto person =
        std::find_if(settings_.people.begin(), settings_.people.end(),
                     [&](const auto& p) { return bsuid_of(p.phone.reveal()) == message.bsuid; });
    if (person == settings_.people.end()) {
      const GraphError error{.code = 131026, .message = "(#131026) Message undeliverable"};
      return {error.status, Personal(render(error))};
    }
    phone = person->phone;
  }
  auto& chat = chat_of(from.id, phone);
  const auto wamid = make_wamid(phone.reveal(), Direction::kFromBusiness);
  Sent sent{from, phone, chat.name, {}, wamid, message.callback, {}};
  sent.category = message.template_name.empty() ? "service" : "utility";
  const bool allowed = !message.template_name.empty() || window_open(chat);
  sent.id = chats_.add_message(chat, {false, message.text, message.buttons, message.template_name,
                                      wamid, settings_.clock()});
  if (!allowed) {
    chats_.add_state(chat, sent.id, "failed", 131047);
    report_failure(sent);
  } else {
    report(sent, "sent", [this, sent] {
      later(loop_, settings_.delivery_delay, [this, sent] { arrived(sent); });
    });
  }
  // Posted, not called: the answer to this send leaves first.
  loop_.post([this] { news_(); });
  return {200, render_accepted(message, phone, wamid)};
}

bool Exchange::window_open(const Chat& chat) const {
  if (!settings_.service_window) return true;
  return chat.last_inbound && settings_.clock() - *chat.last_inbound < limits::kServiceWindow;
}

void Exchange::report(const Sent& sent, const char* state, std::function<void()> then) {
  SimStatus status{sent.wamid, sent.phone, sent.name, state, sent.callback,
                   {},         0,          {},        {},    settings_.clock()};
  // Meta prices `sent` and one of the later ones.
  if (status.state != "read") status.category = sent.category;
  courier_->post("status:" + sent.wamid.reveal(), render_status(sent.number, status),
                 [then = std::move(then)](bool) {
                   if (then) then();
                 });
}

void Exchange::report_failure(const Sent& sent) {
  SimStatus status{sent.wamid, sent.phone, sent.name, "failed", sent.callback,
                   {},         131047,     {},        {},       settings_.clock()};
  status.error_title = "Re-engagement message";
  status.error_details =
      "Message failed to send because more than 24 hours have passed since the customer last "
      "replied to "
      "this number.";
  courier_->post("status:" + sent.wamid.reveal(), render_status(sent.number, status), [](bool) {});
}

void Exchange::arrived(const Sent& sent) {
  auto* chat = chats_.find(sent.number.id, sent.phone);
  report(sent, "delivered", {});
  if (chat == nullptr) return;
  chats_.add_state(*chat, sent.id, "delivered");
  if (chat->open()) {
    read(sent);
  } else {
    chat->unread.push_back({sent.id, sent.wamid, sent.callback});
    if (chat->unread.size() > limits::kSimEventsPerChat) chat->unread.pop_front();
  }
  news_();
}

void Exchange::read(const Sent& sent) {
  report(sent, "read", {});
  if (auto* chat = chats_.find(sent.number.id, sent.phone))
    chats_.add_state(*chat, sent.id, "read");
}

void Exchange::look(const std::string& key, const Personal& phone) {
  const auto* to = number(key);
  auto* chat = chats_.find(key, phone);
  if (to == nullptr || phone.empty()) return;
  if (chat == nullptr) chat = &chat_of(key, phone);
  chat->open_until = std::chrono::steady_clock::now() + limits::kSimScreenOpen;
  const auto unread = std::exchange(chat->unread, {});
  for (const auto& each : unread) {
    read({*to, phone, chat->name, each.id, each.wamid, each.callback, {}});
  }
  if (!unread.empty()) news_();
}

HttpReply Exchange::mark_read(const SimNumber& from, const SendReadMark& mark) {
  const auto phone = phone_in_wamid(mark.wamid.reveal());
  auto* chat = phone ? chats_.find(from.id, *phone) : nullptr;
  const auto ids =
      chat != nullptr ? Chats::inbound_until(*chat, mark.wamid) : std::vector<std::string>();
  if (ids.empty()) {
    const GraphError error{.code = 131009,
                           .message = "(#131009) Parameter value is not valid",
                           .details = "message_id is not a message this number received"};
    return {error.status, Personal(render(error))};
  }
  chats_.add_state(*chat, ids.back(), "read");
  if (mark.typing) chats_.add_typing(*chat);
  loop_.post([this] { news_(); });
  return {200, Personal(R"({"success":true})")};
}

}  // namespace mitr::graph
