// Who wrote, and who goes by other names from now on: a tenant's questions to the store about
// people. The rules themselves: persistence/identity_rules.h.
#include <algorithm>
#include <caf/all.hpp>

#include "actors/conversation/decided_turn.h"
#include "actors/tenant/tenant.h"
#include "nlu/dialogue/turn_record.h"
#include "persistence/crypto/seal.h"

namespace mitr {

namespace {

std::vector<KeyedHash> hashes_of(const std::vector<Alias>& names) {
  std::vector<KeyedHash> hashes;
  hashes.reserve(names.size());
  for (const auto& name : names) hashes.push_back(name.hash);
  return hashes;
}

}  // namespace

/// The names by which a message to `number` finds its contact in memory.
std::vector<Alias> Tenant::names_of(const std::string& number, const Personal& bsuid,
                                    const Personal& phone) const {
  const auto portfolio = parts_.context->settings.portfolio_of(number);
  std::vector<Alias> names;
  if (!bsuid.empty()) {
    names.push_back(
        {index_.hash(IndexedField::kBsuid, portfolio, bsuid.reveal()), AliasKind::kBsuid});
  }
  if (!phone.empty()) {
    names.push_back(
        {index_.hash(IndexedField::kPhone, portfolio, phone.reveal()), AliasKind::kPhone});
  }
  return names;
}

void Tenant::add_side_names(std::vector<Alias>& names, const std::string& number,
                            const Personal& parent_bsuid, const Personal& username) const {
  const auto portfolio = parts_.context->settings.portfolio_of(number);
  const auto add = [&](IndexedField field, const Personal& name, AliasKind kind) {
    if (!name.empty()) names.push_back({index_.hash(field, portfolio, name.reveal()), kind});
  };
  add(IndexedField::kParentBsuid, parent_bsuid, AliasKind::kParentBsuid);
  add(IndexedField::kUsername, username, AliasKind::kUsername);
}

// -- who wrote ----

void Tenant::receive(Inbound& inbound) {
  const auto& envelope = inbound.envelope;
  const auto names = names_of(envelope.number, envelope.bsuid, envelope.phone);
  if (names.empty()) return settle(inbound.gateway, inbound.request, Settlement::kDone);
  auto* contact = book_.find(hashes_of(names));
  if (!contact) return claim(names, inbound);
  auto message = index_.hash(IndexedField::kInboundMessage, inbound.envelope.message.reveal());
  deliver(*contact,
          {std::move(inbound.gateway), inbound.request, std::move(inbound.envelope), message});
}

void Tenant::claim(const std::vector<Alias>& names, Inbound& inbound) {
  auto& waiting = claiming_[names.front().hash];
  if (waiting.size() >= limits::kConversationQueueMax)
    return settle(inbound.gateway, inbound.request, Settlement::kBusy);
  waiting.push_back({inbound.gateway, inbound.request, inbound.envelope});
  if (waiting.size() > 1) return;  // the first one asked already

  const auto& tenant = *parts_.context;
  ContactDetails details;
  learn_details(details, inbound.envelope);
  auto fresh = random_id<ContactId>();
  auto key = SecretKey::random();
  Claim claim{tenant.id,
              names,
              {},
              inbound.envelope.sent_at,
              fresh,
              wrap_key(tenant.key, key, kContactKey, fresh.bytes),
              seal(key, {SealedColumn::kContactDetails, tenant.id, fresh.bytes}, encode(details))};
  add_side_names(claim.aliases, inbound.envelope.number, inbound.envelope.parent_bsuid,
                 inbound.envelope.username);
  request(parts_.journal, caf::infinite, ClaimContact{std::move(claim)})
      .then([this, names](ContactClaimed& answer) { claimed(names, answer); },
            [this, names](caf::error&) {
              ContactClaimed failed{Errc::kUnavailable, {}};
              claimed(names, failed);
            });
}

void Tenant::claimed(const std::vector<Alias>& names, ContactClaimed& answer) {
  auto waiting = std::move(claiming_[names.front().hash]);
  claiming_.erase(names.front().hash);
  if (!answer.error && answer.claimed.contact.is_nil()) return claim_anew(waiting);
  auto* contact = learn_claimed(answer);
  if (!contact) {
    for (auto& item : waiting) settle(item.gateway, item.request, Settlement::kFailed);
    return;
  }
  std::vector<KeyedHash> owned;
  for (const auto& name : names) {
    const bool bsuid = name.kind == AliasKind::kBsuid;
    if (bsuid ? answer.claimed.owns_bsuid : answer.claimed.owns_phone) owned.push_back(name.hash);
  }
  book_.learn(contact->id, owned);
  // What the claim has just stored, so that the first turn does not store it again.
  if (answer.claimed.created && !book_.live(*contact) && !book_.is_parked(*contact)) {
    ContactDetails details;
    learn_details(details, waiting.front().envelope);
    if (!answer.claimed.owns_phone) details.phone = {};
    contact->in_journal_only = false;
    contact->epoch = parts_.holding->epoch(shard_of(contact->id));
    DialogueState state;
    state.withdrawn = answer.claimed.withdrawn;
    park(*contact,
         {0, 0, state == DialogueState{} ? std::string() : encode(state), encode(details)});
  }
  for (auto& item : waiting) {
    keep_owned_names(item.envelope, owned);
    auto message = index_.hash(IndexedField::kInboundMessage, item.envelope.message.reveal());
    deliver(*contact, {std::move(item.gateway), item.request, std::move(item.envelope), message});
  }
}

/// The first was sent by somebody who was erased since: a repeat, or late. Of the others it was not
/// asked.
void Tenant::claim_anew(std::vector<Waiting>& waiting) {
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    auto& [gateway, id, envelope] = waiting[i];
    if (i == 0) {
      settle(gateway, id, Settlement::kDone);
    } else {
      Inbound again{std::move(gateway), id, std::move(envelope)};
      receive(again);
    }
  }
}

