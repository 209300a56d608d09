// Wordings of a pack; see pack_phrases.h.
#include "config/pack_phrases.h"

#include <algorithm>
#include <utility>

#include "nlu/text/tokens.h"

namespace mitr {
namespace {

/// WhatsApp refuses button titles beyond this many characters.
constexpr std::size_t kButtonTitleMax = 20;
/// A wording leaves room for its values within WhatsApp's 1024 characters of a message with
/// buttons.
constexpr std::size_t kWordingBytesMax = 600;

class PhraseReader {
 public:
  PhraseReader(const std::string& language, PackMistakes& mistakes)
      : language_(language), mistakes_(mistakes) {}

  /// One wording under `key`, with only the places named.
  void read(const YAML::Node& map, std::string_view key, const std::vector<std::string>& places,
            Phrase& phrase) {
    const std::string text = read_text(map, key, Need::kRequired, mistakes_);
    if (text.empty()) return;
    phrase.add(language_, {{{}, compile(child(map, key), text, places)}});
  }

  void read_title(const YAML::Node& map, std::string_view key, Phrase& phrase) {
    const std::string text = read_text(map, key, Need::kRequired, mistakes_);
    if (characters(text) > kButtonTitleMax) {
      mistakes_.add(child(map, key), "a button's title is too long",
                    "use at most " + std::to_string(kButtonTitleMax) + " characters");
    }
    if (!text.empty()) phrase.add(language_, {{{}, compile(child(map, key), text, {})}});
  }

  /// A text, or a list of {when_same: [a, b], say: text} that ends with a plain {say: text}.
  void read_variants(const YAML::Node& map, std::string_view key,
                     const std::vector<std::string>& places, Phrase& phrase) {
    if (!child(map, key).IsSequence()) {
      read(map, key, places, phrase);
      return;
    }
    std::vector<Phrase::Variant> variants;
    for (const YAML::Node& item : read_list(map, key, Need::kRequired, mistakes_)) {
      if (!expect_map(item, "a variant", {"when_same", "say"}, mistakes_)) continue;
      Phrase::Variant variant;
      if (child(item, "when_same").IsDefined()) {
        const auto slots = read_texts(item, "when_same", mistakes_);
        const bool known = std::all_of(slots.begin(), slots.end(), [&](const std::string& slot) {
          return std::find(places.begin(), places.end(), slot) != places.end();
        });
        if (slots.size() != 2 || !known) {
          mistakes_.add(child(item, "when_same"), "'when_same' does not name two slots",
                        "write [a, b] with two slots of the flow");
          continue;
        }
        variant.when_same = {slots[0], slots[1]};
      }
      const std::string text = read_text(item, "say", Need::kRequired, mistakes_);
      variant.wording = compile(child(item, "say"), text, places);
      variants.push_back(std::move(variant));
    }
    if (variants.empty() || !variants.back().when_same.first.empty()) {
      mistakes_.add(child(map, key), "no variant is left when none of the conditions holds",
                    "end the list with one that has only 'say'");
      return;
    }
    phrase.add(language_, std::move(variants));
  }

 private:
  Wording compile(const YAML::Node& at, const std::string& text,
                  const std::vector<std::string>& places) {
    if (text.size() > kWordingBytesMax) {
      mistakes_.add(at, "the wording is too long",
                    "use at most " + std::to_string(kWordingBytesMax) + " bytes");
    }
    Wording wording = Wording::compile(text);
    for (const Wording::Piece& piece : wording.pieces()) {
      if (piece.place.empty() && piece.literal.find('{') == std::string::npos) continue;
      if (std::find(places.begin(), places.end(), piece.place) != places.end()) continue;
      const std::string known =
          places.empty() ? "no place may stand here" : "use one of: " + listed(places);
      mistakes_.add(at, "'{" + piece.place + "}' names nothing here", known);
    }
    return wording;
  }

