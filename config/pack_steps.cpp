// Steps of a flow; see pack_steps.h and config/packs/README.md. An `if` leaves nothing behind but
// its condition on what is inside it.
#include "config/pack_steps.h"

#include <algorithm>
#include <utility>

#include "config/pack_records.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

constexpr std::string_view kKinds[] = {"collect", "say",  "confirm",   "set",  "if", "call",
                                       "do",      "link", "hand_over", "wait", "end"};

class StepReader {
 public:
  StepReader(Flow& flow, const ReadDoing& doing, PackMistakes& mistakes)
      : flow_(flow), doing_(doing), mistakes_(mistakes) {}

  void read_list_of(const YAML::Node& list, const std::vector<StepGuard>& guards, int depth) {
    if (!list.IsSequence()) {
      mistakes_.add(list, "the steps are not a list", "write lines that begin with '- '");
      return;
    }
    if (depth > static_cast<int>(limits::kIfDepthMax)) {
      mistakes_.add(list, "nested too deeply", "join the conditions with 'and'");
      return;
    }
    bool ended = false;
    for (const auto& item : list) {
      if (ended) {
        mistakes_.add(item, "this step is never reached",
                      "put it before the step that ends the flow");
      }
      ended = read_one(item, guards, depth);
    }
  }

 private:
  /// True if nothing can follow the step.
  bool read_one(const YAML::Node& item, const std::vector<StepGuard>& guards, int depth) {
    if (flow_.steps.size() >= limits::kStepsMax) {
      mistakes_.add(item, "the flow has too many steps", "link to another flow");
      return true;
    }
    const std::string kind = kind_of(item);
    if (kind.empty()) return false;
    if (kind == "if") {
      read_if(item, guards, depth);
      return false;
    }
    Step step;
    step.guards = guards;
    step.id = item.IsMap() ? read_name(item, "id", Need::kOptional, mistakes_) : std::string();
    fill(item, kind, step);
    if (step.id.empty()) step.id = usual_id(kind, step);
    const bool once = step.kind == Step::Kind::kSay || step.kind == Step::Kind::kDo ||
                      step.kind == Step::Kind::kCall || step.kind == Step::Kind::kWait;
    const bool twice = once && std::any_of(flow_.steps.begin(), flow_.steps.end(),
                                           [&](const Step& other) { return other.id == step.id; });
    if (twice) {
      mistakes_.add(item, "two steps are called '" + step.id + "'", "give one of them an 'id: …'");
    }
    const bool ends = step.kind == Step::Kind::kLink || step.kind == Step::Kind::kHandOver ||
                      step.kind == Step::Kind::kEnd;
    flow_.steps.push_back(std::move(step));
    return ends;
  }

  std::string kind_of(const YAML::Node& item) {
    std::vector<std::string> known(std::begin(kKinds), std::end(kKinds));
    if (item.IsScalar()) {
      const std::string& word = item.Scalar();
      if (word == "confirm" || word == "end" || word == "hand_over") return word;
    } else if (item.IsMap()) {
      for (const auto& entry : item) {
        if (!entry.first.IsScalar()) continue;
        const std::string& key = entry.first.Scalar();
        if (std::find(known.begin(), known.end(), key) != known.end()) return key;
      }
    }
    mistakes_.add(item, "this is no step", "begin it with one of: " + listed(known));
    return {};
  }

  static std::string usual_id(const std::string& kind, const Step& step) {
    if (step.kind == Step::Kind::kSay || step.kind == Step::Kind::kCall) return step.name;
    if (step.kind == Step::Kind::kDo && !step.file.empty()) return step.file;
    return kind;
  }

  void fill(const YAML::Node& item, const std::string& kind, Step& step) {
    const auto keys = [&](std::initializer_list<std::string_view> known) {
      if (item.IsMap()) expect_map(item, "the step", known, mistakes_);
    };
    if (kind == "collect") {
      step.kind = Step::Kind::kCollect;
      keys({"collect", "id"});
      step.slot = slot_at(item, "collect");
    } else if (kind == "say") {
      step.kind = Step::Kind::kSay;
      keys({"say", "id"});
      step.name = read_name(item, "say", Need::kRequired, mistakes_);
    } else if (kind == "confirm") {
      step.kind = Step::Kind::kConfirm;
      keys({"confirm", "id"});
    } else if (kind == "set") {
      step.kind = Step::Kind::kSet;
      keys({"set", "to", "id"});
      read_set(item, step);
    } else if (kind == "call") {
      step.kind = Step::Kind::kCall;
      keys({"call", "with", "outcome", "into", "minutes", "id"});
      read_call(item, step);
    } else if (kind == "do") {
      step.kind = Step::Kind::kDo;
      keys({"do", "id"});
      const YAML::Node what = child(item, "do");
      if (expect_map(what, "do", {"file", "notify"}, mistakes_)) doing_(what, step);
    } else if (kind == "link") {
      step.kind = Step::Kind::kLink;
      keys({"link", "id"});
      step.name = read_name(item, "link", Need::kRequired, mistakes_);
    } else if (kind == "hand_over") {
      step.kind = Step::Kind::kHandOver;
      keys({"hand_over", "id"});
    } else if (kind == "wait") {
      step.kind = Step::Kind::kWait;
      keys({"wait", "id"});
      step.lasts = std::chrono::minutes(
          read_number(item, "wait", 1, limits::kLapseMinutesMax, 1, mistakes_));
    } else {
      step.kind = Step::Kind::kEnd;
      keys({"end", "id"});
    }
  }

