// Playing .chat files; see chat_script.h.
#include "tests/support/chat_script.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>

#include "nlu/slots/date.h"

namespace mitr::chat {

Conversation::Conversation(std::shared_ptr<const Pack> pack, DialogueSettings settings, Moment now)
    : pack_(std::move(pack)), settings_(std::move(settings)), now_(now) {}

Outcome Conversation::hear(std::string_view text) {
  const Expectation expected = expectation(*pack_, settings_, state_, now_);
  return hear(HeardWords{Personal(text), pack_->understander().understand(text, expected)});
}

Outcome Conversation::hear(const Input& input) {
  last_ = step(*pack_, settings_, state_, input, now_);
  for (const Event& event : last_.events) {
    mitr::apply(state_, event);
    mitr::apply(folded_, event);
  }
  reply_ = last_.reply ? last_.reply->text.reveal() : std::string();
  return last_;
}

Outcome Conversation::wait(std::chrono::minutes time) {
  now_.at += time;
  now_.time_of_day += time;
  const auto days = std::chrono::floor<std::chrono::days>(now_.time_of_day);
  now_.today += days;
  now_.time_of_day -= days;
  return hear(TimerFired{});
}

// -- lines ----

namespace {

std::string quoted(const Personal& text) {
  std::string out = "'";
  for (const char c : text.reveal()) out += c == '\n' ? std::string("\\n") : std::string(1, c);
  return out + "'";
}

struct EventLine {
  std::string operator()(const FlowStarted& e) const { return "flow_started " + e.flow; }
  std::string operator()(const SlotFilled& e) const {
    std::string line = "slot_filled " + e.slot + " " + quoted(e.value.value);
    if (e.value.typed != e.value.value) line += " typed " + quoted(e.value.typed);
    return line;
  }
  std::string operator()(const SlotRejected& e) const {
    return "slot_rejected " + e.slot + " " + e.reason;
  }
  std::string operator()(const SlotMissed& e) const { return "slot_missed " + e.slot; }
  std::string operator()(const SlotCleared& e) const { return "slot_cleared " + e.slot; }
  std::string operator()(const Asked& e) const { return "asked " + e.slot; }
  std::string operator()(const FlowCompleted& e) const { return "flow_completed " + e.flow; }
  std::string operator()(const FlowCancelled& e) const { return "flow_cancelled " + e.flow; }
  std::string operator()(const NotUnderstood&) const { return "not_understood"; }
  std::string operator()(const TimerSet&) const { return "timer_set"; }
  std::string operator()(const FlowLapsed& e) const { return "flow_lapsed " + e.flow; }
};

struct EffectLine {
  std::string operator()(const Notify& e) const {
    std::string line = "notify " + e.role + " " + quoted(e.key) + " " + e.message.name;
    for (const Personal& parameter : e.message.parameters) line += " " + quoted(parameter);
    return line;
  }
  std::string operator()(const FileRequest& e) const {
    std::string line = "file " + e.kind;
    for (const auto& [name, value] : e.fields) line += " " + name + "=" + quoted(value);
    return line;
  }
};

}  // namespace

std::string line_of(const Event& event) {
  return std::visit(EventLine{}, event);
}
std::string line_of(const Effect& effect) {
  return std::visit(EffectLine{}, effect);
}

// -- scripts ----

namespace {

struct Header {
  std::string pack;
  DialogueSettings settings;
  Moment now;
};

std::string value_of(std::string_view line, std::string_view key) {
  if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ':') return {};
  line.remove_prefix(key.size() + 1);
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  return std::string(line);
}

void read_header_line(std::string_view line, Header& header) {
  if (auto pack = value_of(line, "pack"); !pack.empty()) header.pack = pack;
  if (auto day = parse_iso_date(value_of(line, "today"))) header.now.today = *day;
  if (value_of(line, "past_dates") == "true") header.settings.past_dates = true;
  if (value_of(line, "echo_typed") == "true") header.settings.echo_typed = true;
}

Input input_of(std::string_view words) {
  if (words.starts_with("(tap ") && words.ends_with(")")) {
    const std::string_view tap = words.substr(5, words.size() - 6);
    const std::size_t space = std::min(tap.find(' '), tap.size());
    return Choice{std::string(tap.substr(0, space)),
                  Personal(tap.substr(std::min(space + 1, tap.size())))};
  }
  if (words == "(reaction)") return Unreadable{"reaction", false};
  return Unreadable{std::string(words.substr(1, words.size() - 2)), true};
}

std::string told(const Outcome& outcome) {
  std::string text;
  for (const Event& event : outcome.events) {
    // Every turn of a flow sets it; what comes of it shows when the script waits.
    if (!std::holds_alternative<TimerSet>(event)) text += "| " + line_of(event) + "\n";
  }
  for (const Effect& effect : outcome.effects) text += "| " + line_of(effect) + "\n";
  if (!outcome.reply) return text;
  std::istringstream lines(outcome.reply->text.reveal());
  for (std::string line; std::getline(lines, line);) text += "< " + line + "\n";
  if (!outcome.reply->buttons.empty()) {
    text += "<";
    for (const Button& button : outcome.reply->buttons) {
      text += " [" + button.id + ": " + button.title + "]";
    }
    text += "\n";
  }
  return text;
}

}  // namespace

std::string play(const std::shared_ptr<const Pack>& pack, std::string_view script) {
  Header header;
  std::unique_ptr<Conversation> conversation;
  std::string out;
  std::istringstream lines{std::string(script)};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("<") || line.starts_with("|"))
      continue;  // What is said is found out anew.
    out += line + "\n";
    if (!line.starts_with("> ")) {
      if (!conversation) read_header_line(line, header);
      continue;
    }
    if (!conversation) {
      header.now.at = std::chrono::sys_seconds{header.now.today.time_since_epoch()};
      conversation = std::make_unique<Conversation>(pack, header.settings, header.now);
    }
    const std::string_view words = std::string_view(line).substr(2);
    if (words.starts_with("(wait ")) {
      // Minutes only: another unit makes the script differ from what is written back.
      if (!words.ends_with("m)")) out += "| (wait takes minutes, as 31m)\n";
      const auto minutes = std::stoi(std::string(words.substr(6)));
      out += told(conversation->wait(std::chrono::minutes(minutes)));
      continue;
    }
    const bool other = words.starts_with("(") && words.ends_with(")");
    out += told(other ? conversation->hear(input_of(words)) : conversation->hear(words));
  }
  return out;
}

std::string pack_of(std::string_view script) {
  Header header;
  std::istringstream lines{std::string(script)};
  for (std::string line; std::getline(lines, line);) read_header_line(line, header);
  return header.pack;
}

std::string read_script(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::filesystem::path> scripts_under(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".chat") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace mitr::chat
