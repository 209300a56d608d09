// Drawing a pack; see pack_graph.h.
#include "config/pack_graph.h"

namespace mitr {
namespace {

/// Marks that end a Mermaid label are spelt by their code.
std::string label(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"') {
      out += "#quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string box_text(const Step& step) {
  switch (step.kind) {
    case Step::Kind::kCollect:
      return "ask " + step.slot;
    case Step::Kind::kSay:
      return "say " + step.name;
    case Step::Kind::kConfirm:
      return "confirm";
    case Step::Kind::kSet:
      return "set " + step.slot;
    case Step::Kind::kCall:
      return "call " + step.name;
    case Step::Kind::kDo:
      return step.file.empty() ? "done" : "file " + step.file;
    case Step::Kind::kLink:
      return "go to " + step.name;
    case Step::Kind::kHandOver:
      return "a person takes over";
    case Step::Kind::kWait:
      return "wait " + std::to_string(step.lasts.count()) + " minutes";
    case Step::Kind::kEnd:
      return "end";
  }
  return {};
}

/// The conditions a step adds to those of the step before it.
std::string condition(const Step& step, const Step* before) {
  std::string text;
  for (std::size_t at = 0; at < step.guards.size(); ++at) {
    const StepGuard& guard = step.guards[at];
    const bool shared = before != nullptr && at < before->guards.size() &&
                        before->guards[at].text == guard.text &&
                        before->guards[at].wanted == guard.wanted;
    if (shared) continue;
    if (!text.empty()) text += " and ";
    text += guard.wanted ? guard.text : "not (" + guard.text + ")";
  }
  return text;
}

bool leaves(const Step& step) {
  return step.kind == Step::Kind::kLink || step.kind == Step::Kind::kHandOver ||
         step.kind == Step::Kind::kEnd;
}

void draw(const Flow& flow, std::string& out) {
  const auto node = [&flow](std::size_t at) { return flow.name + "_" + std::to_string(at); };
  out += "  subgraph " + flow.name + "\n";
  out += "    " + node(0) + "([\"" + flow.name + "\"])\n";
  std::size_t open = 0;  // The last box that something may follow.
  const Step* before = nullptr;
  for (std::size_t at = 0; at < flow.steps.size(); ++at) {
    const Step& step = flow.steps[at];
    const std::string when = condition(step, before);
    out += "    " + node(at + 1) + "[\"" + label(box_text(step)) + "\"]\n";
    out += "    " + node(open) + (when.empty() ? " --> " : " -->|\"" + label(when) + "\"| ") +
           node(at + 1) + "\n";
    if (!leaves(step)) open = at + 1;
    before = &step;
  }
  out += "  end\n";
}

}  // namespace

std::string pack_graph(const Pack& pack) {
  std::string out = "flowchart TD\n";
  for (const Flow& flow : pack.flows()) draw(flow, out);
  for (const Flow& flow : pack.flows()) {
    for (std::size_t at = 0; at < flow.steps.size(); ++at) {
      const Step& step = flow.steps[at];
      if (step.kind != Step::Kind::kLink) continue;
      out += "  " + flow.name + "_" + std::to_string(at + 1) + " --> " + step.name + "_0\n";
    }
  }
  return out;
}

}  // namespace mitr
