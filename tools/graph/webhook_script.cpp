#include "tools/graph/webhook_script.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "protocols/limits.h"
#include "protocols/whatsapp/notification.h"
#include "tools/graph/wamid.h"
#include "tools/graph/webhook_kinds.h"

namespace mitr::graph {
namespace {

using nlohmann::json;

/// Reads the members of one object, and remembers the first mistake.
class Members {
 public:
  Members(const json& object, std::string place) : object_(object), place_(std::move(place)) {
    if (!object_.is_object()) mistake_ = place_ + ": an object is expected";
  }

  void text(const char* key, std::string& out) {
    if (const auto* member = take(key, "a string", &json::is_string))
      out = member->get<std::string>();
  }
  void flag(const char* key, bool& out) {
    if (const auto* member = take(key, "true or false", &json::is_boolean))
      out = member->get<bool>();
  }
  template <class Number>
  void number(const char* key, Number& out, std::uint64_t most) {
    const auto* member = take(key, "a whole number", &json::is_number_unsigned);
    if (member == nullptr) return;
    const auto value = member->get<std::uint64_t>();
    if (value > most) return note(std::string(key) + ": at most " + std::to_string(most));
    out = static_cast<Number>(value);
  }
  /// Nothing, or what is wrong: also a member that nobody asked for.
  std::string mistake() const {
    if (!mistake_.empty()) return mistake_;
    for (const auto& [key, value] : object_.items())
      if (std::find(known_.begin(), known_.end(), key) == known_.end())
        return place_ + "." + key + ": not known";
    return {};
  }
  const json* list(const char* key) { return take(key, "a list", &json::is_array); }

 private:
  const json* take(const char* key, const char* expected, bool (json::*fits)() const noexcept) {
    known_.emplace_back(key);
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    if (found == object_.end()) return nullptr;
    if (!((*found).*fits)()) {
      note(std::string(key) + ": " + expected + " is expected");
      return nullptr;
    }
    return &*found;
  }
  void note(const std::string& what) {
    if (mistake_.empty()) mistake_ = place_ + "." + what;
  }

  const json& object_;
  std::string place_;
  std::string mistake_;
  std::vector<std::string> known_;
};

std::string read_line(const json& object, std::size_t place, ScriptLine& line) {
  Members members(object, "lines[" + std::to_string(place) + "]");
  std::uint64_t after = 0;
  members.text("kind", line.kind);
  members.text("number", line.number);
  members.text("from", line.from.reveal());
  members.text("text", line.text.reveal());
  members.text("callback", line.callback);
  members.number("times", line.times, limits::kSimScriptTimesMax);
  members.number(
      "after_ms", after,
      static_cast<std::uint64_t>(std::chrono::milliseconds(limits::kSimScriptDelayMax).count()));
  members.number("about", line.about, limits::kSimScriptLinesMax);
  members.flag("phone_hidden", line.phone_hidden);
  line.after = std::chrono::milliseconds(after);
  return members.mistake();
}

/// One copy of one line.
struct Copy {
  std::chrono::milliseconds after;
  const whatsapp::Notification* webhook;
};

std::vector<ScriptedPost> in_batches(const std::vector<Copy>& copies, std::size_t batch) {
  std::vector<ScriptedPost> posts;
  for (std::size_t at = 0; at < copies.size(); at += batch) {
    whatsapp::Notification together;
    together.object = copies[at].webhook->object;
    ScriptedPost post;
    for (auto i = at; i < std::min(at + batch, copies.size()); ++i) {
      const auto& entries = copies[i].webhook->entries;
      together.entries.insert(together.entries.end(), entries.begin(), entries.end());
      post.after = std::max(post.after, copies[i].after);
    }
    post.body = whatsapp::webhook_json(together);
    posts.push_back(std::move(post));
  }
  return posts;
}

}  // namespace

Result<WebhookScript> read_script(std::string_view text) {
  const auto root = json::parse(text, nullptr, false);
  WebhookScript script;
  Members members(root, "script");
  members.number("batch", script.batch, limits::kWebhookItemsMax);
  members.flag("shuffled", script.shuffled);
  members.flag("concurrent", script.concurrent);
  members.number("seed", script.seed, UINT64_MAX);
  if (const auto* lines = members.list("lines")) {
    if (lines->size() > limits::kSimScriptLinesMax)
      return Error{Errc::kTooLarge, "script.lines: too many"};
    for (const auto& each : *lines) {
      ScriptLine line;
      const auto mistake = read_line(each, script.lines.size(), line);
      if (!mistake.empty()) return Error{Errc::kMalformed, mistake};
      script.lines.push_back(std::move(line));
    }
  }
  const auto mistake = members.mistake();
  if (!mistake.empty()) return Error{Errc::kMalformed, mistake};
  if (script.batch == 0) return Error{Errc::kMalformed, "script.batch: at least 1 is expected"};
  return script;
}

Result<std::vector<ScriptedPost>> plan_posts(const WebhookScript& script,
                                             const std::vector<SimNumber>& numbers,
                                             std::chrono::sys_seconds now) {
  // Ids first: a line may name one that stands behind it.
  std::vector<Personal> ids;
  for (const auto& line : script.lines)
    ids.push_back(make_wamid(line.from.reveal(), Direction::kFromPerson));
  std::vector<whatsapp::Notification> webhooks;
  webhooks.reserve(script.lines.size());
  std::vector<Copy> copies;
  for (std::size_t i = 0; i < script.lines.size(); ++i) {
    const auto& line = script.lines[i];
    const auto place = "lines[" + std::to_string(i) + "]";
    const auto number = std::find_if(numbers.begin(), numbers.end(),
                                     [&](const SimNumber& each) { return each.id == line.number; });
    if (number == numbers.end()) return Error{Errc::kNotFound, place + ".number: not one of ours"};
    if (line.about > ids.size()) return Error{Errc::kNotFound, place + ".about: no such line"};
    const auto about = line.about == 0 ? i : line.about;
    WebhookParts parts{*number,   line.from,     Personal("Guest"), ids[i], {},
                       line.text, line.callback, line.phone_hidden, now};
    parts.about =
        about == 0 ? make_wamid(line.from.reveal(), Direction::kFromPerson) : ids[about - 1];
    auto webhook = make_webhook(line.kind, parts);
    if (!webhook) return Error{Errc::kNotFound, place + ".kind: not known"};
    webhooks.push_back(*std::move(webhook));
    copies.insert(copies.end(), line.times, {line.after, &webhooks.back()});
  }
  if (script.shuffled) {
    std::mt19937_64 chance(script.seed);
    std::shuffle(copies.begin(), copies.end(), chance);
  }
  return in_batches(copies, script.batch);
}

}  // namespace mitr::graph
