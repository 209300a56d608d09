// The simulated WhatsApp between phones and business numbers: what people say becomes signed
// webhooks, what businesses send becomes messages on phones and status webhooks. No HTTP in here
// but the courier's.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "actors/http/io_loop.h"
#include "protocols/personal.h"
#include "tools/graph/chats.h"
#include "tools/graph/courier.h"
#include "tools/graph/send_request.h"
#include "tools/graph/settings.h"
#include "tools/graph/template_book.h"
#include "tools/graph/webhook_script.h"

namespace mitr::graph {

/// What a person does on their phone.
struct Saying {
  std::string number;
  Personal from;
  Personal text;          ///< The words, or the title of the button.
  std::string button_id;  ///< Set: a tap.
  std::string
      under;  ///< Id of the message the button was under, as the page knows it; may be empty.
};

struct HttpReply {
  int status = 200;
  Personal body;
};

/// Everything runs on the loop's thread.
class Exchange {
 public:
  /// `news` is called after anything a page would want to show.
  Exchange(IoLoop& loop, const GraphSettings& settings, TemplateBook templates,
           std::function<void()> news);
  void connect(std::unique_ptr<WebhookCourier> courier) { courier_ = std::move(courier); }

  const SimNumber* number(const std::string& id) const;
  /// The message's id for the page, or why it was not taken.
  Result<std::string> say(const Saying& saying);
  /// Posts the webhooks of a script beside what the phones do; no page shows them. Answers how many
  /// POSTs that makes, or why none was made.
  Result<std::size_t> play(const WebhookScript& script);
  /// A send of a business; `number` is known.
  HttpReply send(const SimNumber& number, std::string_view body);
  /// The person looks at this chat for a while: what arrives is read.
  void look(const std::string& number, const Personal& phone);
  const Chats& chats() const { return chats_; }

 private:
  struct Sent;
  HttpReply accept(const SimNumber& number, const SendMessage& message);
  HttpReply mark_read(const SimNumber& number, const SendReadMark& mark);
  bool window_open(const Chat& chat) const;
  Chat& chat_of(const std::string& number, const Personal& phone);
  void report(const Sent& sent, const char* state, std::function<void()> then);
  void report_failure(const Sent& sent);
  void arrived(const Sent& sent);
  void read(const Sent& sent);

  IoLoop& loop_;
  const GraphSettings& settings_;
  TemplateBook templates_;
  std::function<void()> news_;
  Chats chats_;
  std::unique_ptr<WebhookCourier> courier_;
  std::size_t scripts_ = 0;
};

}  // namespace mitr::graph
