// Wordings of a pack; see pack_phrases.h.
#include "config/pack_phrases.h"

#include <algorithm>
#include <utility>

#include "nlu/text/tokens.h"
#include "protocols/limits.h"

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

  /// One wording under `key`, or a list of them said in turn, with only the places named.
  void read(const YAML::Node& map, std::string_view key, const std::vector<std::string>& places,
            Phrase& phrase, Need need = Need::kRequired) {
    if (need == Need::kOptional && !child(map, key).IsDefined()) return;
    Phrase::Variant variant;
    if (child(map, key).IsSequence()) {
      for (const std::string& text : read_texts(map, key, mistakes_)) {
        Wording wording = compile(child(map, key), text, places);
        if (variant.wording.pieces().empty()) {
          variant.wording = std::move(wording);
        } else {
          variant.others.push_back(std::move(wording));
        }
      }
    } else {
      const std::string text = read_text(map, key, Need::kRequired, mistakes_);
      if (text.empty()) return;
      variant.wording = compile(child(map, key), text, places);
    }
    phrase.add(language_, {std::move(variant)});
  }

  void read_title(const YAML::Node& map, std::string_view key, Phrase& phrase,
                  Need need = Need::kRequired, std::size_t most = kButtonTitleMax) {
    if (need == Need::kOptional && !child(map, key).IsDefined()) return;
    const std::string text = read_text(map, key, Need::kRequired, mistakes_);
    if (characters(text) > most) {
      mistakes_.add(child(map, key), "a button's title is too long",
                    "use at most " + std::to_string(most) + " characters");
    }
    if (!text.empty()) phrase.add(language_, {{{}, compile(child(map, key), text, {}), {}}});
  }

  /// A text, or a list of {when_same: [a, b], say: text} or {when_one: slot, say: text} that ends
  /// with a plain {say: text}.
  void read_variants(const YAML::Node& map, std::string_view key,
                     const std::vector<std::string>& places, Phrase& phrase) {
    const YAML::Node list = child(map, key);
    if (!list.IsSequence() || (list.size() > 0 && list[0].IsScalar())) {
      read(map, key, places, phrase);
      return;
    }
    std::vector<Phrase::Variant> variants;
    for (const YAML::Node& item : read_list(map, key, Need::kRequired, mistakes_)) {
      if (!expect_map(item, "a variant", {"when_same", "when_one", "say"}, mistakes_)) continue;
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
      variant.when_one = read_name(item, "when_one", Need::kOptional, mistakes_);
      const bool counted = variant.when_one.empty() || std::find(places.begin(), places.end(),
                                                                 variant.when_one) != places.end();
      if (!counted) {
        mistakes_.add(child(item, "when_one"), "'" + variant.when_one + "' is no slot of the flow",
                      "name a number, or the rows that are counted");
      }
      const std::string text = read_text(item, "say", Need::kRequired, mistakes_);
      variant.wording = compile(child(item, "say"), text, places);
      variants.push_back(std::move(variant));
    }
    if (variants.empty() || !variants.back().always()) {
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

struct CommonKey {
  std::string_view key;
  Phrase CommonPhrases::*phrase;
  std::string_view place;  ///< The one place that may stand in it.
};

constexpr CommonKey kCommonKeys[] = {
    {"welcome", &CommonPhrases::welcome, ""},
    {"help", &CommonPhrases::help, "offers"},
    {"welcome_thanks", &CommonPhrases::welcome_thanks, ""},
    {"cancelled", &CommonPhrases::cancelled, ""},
    {"nothing_to_cancel", &CommonPhrases::nothing_to_cancel, ""},
    {"gave_up", &CommonPhrases::gave_up, ""},
    {"unreadable", &CommonPhrases::unreadable, ""},
    {"what_to_change", &CommonPhrases::what_to_change, ""},
    {"confirm_again", &CommonPhrases::confirm_again, ""},
    {"retired", &CommonPhrases::retired, ""},
    {"skipped", &CommonPhrases::skipped, ""},
    {"cannot_skip", &CommonPhrases::cannot_skip, ""},
    {"why", &CommonPhrases::why, ""},
    {"why_confirm", &CommonPhrases::why_confirm, ""},
    {"refused", &CommonPhrases::refused, ""},
    {"hold_on", &CommonPhrases::hold_on, ""},
    {"stopped", &CommonPhrases::stopped, ""},
    {"started", &CommonPhrases::started, ""},
    {"goodbye", &CommonPhrases::goodbye, "flow"},
    {"goodbye_empty", &CommonPhrases::goodbye_empty, ""},
    {"human", &CommonPhrases::human, ""},
    {"human_missed", &CommonPhrases::human_missed, ""},
    {"start_over", &CommonPhrases::start_over, ""},
    {"calm", &CommonPhrases::calm, ""},
    {"changed", &CommonPhrases::changed, "value"},
    {"kept", &CommonPhrases::kept, "value"},
    {"set_aside", &CommonPhrases::set_aside, "flow"},
    {"resume", &CommonPhrases::resume, "flow"},
    {"resumed", &CommonPhrases::resumed, "flow"},
    {"next_matter", &CommonPhrases::next_matter, "flow"},
    {"dropped", &CommonPhrases::dropped, "flow"},
    {"too_deep", &CommonPhrases::too_deep, ""},
    {"which_flow", &CommonPhrases::which_flow, "choices"},
    {"which_slot", &CommonPhrases::which_slot, "choices"},
    {"which_value", &CommonPhrases::which_value, "choices"},
    {"settled", &CommonPhrases::settled, ""},
    {"closed", &CommonPhrases::closed, "flow"},
    {"not_now", &CommonPhrases::not_now, ""},
    {"waiting", &CommonPhrases::waiting, ""},
};

/// What the language does not say yet must be said here.
void read_common(const YAML::Node& root, const std::string& language, CommonPhrases& common,
                 PhraseReader& reader, PackMistakes& mistakes) {
  const YAML::Node node = child(root, "common");
  if (!node.IsDefined()) {
    if (common.welcome.speaks(language)) return;
    mistakes.add(root, "'common' is missing", "add 'common:' with welcome, help, cancelled …");
    return;
  }
  std::vector<std::string> known{"yes", "no"};
  for (const CommonKey& each : kCommonKeys) known.emplace_back(each.key);
  if (!expect_map(node, "common", known, mistakes)) return;
  const auto need = [&](const Phrase& phrase) {
    return phrase.speaks(language) ? Need::kOptional : Need::kRequired;
  };
  for (const CommonKey& each : kCommonKeys) {
    std::vector<std::string> places;
    if (!each.place.empty()) places.emplace_back(each.place);
    if (each.key == "which_slot") places.emplace_back("value");
    Phrase& phrase = common.*each.phrase;
    reader.read(node, each.key, places, phrase, need(phrase));
  }
  reader.read_title(node, "yes", common.yes, need(common.yes));
  reader.read_title(node, "no", common.no, need(common.no));
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
  if (!expect_map(node, "the slot's wording",
                  {"ask", "ask_again", "why", "title", "checks", "options"}, mistakes)) {
    return;
  }
  reader.read(node, "ask", places, slot.ask);
  reader.read(node, "ask_again", places, slot.ask_again);
  reader.read(node, "why", places, slot.why, Need::kOptional);
  reader.read_title(node, "title", slot.title, Need::kOptional);
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
    const bool rows =
        slot.kind == SlotKind::kProduct || slot.options.size() > limits::kSendButtonsMax;
    const std::size_t most = rows ? limits::kSendRowTitleUnitsMax : kButtonTitleMax;
    for (Option& option : slot.options) {
      reader.read_title(options, option.id, option.title, Need::kRequired, most);
    }
  }
}

/// A slot that is only set, or heard in passing, needs no question.
bool is_asked(const Flow& flow, std::string_view slot) {
  return flow.steps.empty() ||
         std::any_of(flow.steps.begin(), flow.steps.end(), [&](const Step& step) {
           return step.kind == Step::Kind::kCollect && step.slot == slot;
         });
}

void read_flow_phrases(const YAML::Node& node, Flow& flow, PhraseReader& reader,
                       PackMistakes& mistakes) {
  if (!expect_map(node, "the flow's wording",
                  {"title", "offer", "closed", "summary", "done", "reminder", "say", "slots"},
                  mistakes)) {
    return;
  }
  std::vector<std::string> places;
  for (const Slot& slot : flow.slots) places.push_back(slot.name);
  reader.read_title(node, "title", flow.title);
  reader.read(node, "offer", {}, flow.offer, Need::kOptional);
  const bool confirms =
      flow.steps.empty() ? flow.confirm
                         : std::any_of(flow.steps.begin(), flow.steps.end(), [](const Step& step) {
                             return step.kind == Step::Kind::kConfirm;
                           });
  if (confirms) {
    reader.read_variants(node, "summary", places, flow.summary);
  } else if (child(node, "summary").IsDefined()) {
    mistakes.add(child(node, "summary"), "flow '" + flow.name + "' confirms nothing",
                 "remove it, or add a step 'confirm'");
  }
  reader.read(node, "closed", {}, flow.closed,
              flow.guard.empty() ? Need::kOptional : Need::kRequired);
  std::vector<std::string> sayings;
  for (const Step& step : flow.steps) {
    if (step.kind == Step::Kind::kSay) sayings.push_back(step.name);
  }
  const YAML::Node said = exact_map(node, "say", sayings, mistakes);
  for (Step& step : flow.steps) {
    if (step.kind == Step::Kind::kSay && said.IsMap()) {
      reader.read_variants(said, step.name, places, step.say);
    }
  }
  // A flow that always ends elsewhere has no last word of its own.
  const bool leaves = !flow.steps.empty() && flow.steps.back().guards.empty() &&
                      (flow.steps.back().kind == Step::Kind::kHandOver ||
                       flow.steps.back().kind == Step::Kind::kLink);
  // One that says things on its way may have said all.
  reader.read(node, "done", places, flow.done,
              leaves || !sayings.empty() ? Need::kOptional : Need::kRequired);
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
    if (!wording.IsDefined() && !is_asked(flow, slot.name)) continue;
    if (wording.IsDefined()) {
      read_slot_phrases(wording, places, slot, reader, mistakes);
    } else {
      mistakes.add(slots, "slot '" + slot.name + "' has no wording",
                   "add '" + slot.name + ":' with ask and ask_again");
    }
  }
}

}  // namespace

void read_base_phrases(const YAML::Node& root, const std::string& language, CommonPhrases& common,
                       PackMistakes& mistakes) {
  if (!expect_map(root, "the phrases", {"language", "common"}, mistakes)) return;
  PhraseReader reader(language, mistakes);
  read_common(root, language, common, reader, mistakes);
}

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
  read_common(root, language, parts.phrases, reader, mistakes);
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
