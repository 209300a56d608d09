// Long-polls only while a reply is due, so that nothing is printed into a line being typed.
#include "tools/chat/terminal.h"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "protocols/outbound.h"
#include "protocols/personal.h"
#include "tools/graph/local_http.h"
#include "tools/graph/target.h"

namespace mitr::chat {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr auto kRequestTimeout = std::chrono::seconds(15);
/// After the reply, messages to others (the teacher's) follow within this long, or later with the
/// next line.
constexpr auto kSettle = std::chrono::milliseconds(800);

std::string string_at(const json& value, const char* key) {
  if (!value.is_object()) return {};
  const auto found = value.find(key);
  return found != value.end() && found->is_string() ? found->get_ref<const std::string&>()
                                                    : std::string();
}

class Terminal {
 public:
  Terminal(const TerminalOptions& options, std::ostream& out, std::ostream& complaints)
      : options_(options),
        out_(out),
        complaints_(complaints),
        from_(options.from),
        number_(options.number) {}

  bool meet();
  bool say(const std::string& line);
  bool wait_for_reply();

 private:
  void skip_past();
  json poll(std::chrono::milliseconds wait);
  bool take(const json& news);
  void show(const json& message);
  std::string name_of(const std::string& phone) const;

  const TerminalOptions& options_;
  std::ostream& out_;
  std::ostream& complaints_;
  std::string from_;
  std::string number_;
  json world_;
  std::uint64_t seen_ = 0;
  std::vector<Button> buttons_;  ///< Under the last reply.
  std::string buttons_under_;
  std::string said_;  ///< Id of the line just written; its end states are looked for.
  bool refused_ = false;
};

std::string Terminal::name_of(const std::string& phone) const {
  for (const auto& person : world_["people"]) {
    if (string_at(person, "phone") != phone) continue;
    const auto about = string_at(person, "about");
    return string_at(person, "name") + (about.empty() ? "" : ", " + about);
  }
  return phone;
}

/// Learns who there is, and where the news begins.
bool Terminal::meet() {
  const auto answer = graph::local_get(options_.graph + "/sim/world", kRequestTimeout);
  if (!answer || answer->status != 200) {
    complaints_ << "mitr chat: no Graph simulator answers at " << options_.graph
                << "; start one with ./dev run or mitr graph\n";
    return false;
  }
  world_ = json::parse(answer->body.reveal(), nullptr, false);
  if (!world_.is_object() || !world_.contains("people") || !world_.contains("numbers")) {
    complaints_ << "mitr chat: what answers at " << options_.graph << " is no Graph simulator\n";
    return false;
  }
  for (const auto& person : world_["people"]) {
    if (person.value("desk", false)) continue;
    if (!from_.empty() && string_at(person, "phone") != from_) continue;
    if (!number_.empty() && string_at(person, "number") != number_) continue;
    from_ = string_at(person, "phone");
    number_ = string_at(person, "number");
    break;
  }
  if (number_.empty() && !world_["numbers"].empty())
    number_ = string_at(world_["numbers"][0], "id");
  if (from_.empty() || number_.empty()) {
    complaints_ << "mitr chat: say who writes and to whom: --from PHONE --number ID\n";
    return false;
  }
  skip_past();
  if (!options_.interactive) return true;
  for (const auto& each : world_["numbers"]) {
    if (string_at(each, "id") == number_) out_ << "You write to " << string_at(each, "name");
  }
  out_ << " as " << name_of(from_) << ". End with Ctrl-D.\n";
  return true;
}

/// What was said before we came is not ours to print.
void Terminal::skip_past() {
  for (int page = 0; page < 1000; ++page) {
    const auto news = poll(std::chrono::milliseconds(0));
    if (!news.is_object() || news["events"].empty()) return;
  }
}

json Terminal::poll(std::chrono::milliseconds wait) {
  const auto url = options_.graph + "/sim/events?after=" + std::to_string(seen_) +
                   "&number=" + number_ + "&wait_ms=" + std::to_string(wait.count()) +
                   "&open=" + number_ + ":" + from_;
  const auto answer = graph::local_get(url, kRequestTimeout);
  if (!answer) return json();
  auto news = json::parse(answer->body.reveal(), nullptr, false);
  if (!news.is_object() || !news.contains("events")) return json();
  const auto next = news.find("next");
  if (next != news.end() && next->is_number_unsigned()) seen_ = next->get<std::uint64_t>();
  return news;
}

void Terminal::show(const json& message) {
  const auto phone = string_at(message, "phone");
  auto text = string_at(message, "text");
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 3)) {
    text.replace(at, 1, "\n  ");
  }
  if (phone != from_) {
    out_ << "[to " << name_of(phone) << "]\n  " << text << '\n';
    return;
  }
  out_ << "< " << text << '\n';
  buttons_.clear();
  buttons_under_ = string_at(message, "id");
  if (!message.contains("buttons")) return;
  for (const auto& each : message["buttons"]) {
    buttons_.push_back({string_at(each, "id"), string_at(each, "title")});
    out_ << (buttons_.size() == 1 ? "  " : " ") << '[' << buttons_.size() << "] "
         << buttons_.back().title;
  }
  if (!buttons_.empty()) out_ << '\n';
}

