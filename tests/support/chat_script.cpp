// Playing .chat files; see chat_script.h.
#include "tests/support/chat_script.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "nlu/records/record_list.h"
#include "nlu/slots/date.h"
#include "nlu/slots/sent_value.h"
#include "nlu/text/tokens.h"

namespace mitr::chat {

Conversation::Conversation(std::shared_ptr<const Pack> pack, DialogueSettings settings, Moment now)
    : pack_(std::move(pack)), settings_(std::move(settings)), now_(now) {}

Understanding Conversation::understood(const Personal& text) const {
  return understand(*pack_, settings_, state_, text, now_);
}

Outcome Conversation::hear(std::string_view text) {
  const Personal words(text);
  return hear(HeardWords{words, understood(words)});
}

Outcome Conversation::hear(const Input& sent) {
  Input input = sent;
  if (auto* file = std::get_if<HeardAttachment>(&input)) {
    file->understanding = understood(file->attachment.caption);
  } else if (auto* keys = std::get_if<Digits>(&input)) {
    keys->understanding = understood(keys->digits);
  }
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
  for (const char c : text.reveal()) {
    // The marks of several records in one value.
    out += c == '\n' ? "\\n" : c == '\x1F' ? "|" : c == '\x1E' ? ";" : std::string(1, c);
  }
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
  std::string operator()(const Moved& e) const {
    static constexpr const char* names[] = {"none",       "yes",     "no",     "cancel", "greet",
                                            "thanks",     "skip",    "repeat", "why",    "human",
                                            "start_over", "hold_on", "refuse", "bye",    "abuse",
                                            "menu",       "keep",    "other",  "stop",   "start"};
    return std::string("moved ") + names[static_cast<std::size_t>(e.move)];
  }
  std::string operator()(const FlowSuspended& e) const { return "flow_suspended " + e.flow; }
  std::string operator()(const FlowResumed& e) const { return "flow_resumed " + e.flow; }
  std::string operator()(const FlowQueued& e) const { return "flow_queued " + e.flow; }
  std::string operator()(const SlotSkipped& e) const { return "slot_skipped " + e.slot; }
  std::string operator()(const StepDone& e) const { return "step_done " + e.step; }
  std::string operator()(const StepUndone& e) const { return "step_undone " + e.step; }
  std::string operator()(const Doubted& e) const {
    std::string line = "doubted";
    for (const SlotCandidate& each : e.choices) {
      line += " " + each.slot;
      if (!each.value.empty()) line += " " + quoted(each.value);
    }
    return line;
  }
  std::string operator()(const HandedOver& e) const { return "handed_over " + e.reason; }
  std::string operator()(const HandedBack&) const { return "handed_back"; }
  std::string operator()(const Pinned&) const { return "pinned"; }
  std::string operator()(const Migrated&) const { return "migrated"; }
  std::string operator()(const ConsentSet& e) const {
    return std::string("consent_set ") + (e.granted ? "granted" : "withdrawn");
  }
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
  std::string operator()(const CallOut& e) const {
    std::string line = "call " + e.step + " " + e.name;
    for (const auto& [name, value] : e.arguments) line += " " + name + "=" + quoted(value);
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
  if (auto tongue = value_of(line, "language"); !tongue.empty()) header.settings.language = tongue;
  if (auto kinds = value_of(line, "records"); !kinds.empty()) {
    std::istringstream names(kinds);
    for (std::string kind; names >> kind;) header.settings.records.add(kind);
  }
  if (value_of(line, "past_dates") == "true") header.settings.past_dates = true;
  if (value_of(line, "echo_typed") == "true") header.settings.echo_typed = true;
}

/// Parts between the marks, without blanks around them.
std::vector<std::string> parts_of(std::string_view text, char mark) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = std::min(text.find(mark), text.size());
    parts.emplace_back(trimmed(text.substr(0, end)));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

/// "(rows STEP a|b|c; d|e|f)" and "(found STEP name=value; name=value)": what a call found.
std::optional<Input> found_of(std::string_view words) {
  const bool rows = words.starts_with("(rows ");
  if (!rows && !words.starts_with("(found ")) return std::nullopt;
  words = words.substr(rows ? 6 : 7, words.size() - (rows ? 7 : 8));
  const std::size_t space = std::min(words.find(' '), words.size());
  CallResult result{.step = std::string(words.substr(0, space)), .ok = true, .values = {}};
  const std::string_view rest = trimmed(words.substr(space));
  if (rest.empty()) return result;
  std::vector<RecordRow> found;
  for (const std::string& part : parts_of(rest, ';')) {
    if (rows) {
      found.push_back(parts_of(part, '|'));
      continue;
    }
    const std::size_t equals = std::min(part.find('='), part.size() - 1);
    result.values.emplace_back(part.substr(0, equals), Personal(part.substr(equals + 1)));
  }
  if (rows) result.values.emplace_back("rows", Personal(encode_rows(found)));
  return result;
}

/// What stands between "(kind " and ")".
std::string_view inside(std::string_view words, std::size_t start) {
  return words.substr(start, words.size() - start - 1);
}

Input input_of(std::string_view words) {
  if (const auto found = found_of(words)) return *found;
  if (words.starts_with("(tap ") && words.ends_with(")")) {
    const std::string_view tap = words.substr(5, words.size() - 6);
    const std::size_t space = std::min(tap.find(' '), tap.size());
    return Choice{std::string(tap.substr(0, space)),
                  Personal(tap.substr(std::min(space + 1, tap.size())))};
  }
  if (words == "(reaction)") return Unreadable{"reaction", false};
  if (words == "(empty)") return HeardWords{};
  if (words == "(hand back)") return HandBack{};
  if (words.starts_with("(result ")) {
    std::istringstream parts{std::string(words.substr(8, words.size() - 9))};
    CallResult result;
    std::string verdict;
    parts >> result.step >> verdict;
    result.ok = verdict == "ok";
    for (std::string pair; parts >> pair;) {
      const std::size_t equals = std::min(pair.find('='), pair.size() - 1);
      result.values.emplace_back(pair.substr(0, equals), Personal(pair.substr(equals + 1)));
    }
    return result;
  }
  if (words == "(silence)") return Silence{};
  if (words == "(interrupted)") return Interrupted{1200};
  if (words == "(withdraw)") return ConsentChange{Consent::kMessages, false};
  if (words == "(grant)") return ConsentChange{Consent::kMessages, true};
  if (words.starts_with("(human ")) return HumanMessage{Personal(inside(words, 7)), false};
  if (words.starts_with("(notice ")) return Proactive{Personal(inside(words, 8)), false};
  if (words.starts_with("(press ")) return Digits{Personal(inside(words, 7)), {}};
  if (words == "(location)") {
    return Location{12'971'599, 77'594'566, Personal("Cubbon Park"), {}};
  }
  if (words == "(order)") return Order{{{"rice-5kg", 2, 32'000}}};
  for (const AttachmentKind kind : {AttachmentKind::kImage, AttachmentKind::kDocument,
                                    AttachmentKind::kVideo, AttachmentKind::kSticker}) {
    const std::string start = "(" + std::string(word_for(kind));
    if (!words.starts_with(start)) continue;
    const std::string_view caption = inside(words, start.size());
    return HeardAttachment{{kind, Personal("media-1"), "", Personal(trimmed(caption))}, {}};
  }
  return Unreadable{std::string(words.substr(1, words.size() - 2)), true};
}

std::string told(const Outcome& outcome) {
  std::string text;
  for (const Event& event : outcome.events) {
    // Every turn of a flow sets it; what comes of it shows when the script waits.
    // A flow is pinned to the pack it begins under, always.
    const bool usual =
        std::holds_alternative<TimerSet>(event) || std::holds_alternative<Pinned>(event);
    if (!usual) text += "| " + line_of(event) + "\n";
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

namespace {

/// The contacts of one script, each with a conversation of their own.
class Stage {
 public:
  Stage(std::shared_ptr<const Pack> pack, const Header& header, const LoadPack& load)
      : pack_(std::move(pack)), header_(header), load_(load) {
    header_.now.at = std::chrono::sys_seconds{header.now.today.time_since_epoch()};
  }

  std::string hear(std::string_view words) {
    if (words.starts_with("(as ")) {
      contact_ = words;
      return {};
    }
    if (words.starts_with("(deploy ")) {
      pack_ = load_ ? load_(std::string(words.substr(8, words.size() - 9))) : nullptr;
      if (!pack_) return "| (no such pack)\n";
      for (auto& [name, talk] : talks_) talk.deploy(pack_);
      return {};
    }
    auto& talk = talks_.try_emplace(contact_, pack_, header_.settings, header_.now).first->second;
    if (words.starts_with("(wait ")) {
      // Minutes only: another unit makes the script differ from what is written back.
      if (!words.ends_with("m)")) return "| (wait takes minutes, as 31m)\n";
      return told(talk.wait(std::chrono::minutes(std::stoi(std::string(words.substr(6))))));
    }
    const bool other = words.starts_with("(") && words.ends_with(")");
    return told(other ? talk.hear(input_of(words)) : talk.hear(words));
  }

 private:
  std::shared_ptr<const Pack> pack_;
  Header header_;
  const LoadPack& load_;
  std::string contact_;
  std::map<std::string, Conversation> talks_;
};

}  // namespace

std::string play(const std::shared_ptr<const Pack>& pack, std::string_view script,
                 const LoadPack& load) {
  Header header;
  std::unique_ptr<Stage> stage;
  std::string out;
  std::istringstream lines{std::string(script)};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("<") || line.starts_with("|"))
      continue;  // What is said is found out anew.
    out += line + "\n";
    if (!line.starts_with("> ")) {
      if (!stage) read_header_line(line, header);
      continue;
    }
    if (!stage) stage = std::make_unique<Stage>(pack, header, load);
    out += stage->hear(std::string_view(line).substr(2));
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
