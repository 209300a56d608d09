// Conversations as prose: a .chat file is read, played through understanding and step, and written
// again as it really went. Equal text means the test passes; MITR_GOLDEN=rewrite replaces the file
// instead.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"

namespace mitr::chat {

/// One conversation being held with a pack.
class Conversation {
 public:
  Conversation(std::shared_ptr<const Pack> pack, DialogueSettings settings, Moment now);
  /// What the contact writes: understood, decided, folded. Fails no test itself.
  Outcome hear(std::string_view text);
  /// Any other input; captions and keys are understood first, as words are.
  Outcome hear(const Input& input);
  /// Lets time pass; the machine is woken at the end of it.
  Outcome wait(std::chrono::minutes time);
  /// Another version of the pack from now on.
  void deploy(std::shared_ptr<const Pack> pack) { pack_ = std::move(pack); }
  const DialogueState& state() const { return state_; }
  /// State as the fold of every event so far, from nothing.
  const DialogueState& folded() const { return folded_; }
  /// Text of the last outcome's reply; empty: silent.
  const std::string& reply() const { return reply_; }
  const Outcome& last() const { return last_; }

 private:
  Understanding understood(const Personal& text) const;

  std::shared_ptr<const Pack> pack_;
  DialogueSettings settings_;
  Moment now_;
  DialogueState state_;
  DialogueState folded_;
  std::string reply_;
  Outcome last_;
};

/// "slot_filled student 'Aisha Khan'" and the like: one line, as it stands behind "| ".
std::string line_of(const Event& event);
std::string line_of(const Effect& effect);

/// Plays a script and answers it as it went. Header lines "key: value" (pack, today, language,
/// past_dates, echo_typed), then "> words", "> (tap id title)", "> (image)", "> (reaction)",
/// "> (wait 31m)", "> (as mother)" for another contact, "> (deploy FOLDER)" for another pack,
/// "> (hand back)", "> (result STEP ok slot=value)", "> (empty)"; "#" lines and empty ones are
/// kept. `load` finds the pack of a folder, for "(deploy …)".
using LoadPack = std::function<std::shared_ptr<const Pack>(const std::string& folder)>;
std::string play(const std::shared_ptr<const Pack>& pack, std::string_view script,
                 const LoadPack& load = {});
/// Pack named in the script's header.
std::string pack_of(std::string_view script);

std::string read_script(const std::filesystem::path& file);
/// Every .chat file under the folder, in order.
std::vector<std::filesystem::path> scripts_under(const std::filesystem::path& folder);

}  // namespace mitr::chat