Contact* Tenant::learn_claimed(const ContactClaimed& answer) {
  if (answer.error) return nullptr;
  const auto& claimed = answer.claimed;
  const auto key =
      unwrap_key(parts_.context->key, claimed.wrapped_key, kContactKey, claimed.contact.bytes);
  if (!key) return nullptr;
  if (auto* loser = claimed.loser ? book_.find(*claimed.loser) : nullptr) wake_anew(*loser);
  auto& contact = book_.learn(claimed.contact, {});
  contact.key = *key;
  contact.nameless = false;
  if (!book_.live(contact) && !book_.is_parked(contact)) contact.in_journal_only = true;
  return &contact;
}

/// Takes away the names under which its contact is not reached, or not any more.
void Tenant::keep_owned_names(Envelope& envelope, const std::vector<KeyedHash>& owned) const {
  for (const auto& name : names_of(envelope.number, envelope.bsuid, envelope.phone)) {
    if (std::find(owned.begin(), owned.end(), name.hash) != owned.end()) continue;
    (name.kind == AliasKind::kBsuid ? envelope.bsuid : envelope.phone) = {};
  }
}

// -- who goes by other names ----

void Tenant::identity_told(IdentityTold& told) {
  const auto& [before, after] = std::tie(told.change.before, told.change.after);
  Claim claim;
  claim.tenant = parts_.context->id;
  const auto& number = told.change.number;
  claim.aliases = names_of(number, after.bsuid, after.phone);
  claim.former = names_of(number, before.bsuid, before.phone);
  add_side_names(claim.aliases, number, after.parent_bsuid, {});
  add_side_names(claim.former, number, before.parent_bsuid, {});
  claim.told = told.change.at;
  claim.fresh = random_id<ContactId>();
  if (claim.former.empty() || claim.aliases.empty())
    return settle(told.gateway, told.request, Settlement::kDone);
  auto names = hashes_of(claim.aliases);
  const auto former = hashes_of(claim.former);
  names.insert(names.end(), former.begin(), former.end());
  request(parts_.journal, caf::infinite, ClaimContact{std::move(claim)})
      .then(
          [this, told, names](const ContactClaimed& answer) {
            // Whose they are is asked anew, by the next message.
            book_.unlearn(names);
            identity_changed(told, answer);
          },
          [this, gateway = told.gateway, id = told.request](caf::error&) {
            settle(gateway, id, Settlement::kFailed);
          });
}

void Tenant::identity_changed(const IdentityTold& told, const ContactClaimed& answer) {
  if (!answer.error && answer.claimed.contact.is_nil())
    return settle(told.gateway, told.request, Settlement::kDone);
  auto* contact = learn_claimed(answer);
  if (!contact) return settle(told.gateway, told.request, Settlement::kFailed);
  // A turn without a word: it stores how the contact is reached from now on, once.
  Envelope envelope;
  envelope.number = told.change.number;
  envelope.message = told.change.message;
  envelope.account = told.change.after.account;
  envelope.sent_at = told.change.at;
  if (answer.claimed.owns_bsuid) envelope.bsuid = told.change.after.bsuid;
  if (answer.claimed.owns_phone) envelope.phone = told.change.after.phone;
  envelope.body = Unreadable{"identity", false};
  const auto message = index_.hash(IndexedField::kInboundMessage, envelope.message.reveal());
  deliver(*contact, {told.gateway, told.request, std::move(envelope), message});
}

}  // namespace mitr