  const std::string& language_;
  PackMistakes& mistakes_;
};

void read_common(const YAML::Node& root, CommonPhrases& common, PhraseReader& reader,
                 PackMistakes& mistakes) {
  const YAML::Node node = child(root, "common");
  if (!node.IsDefined()) {
    mistakes.add(root, "'common' is missing", "add 'common:' with welcome, help, cancelled …");
    return;
  }
  const std::initializer_list<std::pair<std::string_view, Phrase*>> phrases = {
      {"welcome", &common.welcome},
      {"welcome_thanks", &common.welcome_thanks},
      {"cancelled", &common.cancelled},
      {"nothing_to_cancel", &common.nothing_to_cancel},
      {"gave_up", &common.gave_up},
      {"unreadable", &common.unreadable},
      {"what_to_change", &common.what_to_change},
      {"confirm_again", &common.confirm_again},
      {"retired", &common.retired}};
  if (!expect_map(node, "common",
                  {"welcome", "help", "welcome_thanks", "cancelled", "nothing_to_cancel", "gave_up",
                   "unreadable", "what_to_change", "confirm_again", "retired", "yes", "no"},
                  mistakes)) {
    return;
  }
  for (const auto& [key, phrase] : phrases) reader.read(node, key, {}, *phrase);
  reader.read(node, "help", {"offers"}, common.help);
  reader.read_title(node, "yes", common.yes);
  reader.read_title(node, "no", common.no);
}

/// The node under `key` as a map with exactly the names given.
YAML::Node exact_map(const YAML::Node& parent, const std::string& key,
                     const std::vector<std::string>& names, PackMistakes& mistakes) {
  const YAML::Node node = child(parent, key);
  if (!node.IsDefined()) {
    if (!names.empty()) {
      mistakes.add(parent, "'" + key + "' is missing", "add '" + key + ":' with " + listed(names));
    }
    return node;
  }
  for (const std::string& name : own_keys(node, key, mistakes)) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      std::string what = "'" + name;
      what.append("' in ").append(key).append(" is not in pack.yaml");
      mistakes.add(child(node, name), std::move(what),
                   names.empty() ? "remove it" : "use one of: " + listed(names));
    }
  }
  return node;
}

void read_slot_phrases(const YAML::Node& node, const std::vector<std::string>& places, Slot& slot,
                       PhraseReader& reader, PackMistakes& mistakes) {
  if (!expect_map(node, "the slot's wording", {"ask", "ask_again", "checks", "options"},
                  mistakes)) {
    return;
  }
  reader.read(node, "ask", places, slot.ask);
  reader.read(node, "ask_again", places, slot.ask_again);
  std::vector<std::string> names;
  for (const Check& check : slot.checks) names.push_back(check.name);
  const YAML::Node checks = exact_map(node, "checks", names, mistakes);
  if (checks.IsMap()) {
    for (Check& check : slot.checks) reader.read(checks, check.name, places, check.message);
  }
  names.clear();
  for (const Option& option : slot.options) names.push_back(option.id);
  const YAML::Node options = exact_map(node, "options", names, mistakes);
  if (options.IsMap()) {
    for (Option& option : slot.options) reader.read_title(options, option.id, option.title);
  }
}

void read_flow_phrases(const YAML::Node& node, Flow& flow, PhraseReader& reader,
                       PackMistakes& mistakes) {
  if (!expect_map(node, "the flow's wording", {"offer", "summary", "done", "reminder", "slots"},
                  mistakes)) {
    return;
  }
  std::vector<std::string> places;
  for (const Slot& slot : flow.slots) places.push_back(slot.name);
  reader.read(node, "offer", {}, flow.offer);
  reader.read_variants(node, "summary", places, flow.summary);
  reader.read(node, "done", places, flow.done);
  if (flow.remind_after.count() > 0) {
    reader.read(node, "reminder", places, flow.reminder);
  } else if (child(node, "reminder").IsDefined()) {
    mistakes.add(child(node, "reminder"), "flow '" + flow.name + "' sends no reminder",
                 "give it 'reminder:' in pack.yaml, or remove this line");
  }
  const YAML::Node slots = exact_map(node, "slots", places, mistakes);
  if (!slots.IsMap()) return;
  for (Slot& slot : flow.slots) {
    const YAML::Node wording = child(slots, slot.name);
    if (wording.IsDefined()) {
      read_slot_phrases(wording, places, slot, reader, mistakes);
    } else {
      mistakes.add(slots, "slot '" + slot.name + "' has no wording",
                   "add '" + slot.name + ":' with ask and ask_again");
    }
  }
}

}  // namespace

void read_phrases(const YAML::Node& root, const std::string& language, PackParts& parts,
                  PackMistakes& mistakes) {
  if (!expect_map(root, "the phrases", {"language", "common", "flows"}, mistakes)) return;
  const std::string named = read_text(root, "language", Need::kRequired, mistakes);
  if (!named.empty() && named != language) {
    mistakes.add(child(root, "language"), "the file's name says '" + language + "'",
                 "write 'language: " + language + "' or rename the file");
  }
  parts.languages.push_back(language);
  PhraseReader reader(language, mistakes);
  read_common(root, parts.phrases, reader, mistakes);
  std::vector<std::string> names;
  for (const Flow& flow : parts.flows) names.push_back(flow.name);
  const YAML::Node flows = exact_map(root, "flows", names, mistakes);
  if (!flows.IsMap()) return;
  for (Flow& flow : parts.flows) {
    const YAML::Node wording = child(flows, flow.name);
    if (wording.IsDefined()) {
      read_flow_phrases(wording, flow, reader, mistakes);
    } else {
      mistakes.add(flows, "flow '" + flow.name + "' has no wording",
                   "add '" + flow.name + ":' with offer, summary, done and slots");
    }
  }
}

}  // namespace mitr