/// Prints what came; true if our person was answered.
bool Terminal::take(const json& news) {
  bool answered = false;
  if (!news.is_object()) return false;
  for (const auto& event : news["events"]) {
    const auto kind = string_at(event, "kind");
    if (kind == "message" && string_at(event, "from") == "business") {
      show(event);
      answered = answered || string_at(event, "phone") == from_;
    } else if (kind == "state" && string_at(event, "id") == said_ &&
               string_at(event, "state") == "failed") {
      refused_ = true;
    }
  }
  out_.flush();
  return answered;
}

bool Terminal::say(const std::string& line) {
  json body = {{"from", from_}, {"to_number", number_}};
  std::size_t choice = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), choice);
  const bool tap = read.ec == std::errc{} && read.ptr == line.data() + line.size() && choice >= 1 &&
                   choice <= buttons_.size();
  if (tap) {
    const auto& button = buttons_[choice - 1];
    body["button"] = {{"id", button.id}, {"title", button.title}};
    body["under"] = buttons_under_;
  } else {
    body["text"] = line;
  }
  if (!options_.interactive) out_ << "> " << (tap ? buttons_[choice - 1].title : line) << '\n';
  const auto text = body.dump(-1, ' ', false, json::error_handler_t::replace);
  const auto answer =
      graph::local_post(options_.graph + "/sim/say", Personal(text), kRequestTimeout);
  if (!answer || answer->status != 200) {
    const auto why =
        answer ? string_at(json::parse(answer->body.reveal(), nullptr, false), "error") : "";
    complaints_ << "mitr chat: the simulator did not take the line. " << why << '\n';
    return false;
  }
  said_ = string_at(json::parse(answer->body.reveal(), nullptr, false), "id");
  refused_ = false;
  buttons_.clear();
  return true;
}

bool Terminal::wait_for_reply() {
  const auto until = Clock::now() + std::chrono::seconds(options_.patience_seconds);
  bool answered = false;
  bool told = false;
  while (!answered && !refused_ && Clock::now() < until) {
    const auto news = poll(std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()));
    if (!news.is_object()) {
      complaints_ << "mitr chat: the simulator does not answer any more\n";
      return false;
    }
    if (!told && string_at(news, "webhook") == "down") {
      told = true;
      complaints_ << "(Mitr is not answering; Meta would retry, and so does the simulator)\n";
    }
    answered = take(news);
  }
  if (!answered) {
    complaints_ << (refused_ ? "mitr chat: the message was given up\n"
                             : "mitr chat: no reply came\n");
    return false;
  }
  for (auto settled = Clock::now() + kSettle; Clock::now() < settled;) {
    take(poll(std::chrono::ceil<std::chrono::milliseconds>(settled - Clock::now())));
  }
  return true;
}

}  // namespace

int run_terminal(const TerminalOptions& options, std::istream& in, std::ostream& out,
                 std::ostream& complaints) {
  Terminal terminal(options, out, complaints);
  if (!terminal.meet()) return 2;
  bool all_answered = true;
  std::string line;
  while (true) {
    if (options.interactive) out << "> " << std::flush;
    if (!std::getline(in, line)) break;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const bool answered = terminal.say(line) && terminal.wait_for_reply();
    all_answered = all_answered && answered;
  }
  if (options.interactive) out << '\n';
  return all_answered ? 0 : 1;
}

}  // namespace mitr::chat
