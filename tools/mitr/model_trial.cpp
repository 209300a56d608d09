#include "tools/mitr/model_trial.h"

#include "config/tenant_settings.h"
#include "config/zone.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// Of the guard's examples so many may be lost by chance: eighteen true labels more shift two or
/// three of the school's 131 either way.
constexpr std::uint32_t kGuardLossPermille = 30;

/// Understands first sentences as the tenant's node does, with the one model or the other.
class Listener {
 public:
  Listener(const Pack& pack, TenantSettings settings, const Zone& zone, LiveModel::Model model)
      : pack_(pack), settings_(std::move(settings)), zone_(zone) {
    settings_.dialogue.openings = std::move(model);
  }

  std::string begun(const Personal& words, std::chrono::sys_seconds at) const {
    return begun_by(understand(pack_, settings_.dialogue, {}, words, zone_.moment(at)));
  }

 private:
  const Pack& pack_;
  TenantSettings settings_;
  const Zone& zone_;
};

}  // namespace

Result<Trial> try_model(Reader& reader, const OpenTenant& tenant, const TrialParts& parts) {
  const auto settings = parse_tenant_settings(tenant.row.settings);
  if (!settings) return settings.error();
  const auto zone = Zone::find(settings->zone);
  if (!zone) return zone.error();
  const Listener live(parts.pack, *settings, *zone, parts.live);
  const Listener candidate(parts.pack, *settings, *zone, parts.candidate);
  Trial trial;
  for (const ReviewedWords& each : parts.test) {
    trial.live.add(each.label, live.begun(each.words, parts.since));
    trial.candidate.add(each.label, candidate.begun(each.words, parts.since));
  }
  const auto shadow = [&](const ContactId& contact, const ConversationReview& review) {
    for (const OpeningWords& opening : review.openings()) {
      if (trial.shadowed == limits::kShadowTurnsMax) return;
      ++trial.shadowed;
      std::string said = live.begun(opening.words, opening.said);
      std::string would_say = candidate.begun(opening.words, opening.said);
      if (said == would_say) continue;
      trial.differences.push_back(
          {{contact, opening.seq}, opening.words, std::move(said), std::move(would_say)});
    }
  };
  if (auto done = each_review(reader, tenant, parts.since, shadow); !done) return done.error();
  return trial;
}

std::string worse_because(const Trial& trial, const ModelManifest& candidate) {
  const Score& before = trial.live.score();
  const Score& after = trial.candidate.score();
  if (after.worth() < before.worth()) {
    return "on held-out utterances it is worse than the live one: " + std::to_string(after.right) +
           " right and " + std::to_string(after.wrong) + " wrong, after " +
           std::to_string(before.right) + " and " + std::to_string(before.wrong);
  }
  const Score& guard = candidate.guard_before;
  const std::int64_t loss = guard.worth() - candidate.guard_after.worth();
  if (loss * 1000 > std::int64_t{guard.all()} * kGuardLossPermille) {
    return "what was reviewed makes it worse on the pack's own examples: " +
           std::to_string(candidate.guard_after.right) + " of " + std::to_string(guard.all()) +
           " right, after " + std::to_string(guard.right);
  }
  return {};
}

}  // namespace mitr
