#include "tools/mitr/learner.h"

#include <algorithm>
#include <set>

#include "actors/tenant/model_row.h"
#include "actors/tenant/tenant_context.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// The turn's record; none: its contact is erased, key or row.
std::optional<TurnRecord> opened(const OpenTenant& tenant, const StoredTurn& turn) {
  auto record = open_turn(tenant, turn);
  if (!record) return std::nullopt;
  return *std::move(record);
}

/// Those of the turns that can still be read.
Result<std::set<TurnName>> readable(Reader& reader, const OpenTenant& tenant,
                                    const std::vector<ReviewRow>& references) {
  std::set<TurnName> found;
  for (std::size_t from = 0; from < references.size(); from += limits::kReadRowsMax) {
    std::vector<TurnName> wanted;
    for (std::size_t i = from; i < std::min(references.size(), from + limits::kReadRowsMax); ++i)
      wanted.push_back(references[i].turn);
    const auto turns = reader.turns_at(tenant.row.id, wanted);
    if (!turns) return turns.error();
    for (const StoredTurn& turn : *turns) {
      if (!turn.wrapped_key.empty()) found.insert({turn.row.conversation, turn.row.seq});
    }
  }
  return found;
}

Result<ModelManifest> opened_manifest(const OpenTenant& tenant, const ModelRow& row) {
  const auto plain =
      open_sealed(tenant.key, model_manifest_of(tenant.row.id, row.number), row.manifest);
  if (!plain) return plain.error();
  return decode_manifest(*plain);
}

}  // namespace

Result<std::shared_ptr<const Pack>> newest_pack(Reader& reader, const OpenTenant& tenant) {
  const auto deployed = reader.deployed_packs();
  if (!deployed) return deployed.error();
  for (const auto& each : *deployed) {
    if (each.tenant == tenant.row.id) return load_pack_row(reader, each.versions.front());
  }
  return Error{Errc::kNotFound, "no pack was deployed to " + tenant.row.slug};
}

Result<ReviewedTurns> read_reviewed(Reader& reader, const OpenTenant& tenant) {
  const auto rows = reader.reviews(tenant.row.id, limits::kReviewsMax);
  if (!rows) return rows.error();
  ReviewedTurns reviewed;
  for (std::size_t from = 0; from < rows->size(); from += limits::kReadRowsMax) {
    const std::size_t to = std::min(rows->size(), from + limits::kReadRowsMax);
    std::vector<TurnName> wanted;
    for (std::size_t i = from; i < to; ++i) {
      reviewed.known.push_back((*rows)[i].turn);
      if (!(*rows)[i].label.empty()) wanted.push_back((*rows)[i].turn);
    }
    const auto turns = reader.turns_at(tenant.row.id, wanted);
    if (!turns) return turns.error();
    reviewed.erased += wanted.size();
    std::size_t at = from;
    for (const StoredTurn& turn : *turns) {
      // Both are in the order of the reviews.
      const TurnName name{turn.row.conversation, turn.row.seq};
      while ((*rows)[at].turn != name) ++at;
      const auto record = opened(tenant, turn);
      if (!record) continue;
      --reviewed.erased;
      if (const auto* words = std::get_if<HeardWords>(&record->input))
        reviewed.words.push_back({name.contact, name.seq, (*rows)[at].label, words->text});
    }
  }
  return reviewed;
}

Result<std::vector<ReviewedWords>> read_heard(Reader& reader, const OpenTenant& tenant,
                                              std::chrono::sys_seconds since,
                                              const std::vector<TurnName>& known) {
  const std::set<TurnName> reviewed(known.begin(), known.end());
  std::vector<ReviewedWords> heard;
  const auto collect = [&](const ContactId& contact, const ConversationReview& review) {
    std::size_t taken = 0;
    for (const OpeningWords& opening : review.openings()) {
      if (heard.size() == limits::kShadowTurnsMax || taken == limits::kReviewsOfContactMax) return;
      if (reviewed.contains({contact, opening.seq})) continue;
      heard.push_back({contact, opening.seq, {}, opening.words});
      ++taken;
    }
  };
  if (auto done = each_review(reader, tenant, since, collect); !done) return done.error();
  return heard;
}

Result<std::uint32_t> live_number(Reader& reader, const OpenTenant& tenant) {
  const auto promoted = reader.promoted_models();
  if (!promoted) return promoted.error();
  for (const auto& each : *promoted) {
    if (each.tenant == tenant.row.id) return each.numbers.front();
  }
  return std::uint32_t{0};
}

Result<std::vector<KnownModel>> read_models(Reader& reader, const OpenTenant& tenant) {
  const auto live = live_number(reader, tenant);
  if (!live) return live.error();
  auto stored = reader.models(tenant.row.id);
  if (!stored) return stored.error();
  std::vector<KnownModel> models;
  for (StoredModel& each : *stored) {
    KnownModel known;
    known.live = each.row.number == *live;
    if (auto manifest = opened_manifest(tenant, each.row)) {
      known.manifest = *std::move(manifest);
    } else if (manifest.error().code != Errc::kMalformed) {
      return manifest.error();
    }
    const auto found = readable(reader, tenant, known.manifest.references);
    if (!found) return found.error();
    known.erased = known.manifest.references.size() - found->size();
    known.stored = std::move(each);
    models.push_back(std::move(known));
  }
  return models;
}

Status each_review(Reader& reader, const OpenTenant& tenant, std::chrono::sys_seconds since,
                   const std::function<void(const ContactId&, const ConversationReview&)>& visit) {
  TurnName after;
  ContactId conversation;
  ConversationReview review;
  for (std::size_t seen = 0; seen < limits::kReviewTurnsMax;) {
    const auto turns = reader.turns_since(tenant.row.id, since, after, limits::kReadRowsMax);
    if (!turns) return turns.error();
    for (const StoredTurn& turn : *turns) {
      after = {turn.row.conversation, turn.row.seq};
      if (turn.row.conversation != conversation) {
        if (!conversation.is_nil()) visit(conversation, review);
        conversation = turn.row.conversation;
        review = {};
      }
      if (const auto record = opened(tenant, turn)) review.add(turn.row.seq, *record);
    }
    seen += turns->size();
    if (turns->size() < limits::kReadRowsMax) break;
  }
  if (!conversation.is_nil()) visit(conversation, review);
  return Done{};
}

}  // namespace mitr
