// The promises about erasing one person: all of theirs goes and nobody else's, no repeat makes a
// ghost, whoever comes by their names is somebody new, and a stop stays a stop.
#pragma once

#include "persistence/media_store.h"
#include "tests/contract/store_harness.h"

namespace mitr::contract {

/// Somebody with a phone and a bsuid who has a turn with everything a turn may bring.
struct Erasable {
  Alias phone, bsuid;
  ContactId contact;
  Append first;
};

class ErasureWords {
 public:
  static Erasable somebody(const TenantId& tenant, std::chrono::sys_seconds told,
                           const std::function<ClaimedContact(const Claim&)>& claim) {
    Erasable who;
    who.phone = {random_hash(), AliasKind::kPhone};
    who.bsuid = {random_hash(), AliasKind::kBsuid};
    who.contact =
        claim({tenant, {who.bsuid, who.phone}, {}, told, random_id<ContactId>(), "key", "details"})
            .contact;
    Append& turn = who.first;
    turn.tenant = tenant;
    turn.conversation = who.contact;
    turn.seq = 1;
    turn.message = random_hash();
    turn.body = "sealed turn";
    OutboxRow notice;
    notice.ref = {who.contact, 1, 1};
    notice.recipient = who.contact;
    notice.number = "106540352240000";
    notice.body = "sealed notice";
    turn.outbox = {notice};
    turn.requests = {{random_id<RequestId>(), "leave", "sealed fields"},
                     {random_id<RequestId>(), kMediaRequest, "sealed file"}};
    turn.timer = TimerMove{told, "106540352240000"};
    return who;
  }
};

TEST_P(StoreContract, ErasesAllOfOnePersonAndNothingOfAnother) {
  Store& store = harness_->store();
  const auto ask = [&](const Claim& wish) { return claim_one(wish); };
  const auto gone = ErasureWords::somebody(tenant_, now_ - 60s, ask);
  const auto other = ErasureWords::somebody(tenant_, now_ - 60s, ask);
  for (const auto& who : {gone, other}) {
    ASSERT_EQ(append(who.first), AppendVerdict::kCommitted);
    ASSERT_TRUE(store.put_review(tenant_, {{who.contact, 1}, "leave"}).ok());
    InstructionRow instruction;
    instruction.name = {tenant_, random_id<InstructionId>()};
    instruction.contact = who.contact;
    instruction.number = "106540352240000";
    instruction.expires = now_ + 60s;
    instruction.body = "sealed instruction";
    ASSERT_TRUE(store.put_instruction(instruction).ok());
  }
  const auto before = reader_->held(tenant_, gone.contact, 10);
  EXPECT_EQ(before->requests.size(), 2U);
  EXPECT_EQ(before->outbox.size(), 1U);
  EXPECT_EQ(before->outbox_states, std::vector<OutboxState>{OutboxState::kDue});
  EXPECT_EQ(before->reviews.size(), 1U);
  EXPECT_EQ(before->instructions.size(), 1U);

  ASSERT_TRUE(store.erase_contact(tenant_, {gone.contact, 1, 0}).ok());
  EXPECT_EQ(reader_->conversation(tenant_, gone.contact).error().code, Errc::kNotFound);
  EXPECT_EQ(reader_->contact_of(tenant_, gone.phone.hash).error().code, Errc::kNotFound);
  EXPECT_TRUE(reader_->turns_at(tenant_, {{gone.contact, 1}})->empty());
  EXPECT_EQ(store.put_review(tenant_, {{gone.contact, 1}, "leave"}).error().code, Errc::kNotFound);
  const auto after = reader_->held(tenant_, gone.contact, 10);
  EXPECT_TRUE(after->requests.empty() && after->outbox.empty() && after->reviews.empty() &&
              after->instructions.empty());

  EXPECT_EQ(reader_->conversation(tenant_, other.contact)->last_seq, 1U);
  const auto turns = reader_->turns(tenant_, {}, 0, 10);
  ASSERT_EQ(turns->size(), 1U) << "what is left of the other is no turn";
  EXPECT_EQ(turns->at(0).row.conversation, other.contact);
  EXPECT_EQ(reader_->turns_since(tenant_, now_ - 300s, {}, 10)->size(), 1U);
  EXPECT_EQ(reader_->held(tenant_, other.contact, 10)->requests.size(), 2U);
  EXPECT_EQ(reader_->held(tenant_, other.contact, 10)->instructions.size(), 1U);
  EXPECT_EQ(reader_->reviews(tenant_, 10)->size(), 1U);
  EXPECT_EQ(reader_->due(tenant_, now_ + 60s, 10)->size(), 1U);
  EXPECT_EQ(reader_->timers({shard_of(gone.contact)}, now_ + 60s, 10)->size(),
            shard_of(gone.contact) == shard_of(other.contact) ? 1U : 0U);
}

TEST_P(StoreContract, ErasesOnlyWhatWasRead) {
  Store& store = harness_->store();
  const auto who = contact(tenant_);
  EXPECT_EQ(store.erase_contact(tenant_, {random_id<ContactId>(), 0, 0}).error().code,
            Errc::kNotFound);
  EXPECT_EQ(store.erase_contact(other_, {who, 0, 0}).error().code, Errc::kNotFound);
  ASSERT_EQ(append(turn(tenant_, who, 1)), AppendVerdict::kCommitted);
  EXPECT_EQ(store.erase_contact(tenant_, {who, 0, 0}).error().code, Errc::kFenced);
  EXPECT_EQ(reader_->conversation(tenant_, who)->last_seq, 1U);
  ASSERT_TRUE(store.erase_contact(tenant_, {who, 1, 0}).ok());
  EXPECT_TRUE(store.erase_contact(tenant_, {who, 1, 0}).ok()) << "its answer may have been lost";
}

TEST_P(StoreContract, FencesWhoStillHasAnErasedConversation) {
  Store& store = harness_->store();
  const auto who = contact(tenant_);
  const auto heard = turn(tenant_, who, 1);
  ASSERT_EQ(append(heard), AppendVerdict::kCommitted);
  ASSERT_TRUE(store.erase_contact(tenant_, {who, 1, 0}).ok());
  auto next = turn(tenant_, who, 2);
  next.outbox = {outgoing(next, 1)};
  EXPECT_EQ(append(next), AppendVerdict::kFenced);
  EXPECT_FALSE(harness_->standing(tenant_, next.outbox[0].ref).has_value());
  EXPECT_TRUE(reader_->turns(tenant_, {}, 0, 10)->empty());
}

TEST_P(StoreContract, MakesNoGhostOfARepeatOrOfLateNews) {
  Store& store = harness_->store();
  const auto who = ErasureWords::somebody(tenant_, now_ - 60s,
                                          [&](const Claim& wish) { return claim_one(wish); });
  ASSERT_EQ(append(who.first), AppendVerdict::kCommitted);
  ASSERT_TRUE(store.erase_contact(tenant_, {who.contact, 1, 0}).ok());
  for (const auto& names : {std::vector<Alias>{who.phone}, {who.bsuid}, {who.bsuid, who.phone}}) {
    const auto ghost = claim_one(claim(tenant_, names, now_ - 60s));
    EXPECT_TRUE(ghost.contact.is_nil());
    EXPECT_FALSE(ghost.created);
  }
  const OutboxRef reply{who.contact, 1, 0};
  mark({{tenant_, reply, random_hash(), OutboxState::kDelivered, 0, false}});
  EXPECT_FALSE(harness_->standing(tenant_, reply).has_value());
  EXPECT_TRUE(reader_->contacts(tenant_, {}, 10)->empty());

  // They write again: somebody new. Of their first words the provider still sends a repeat.
  const auto anew = claim_one(claim(tenant_, {who.bsuid, who.phone}, now_ + 3600s));
  EXPECT_TRUE(anew.created);
  EXPECT_NE(anew.contact, who.contact);
  EXPECT_EQ(anew.last_seq, 0U);
  EXPECT_EQ(anew.withdrawn, 0U);
  auto repeat = turn(tenant_, anew.contact, 1);
  repeat.message = who.first.message;
  EXPECT_EQ(append(repeat), AppendVerdict::kDuplicate);
  EXPECT_EQ(append(turn(tenant_, anew.contact, 1)), AppendVerdict::kCommitted);
}

TEST_P(StoreContract, AStopOutlivesAnErasure) {
  Store& store = harness_->store();
  const auto who = ErasureWords::somebody(tenant_, now_ - 60s,
                                          [&](const Claim& wish) { return claim_one(wish); });
  ASSERT_TRUE(store.erase_contact(tenant_, {who.contact, 0, 3}).ok());
  // By the phone alone, as an import or a notice would know them; and beside somebody known.
  Batch batch;
  batch.claims = {claim(tenant_, {phone(random_hash())}, now_),
                  claim(tenant_, {who.phone}, now_ + 3600s)};
  const auto answer = commit(batch);
  EXPECT_EQ(answer.claims[0].withdrawn, 0U);
  const auto anew = answer.claims[1];
  EXPECT_TRUE(anew.created);
  EXPECT_EQ(anew.withdrawn, 3U);
  EXPECT_EQ(reader_->conversation(tenant_, anew.contact)->withdrawn, 3U);
  EXPECT_EQ(claim_one(claim(other_, {who.phone}, now_ + 3600s)).withdrawn, 0U);
  // Erased once more, after they allowed it again: that word is the last.
  ASSERT_TRUE(store.erase_contact(tenant_, {anew.contact, 0, 0}).ok());
  const auto third = claim_one(claim(tenant_, {who.phone}, now_ + 7200s));
  EXPECT_TRUE(third.created);
  EXPECT_EQ(third.withdrawn, 0U);
}

TEST_P(StoreContract, TellsWhomToForgetInOrder) {
  Store& store = harness_->store();
  const auto one = contact(tenant_), two = contact(other_);
  ASSERT_TRUE(store.erase_contact(tenant_, {one, 0, 0}).ok());
  ASSERT_TRUE(store.erase_contact(other_, {two, 0, 0}).ok());
  const auto first = reader_->erasures(0, 1);
  ASSERT_EQ(first->size(), 1U);
  EXPECT_EQ(first->at(0).contact, one);
  const auto rest = reader_->erasures(first->at(0).place, 10);
  ASSERT_EQ(rest->size(), 1U);
  EXPECT_EQ(rest->at(0).tenant, other_);
  EXPECT_EQ(rest->at(0).contact, two);
  EXPECT_TRUE(reader_->erasures(rest->at(0).place, 10)->empty());
}

}  // namespace mitr::contract
