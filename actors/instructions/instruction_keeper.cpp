#include "actors/instructions/instruction_keeper.h"

#include <algorithm>
#include <caf/all.hpp>
#include <spdlog/spdlog.h>
#include <unordered_set>

#include "protocols/limits.h"

namespace mitr {

InstructionKeeper::InstructionKeeper(caf::actor_config& config, InstructionKeeperParts parts)
    : InstructionKeeperActor::base(config), parts_(std::move(parts)) {}

InstructionKeeper::behavior_type InstructionKeeper::make_behavior() {
  look_again(limits::kInstructionPoll);
  return {
      [this](LookForInstructions) { look(); },
      [this](const InstructionSettled& news) { settled(news); },
  };
}

void InstructionKeeper::on_exit() {
  parts_ = {};
}

void InstructionKeeper::look_again(std::chrono::milliseconds after) {
  delayed_send(this, after, LookForInstructions{});
}

void InstructionKeeper::look() {
  const auto now = clock().now();
  if (!parts_.holding->whole(now)) {
    // Another carries them out now. Should they become ours again, they are looked for anew.
    in_hand_.clear();
    return look_again(limits::kInstructionPoll);
  }
  std::erase_if(in_hand_, [now](const auto& told) {
    return told.second.since + limits::kWebhookPatience < now;
  });
  const auto limit = limits::kInstructionsMax + in_hand_.size() +
                     std::min(strange_, limits::kInstructionsStrangeMax);
  request(parts_.archive, caf::infinite, FindInstructions{parts_.holding->shards(), limit})
      .then([this](const InstructionsFound& answer) { found(answer); },
            [this](caf::error&) { look_again(limits::kInstructionPoll); });
}

bool InstructionKeeper::busy(const ContactId& contact) const {
  return std::any_of(in_hand_.begin(), in_hand_.end(),
                     [&](const auto& told) { return told.second.contact == contact; });
}

void InstructionKeeper::found(const InstructionsFound& answer) {
  const auto now = clock().now();
  strange_ = 0;
  std::unordered_set<ContactId> waiting;
  for (const auto& row : answer.rows) {
    const auto tenant = parts_.tenants.find(row.name.tenant);
    if (tenant == parts_.tenants.end()) {
      ++strange_;
      continue;
    }
    if (busy(row.contact) || !waiting.insert(row.contact).second) continue;
    in_hand_.emplace(row.name.id, InHand{row.contact, now});
    if (row.expires < parts_.clock()) {
      spdlog::warn("an instruction expired id={}", to_string(row.name.id));
      end(row.name);
      continue;
    }
    send(tenant->second.actor, InstructionFound{this, row});
  }
  look_again(limits::kInstructionPoll);
}

void InstructionKeeper::settled(const InstructionSettled& news) {
  if (news.settlement == Settlement::kDone) return end(news.name);
  in_hand_.erase(news.name.id);
}

void InstructionKeeper::end(const InstructionName& name) {
  const auto tenant = parts_.tenants.find(name.tenant);
  if (tenant == parts_.tenants.end()) return;
  // Not written: it is found again, and had its outcome.
  const auto ended = [this, id = name.id] { in_hand_.erase(id); };
  request(tenant->second.journal, caf::infinite, EndInstruction{name})
      .then([ended](const InstructionEnded&) { ended(); }, [ended](caf::error&) { ended(); });
}

}  // namespace mitr
