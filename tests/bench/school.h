// A school in a bench cluster, and parents in the middle of a form: what its journal holds of them
// is what a node would have written.
#pragma once

#include <memory>

#include "actors/tenant/tenant_context.h"
#include "nlu/dialogue/turn_record.h"
#include "tests/bench/bench_cluster.h"
#include "tests/bench/copy_in.h"

namespace mitr::bench {

inline constexpr const char* kSchoolNumber = "106540352240000";

/// The tenants of a store under this root key, with the school among them, which is made if it is
/// not there. Reads config/packs from the current folder.
Result<std::vector<std::shared_ptr<const TenantContext>>> open_school(Store& store,
                                                                      const SecretKey& root);
Result<std::shared_ptr<const TenantContext>> school_among(
    const std::vector<std::shared_ptr<const TenantContext>>& tenants);

/// A parent as the store knows one.
struct Parent {
  ContactId id;
  SecretKey key;
};

/// The turn of a parent who asks for leave, and is asked for a name: it leaves a form half filled,
/// whose reminder falls due at `wake_at`.
TurnRecord first_turn(const TenantContext& school, std::chrono::sys_seconds wake_at);

/// Columns of the rows below.
inline constexpr const char* kContactColumns = "mitr.contact (tenant_id, id, wrapped_key, details)";
inline constexpr const char* kJournalColumns =
    "mitr.journal (tenant_id, conversation_id, seq, message_hash, snapshot, epoch, body)";

void add_contact(CopyIn& to, const TenantContext& school, const Parent& parent);
/// `plain`: an encoded TurnRecord.
void add_turn(CopyIn& to, const TenantContext& school, const Parent& parent, std::uint64_t seq,
              bool snapshot, std::string_view plain);

}  // namespace mitr::bench
