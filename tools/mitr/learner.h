// One tenant as whoever trains, tries and reviews models sees it: the newest pack, what was
// reviewed with the words it points to, and the models.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/tenant/live_model.h"
#include "nlu/learning/curriculum.h"
#include "nlu/learning/suggesting.h"
#include "tools/mitr/model_manifest.h"
#include "tools/mitr/opened_turns.h"

namespace mitr {

/// The version of its pack that was deployed to the tenant last. kNotFound: none was.
Result<std::shared_ptr<const Pack>> newest_pack(Reader& reader, const OpenTenant& tenant);

struct ReviewedTurns {
  std::vector<ReviewedWords> words;  ///< Those that are set aside are left out.
  std::size_t erased = 0;            ///< Their contacts are gone, and their words with them.
  std::vector<TurnName> known;       ///< All that were reviewed, set aside or not.
};
Result<ReviewedTurns> read_reviewed(Reader& reader, const OpenTenant& tenant);

/// First sentences since then that are not `known`, in the order of their turns: at most
/// kShadowTurnsMax, and kReviewsOfContactMax of one contact.
Result<std::vector<ReviewedWords>> read_heard(Reader& reader, const OpenTenant& tenant,
                                              std::chrono::sys_seconds since,
                                              const std::vector<TurnName>& known);

/// One of the tenant's models, opened.
struct KnownModel {
  StoredModel stored;
  ModelManifest manifest;
  bool live = false;
  /// Utterances it was trained from that are erased by now: it is to be trained anew.
  std::size_t erased = 0;
};
/// The newest first. A manifest of another build is told as one without references.
Result<std::vector<KnownModel>> read_models(Reader& reader, const OpenTenant& tenant);
/// Number of the model that is live; 0: none, the pack's own examples decide.
Result<std::uint32_t> live_number(Reader& reader, const OpenTenant& tenant);

/// Calls `visit` with each conversation that had turns at `since` or later, at most
/// kReviewTurnsMax turns in all.
Status each_review(Reader& reader, const OpenTenant& tenant, std::chrono::sys_seconds since,
                   const std::function<void(const ContactId&, const ConversationReview&)>& visit);

}  // namespace mitr