  std::string slot_at(const YAML::Node& item, std::string_view key) {
    std::string name = read_name(item, key, Need::kRequired, mistakes_);
    if (name.empty() || flow_.slot(name) != nullptr) return name;
    std::vector<std::string> known;
    known.reserve(flow_.slots.size());
    for (const Slot& slot : flow_.slots) known.push_back(slot.name);
    mistakes_.add(child(item, key), "the flow has no slot '" + name + "'",
                  "use one of: " + listed(known));
    return {};
  }

  std::optional<Expression> read_expression(const YAML::Node& map, std::string_view key,
                                            bool condition) {
    const std::string text = read_text(map, key, Need::kRequired, mistakes_);
    if (text.empty()) return std::nullopt;
    auto read = condition ? Expression::condition(text, flow_) : Expression::any(text, flow_);
    if (auto* wrong = std::get_if<ExpressionMistake>(&read)) {
      const YAML::Mark mark = child(map, key).Mark();
      // The place inside the text: a quoted one begins a column later.
      mistakes_.add(std::max(mark.line, 0) + 1,
                    std::max(mark.column, 0) + 1 + static_cast<int>(wrong->column), wrong->what,
                    wrong->mend);
      return std::nullopt;
    }
    return std::get<Expression>(std::move(read));
  }

  void read_set(const YAML::Node& item, Step& step) {
    step.slot = slot_at(item, "set");
    auto value = read_expression(item, "to", false);
    const Slot* slot = flow_.slot(step.slot);
    if (!value || slot == nullptr) return;
    const Expression::Type type = value->type();
    if (type != Expression::type_of(slot->kind)) {
      mistakes_.add(
          child(item, "to"), "the value is of another kind than slot '" + slot->name + "'",
          "a date takes a date, a number or money a number, a time 17:30, a length 2 days, "
          "a yes_no yes or no, any other a text in 'quotes'");
    }
    step.to = *std::move(value);
  }

  void read_call(const YAML::Node& item, Step& step) {
    step.name = read_name(item, "call", Need::kRequired, mistakes_);
    step.arguments = read_texts(item, "with", mistakes_);
    for (const std::string& slot : step.arguments) {
      if (flow_.slot(slot) == nullptr) {
        mistakes_.add(child(item, "with"), "the flow has no slot '" + slot + "'", "name slots");
      }
    }
    step.lasts = std::chrono::minutes(
        read_number(item, "minutes", 1, limits::kCallMinutesMax, 1, mistakes_));
    if (child(item, "into").IsDefined()) step.into = slot_at(item, "into");
    check_query(item, flow_, step, mistakes_);
    step.slot = slot_at(item, "outcome");
    const Slot* outcome = flow_.slot(step.slot);
    if (outcome == nullptr) return;
    for (const char* id : {"ok", "failed", "late"}) {
      const bool has = std::any_of(outcome->options.begin(), outcome->options.end(),
                                   [&](const Option& option) { return option.id == id; });
      if (has) continue;
      mistakes_.add(child(item, "outcome"), "slot '" + step.slot + "' cannot say '" + id + "'",
                    "make it of kind outcome, or a choice with the options ok, failed and late");
    }
  }

  void read_if(const YAML::Node& item, const std::vector<StepGuard>& guards, int depth) {
    expect_map(item, "the if", {"if", "then", "else"}, mistakes_);
    const auto when = read_expression(item, "if", true);
    const YAML::Node then = child(item, "then");
    if (!then.IsDefined()) {
      mistakes_.add(item, "'then' is missing", "add 'then:' with the steps for when it holds");
    }
    for (const bool wanted : {true, false}) {
      const YAML::Node list = wanted ? then : child(item, "else");
      if (!list.IsDefined()) continue;
      std::vector<StepGuard> inner = guards;
      inner.push_back({when.value_or(Expression()), wanted, child(item, "if").Scalar()});
      read_list_of(list, inner, depth + 1);
    }
  }

  Flow& flow_;
  const ReadDoing& doing_;
  PackMistakes& mistakes_;
};

}  // namespace

void read_steps(const YAML::Node& flow_node, Flow& flow, const ReadDoing& doing,
                PackMistakes& mistakes) {
  if (child(flow_node, "confirm").IsDefined()) {
    flow.confirm = read_flag(flow_node, "confirm", mistakes);
  }
  if (child(flow_node, "guard").IsDefined()) {
    const std::string text = read_text(flow_node, "guard", Need::kRequired, mistakes);
    auto read = Expression::condition(text, flow);
    if (auto* wrong = std::get_if<ExpressionMistake>(&read)) {
      mistakes.add(child(flow_node, "guard"), wrong->what, wrong->mend);
    } else {
      flow.guard = std::get<Expression>(std::move(read));
    }
  }
  const YAML::Node steps = child(flow_node, "steps");
  if (!steps.IsDefined()) return;
  StepReader(flow, doing, mistakes).read_list_of(steps, {}, 0);
}

void check_links(const YAML::Node& root, const PackParts& parts, PackMistakes& mistakes) {
  for (const Flow& flow : parts.flows) {
    for (const Step& step : flow.steps) {
      if (step.kind != Step::Kind::kLink || step.name.empty()) continue;
      const bool known = std::any_of(parts.flows.begin(), parts.flows.end(),
                                     [&](const Flow& other) { return other.name == step.name; });
      if (known) continue;
      mistakes.add(child(root, "flows"),
                   "flow '" + flow.name + "' links to '" + step.name + "', which is no flow",
                   "name one of the pack's flows");
    }
  }
}

}  // namespace mitr
