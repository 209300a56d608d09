// Holding a conversation without a server; see offline.h.
#include "tools/chat/offline.h"

#include <charconv>
#include <variant>
#include <vector>

#include "config/pack_file.h"
#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"
#include "tools/chat/offline_records.h"

namespace mitr::chat {
namespace {

class Talk {
 public:
  Talk(const Pack& pack, const OfflineOptions& options, std::ostream& out)
      : pack_(pack), options_(options), out_(out) {
    settings_.language = options.language;
  }

  /// False: a table has mistakes.
  bool look_up_in(const std::filesystem::path& folder, std::ostream& complaints) {
    if (folder.empty()) return true;
    const bool sound = records_.read(folder, options_.clock().today, complaints);
    settings_.records = records_.kinds();
    return sound;
  }

  void hear(const std::string& line) {
    const Moment now = options_.clock();
    // A form left for too long is closed before the next line is read, as the node's timer would.
    if (state_.wake_at != 0 && now.at.time_since_epoch().count() >= state_.wake_at) {
      take(TimerFired{}, now);
    }
    std::size_t choice = 0;
    const auto read = std::from_chars(line.data(), line.data() + line.size(), choice);
    const bool tap = read.ec == std::errc{} && read.ptr == line.data() + line.size() &&
                     choice >= 1 && choice <= buttons_.size();
    if (tap) {
      const Button button = buttons_[choice - 1];
      take(Choice{button.id, Personal(button.title)}, now);
      return;
    }
    auto heard = pack_.understander().understand(line, expectation(pack_, settings_, state_, now));
    take(HeardWords{Personal(line), std::move(heard)}, now);
  }

 private:
  void take(const Input& input, const Moment& now) {
    const Outcome outcome = step(pack_, settings_, state_, input, now);
    for (const Event& event : outcome.events) mitr::apply(state_, event);
    for (const Effect& effect : outcome.effects) show(effect);
    say(outcome);
    for (const Effect& effect : outcome.effects) {
      const auto* call = std::get_if<CallOut>(&effect);
      if (call == nullptr) continue;
      if (auto found = records_.answer(*call, options_.phone, now)) take(*std::move(found), now);
    }
  }

  void say(const Outcome& outcome) {
    if (!outcome.reply) return;
    std::string text = outcome.reply->text.reveal();
    for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 3)) {
      text.replace(at, 1, "\n  ");
    }
    out_ << "< " << text << '\n';
    buttons_ = outcome.reply->buttons;
    for (std::size_t at = 0; at < buttons_.size(); ++at) {
      out_ << (at == 0 ? "  " : " ") << '[' << at + 1 << "] " << buttons_[at].title;
    }
    if (!buttons_.empty()) out_ << '\n';
  }

  /// What a node would do. It is the writer's own conversation: nothing here is anybody else's.
  void show(const Effect& effect) {
    if (const auto* file = std::get_if<FileRequest>(&effect)) {
      out_ << "  (stored: " << file->kind << ")\n";
    } else if (const auto* notify = std::get_if<Notify>(&effect)) {
      out_ << "  (told: " << notify->role << ", " << notify->message.name << ")\n";
    } else if (const auto* call = std::get_if<CallOut>(&effect)) {
      out_ << "  (called: " << call->name << ")\n";
    }
  }

  const Pack& pack_;
  const OfflineOptions& options_;
  std::ostream& out_;
  DialogueSettings settings_;
  DialogueState state_;
  std::vector<Button> buttons_;
  OfflineRecords records_;
};

}  // namespace

int run_offline(const OfflineOptions& options, std::istream& in, std::ostream& out,
                std::ostream& complaints) {
  const LoadedPack loaded = load_pack(options.pack);
  for (const PackMistake& mistake : loaded.mistakes) complaints << to_string(mistake) << '\n';
  if (!loaded.pack) return 2;
  if (options.interactive) {
    out << "You write to the pack '" << loaded.pack->name() << "'. End with Ctrl-D.\n";
  }
  Talk talk(*loaded.pack, options, out);
  if (!talk.look_up_in(options.records, complaints)) return 2;
  std::string line;
  while (true) {
    if (options.interactive) out << "> " << std::flush;
    if (!std::getline(in, line)) break;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    if (!options.interactive) out << "> " << line << '\n';
    talk.hear(line);
  }
  if (options.interactive) out << '\n';
  return 0;
}

}  // namespace mitr::chat
