// Rows out of chance, the same in every run but for their ids.
#include "tests/bench/journal_rows.h"

#include "persistence/crypto/seal.h"

namespace mitr::bench {
namespace {

constexpr std::size_t kWordsBytes = 300;
/// Conversations that go on at one time, and how long each is before another takes its place.
constexpr std::size_t kTalks = 4096;
constexpr std::uint64_t kTurnsEach = 6;
constexpr const char* kNumber = "106540352240000";

}  // namespace

JournalRows::JournalRows(std::size_t tenants, const LeaseTable& leases)
    : leases_(leases), words_(kWordsBytes, 'w') {
  for (std::size_t i = 0; i < tenants; ++i) tenants_.push_back(random_id<TenantId>());
  // Begun at all lengths, so that they do not all end together.
  for (std::size_t i = 0; i < kTalks; ++i) {
    talks_.push_back(begin());
    talks_.back().seq = chance_() % kTurnsEach;
  }
}

JournalRows::Talk JournalRows::begin() {
  return {tenants_[chance_() % tenants_.size()], random_id<ContactId>()};
}

Append JournalRows::draw() {
  Talk& talk = talks_[chance_() % talks_.size()];
  if (talk.seq == kTurnsEach) talk = begin();
  Append turn;
  turn.tenant = talk.tenant;
  turn.conversation = talk.contact;
  turn.seq = ++talk.seq;
  random_bytes(turn.message.bytes.data(), turn.message.bytes.size());
  turn.epoch = leases_[shard_of(talk.contact)].epoch;
  return turn;
}

void JournalRows::seal_body(Append& turn) const {
  turn.body =
      seal(key_, {SealedColumn::kJournalBody, turn.tenant, turn.conversation.bytes, turn.seq, 0},
           words_);
}

void JournalRows::seal_reply(Append& turn) const {
  ReplyRow reply;
  reply.number = kNumber;
  reply.body = seal(
      key_, {SealedColumn::kOutboxBody, turn.tenant, turn.conversation.bytes, turn.seq, 0}, words_);
  turn.reply = std::move(reply);
}

OutboxMark JournalRows::sent(const Append& turn) {
  OutboxMark mark;
  mark.tenant = turn.tenant;
  mark.ref = OutboxRef{turn.conversation, turn.seq, 0};
  KeyedHash provider;
  random_bytes(provider.bytes.data(), provider.bytes.size());
  mark.provider = provider;
  mark.state = OutboxState::kSent;
  mark.first = true;
  return mark;
}

}  // namespace mitr::bench
